"""The doors of this part for browsers."""
