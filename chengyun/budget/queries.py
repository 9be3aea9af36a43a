"""Named reads of this room for others: the ledger's part."""

from __future__ import annotations

from chengyun.budget.ledger.execution import executed
from chengyun.budget.ledger.facts import budget_of, facts_from, facts_of, lines_of

__all__ = ["budget_of", "executed", "facts_from", "facts_of", "lines_of"]
