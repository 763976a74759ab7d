"""Reading the saved pages of an older site: markup, metadata, words and files."""
