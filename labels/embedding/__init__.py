"""A label's demo form, embedded in a frame on its own site."""
