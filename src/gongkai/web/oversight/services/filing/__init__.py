"""A superior's January: collecting reports, returning or accepting them, adding them up."""
