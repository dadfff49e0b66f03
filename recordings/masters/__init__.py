"""Which recording is the label's copy of the master of which signed demo."""
