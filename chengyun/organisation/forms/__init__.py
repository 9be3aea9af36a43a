"""The shape of what people fill in; the rules are the actions'."""
