"""Filters of oversight."""
