"""Everything that the public's pages write."""
