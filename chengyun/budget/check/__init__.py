"""Checks a published department budget (部门预算) for contradictions.

A file is read into blocks with their places (``reading``), the blocks into nine tables and paragraphs
(``tables``, ``prose``), and the rules of the catalogue are asked one after the other (``rules``).
Nothing here imports Django: the command answers at once and needs no database.
"""
