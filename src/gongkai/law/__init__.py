"""The law as data and pure functions: instruments, working days, clocks, the taxonomy of outcomes."""
