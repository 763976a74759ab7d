"""Gongkai: government information disclosure, from the request to the audited annual report."""

__version__ = "0.1.0"
