"""The class of an order suggested from its words: by a learnt model, else by names and synonyms."""
