"""Full-text search over what the portal discloses: words, their table on either database, its upkeep."""
