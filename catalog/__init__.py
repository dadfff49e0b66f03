"""A producer's profile and tracks, and the vocabulary that describes them."""
