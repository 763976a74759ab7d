"""What applicants and the office fill in."""
