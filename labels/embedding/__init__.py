"""A label's demo form in a frame on the label's own site."""
