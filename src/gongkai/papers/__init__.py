"""Official documents set as Word and PDF files from a plain description of what they say."""
