"""What is disclosed on request."""
