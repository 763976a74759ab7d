"""The supervisor's desk in the back office, and the public library."""
