"""12345: takes orders in, from people and from files. Moves them only by the verbs of ``cases``."""
