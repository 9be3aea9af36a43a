"""The doors of the public's pages."""
