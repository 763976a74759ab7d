"""Scans and photographs, through the extra `ocr`: what the form's sums do not prove is left to a person."""
