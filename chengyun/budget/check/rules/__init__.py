"""The rules by subject; each is a function that asks a budget and writes into the book."""
