"""The annual report: its form, its reading from any layout, its audit, its writing."""
