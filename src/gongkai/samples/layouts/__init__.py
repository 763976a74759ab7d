"""The layouts real reports come in, each a function from a sheet to a file's text or bytes."""
