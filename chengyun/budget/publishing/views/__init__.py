"""The pages of publishing: the clerk's, and the public's."""
