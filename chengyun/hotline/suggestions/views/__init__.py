"""Doors: what stands beside the order being typed, the dispatch catalogue, words, two orders side by side."""
