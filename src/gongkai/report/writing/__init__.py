"""Write a report out: as a Word file, as the HTML of the portal, as JSON."""
