"""A producer's side of music: profile, tracks and the vocabulary they are described in."""
