"""Orders like the one being typed: what was done with closed ones, and which may be the same matter again."""
