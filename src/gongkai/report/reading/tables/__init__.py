"""The statutory tables, found in a document's text and grids whatever format it came in."""
