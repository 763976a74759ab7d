"""File formats: each turns bytes into paragraphs and grids, and knows nothing of the statutory form."""
