"""Process tables as pictures and as text. Pure Python; words are handed in."""
