"""Prepare (编制): the ledger of leaf lines, its stages, its history and the clerk's screens."""
