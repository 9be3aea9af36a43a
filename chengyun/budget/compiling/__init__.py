"""From the rows of the ledger to the nine tables and the text: pure functions, no database."""
