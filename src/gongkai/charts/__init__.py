"""Charts of reports: what they show as plain values, as words, as a table, and drawn without a browser."""
