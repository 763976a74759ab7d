"""Public views beside the tree of pages: one room per subject."""
