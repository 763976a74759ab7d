"""A body's own report, drafted from its records: its numbers, its words, its way to publication."""
