"""Numbers no register holds: decisions and fees month by month, and the facts of a year entered once."""
