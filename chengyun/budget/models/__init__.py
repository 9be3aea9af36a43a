"""Tables of this room, one file for each part of its work."""
