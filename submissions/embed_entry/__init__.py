"""Demos started on a label's own site."""
