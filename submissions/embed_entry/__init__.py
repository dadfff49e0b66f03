"""A demo begun on a label's own site, carried through signing up."""
