"""Reports that were sent in: read, looked at, corrected, audited, published."""
