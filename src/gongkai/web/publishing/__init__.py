"""What is disclosed on its own motion: portal, statutory columns, documents."""
