"""What the public is asked about."""
