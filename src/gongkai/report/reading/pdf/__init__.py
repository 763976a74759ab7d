"""PDF pages as paragraphs and grids: characters, ruling lines, columns."""
