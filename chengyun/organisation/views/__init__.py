"""The HTML door of the room: parse, call, present."""
