"""The HTML pages and the callbacks of this room."""
