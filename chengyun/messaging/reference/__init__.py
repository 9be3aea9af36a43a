"""Starting rows of this room."""
