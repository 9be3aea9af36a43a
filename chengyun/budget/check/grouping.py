"""Many contradictions, one cause: which cell, if it were right, would make the sums hold again.

Every equation that fails names its cells as suspects. The suspect whose correction mends most equations
and breaks fewest is the cause; the mended equations become its consequences, and the value that mends
them is the proposal. Only equations make proposals, and nothing is changed in the document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from chengyun.budget.check.amounts import Lex
from chengyun.budget.check.document import Cell
from chengyun.budget.check.identities import Identity

_ROUNDS = 60  # a document with more causes than this is another document


@dataclass(slots=True)
class Cause:
    """Cells that explain some equations, with the values that would mend them."""

    values: dict[Cell, Decimal]
    mended: list[Identity]

    @property
    def cell(self) -> Cell:
        """The first of the cells."""
        return next(iter(self.values))


class Causes:
    """Finds causes one after the other; later ones see the document as if earlier ones were mended."""

    def __init__(self, identities: list[Identity]) -> None:
        self.by_cell: dict[Cell, list[Identity]] = defaultdict(list)
        self.open: dict[Identity, None] = {}
        for identity in identities:
            if not identity.holds():
                self.open[identity] = None
            for cell in identity.cells:
                self.by_cell[cell].append(identity)
        self.changed: dict[Cell, Decimal] = {}

    def find(self) -> list[Cause]:
        """Malformed cells first, then any cell or pair of cells of one row."""
        causes: list[Cause] = []
        malformed = [cell for cell in self.by_cell if cell.written.lex is Lex.MALFORMED]
        for cell in malformed:
            best = self._best([cell], least=1)
            if best:
                causes.append(self._take(best))
        for _ in range(_ROUNDS):
            suspects = list(dict.fromkeys(cell for identity in self.open for cell in identity.cells))
            best = self._best(suspects, least=2)
            if not best:
                break
            causes.append(self._take(best))
        return causes

    def _take(self, values: dict[Cell, Decimal]) -> Cause:
        touched = dict.fromkeys(identity for cell in values for identity in self.by_cell[cell])
        before = [identity for identity in touched if not identity.holds(self.changed)]
        self.changed.update(values)
        mended = [identity for identity in before if identity.holds(self.changed)]
        original = [identity for identity in mended if identity in self.open]
        for identity in original:
            del self.open[identity]
        return Cause(values, original)

    def _best(self, suspects: list[Cell], least: int) -> dict[Cell, Decimal] | None:
        best: dict[Cell, Decimal] | None = None
        best_score = Decimal(least) - Decimal("0.5")
        for cell in suspects:
            for values in self._corrections(cell):
                score = self._score(values)
                if score > best_score:
                    best, best_score = values, score
        return best

    def _corrections(self, cell: Cell) -> Iterator[dict[Cell, Decimal]]:
        now = self.changed.get(cell, cell.amount)
        shifts = dict.fromkeys(
            identity.residual(self.changed) * (-1 if cell in identity.left else 1)
            for identity in self.by_cell[cell]
            if not identity.holds(self.changed)
        )
        for shift in shifts:
            if now + shift < 0:
                continue
            yield {cell: now + shift}
            if cell.written.lex is Lex.MALFORMED:
                continue
            for other in self._companions(cell):
                beside = self.changed.get(other, other.amount)
                if beside + shift >= 0:
                    yield {cell: now + shift, other: beside + shift}

    def _companions(self, cell: Cell) -> list[Cell]:
        """The part of the same row that carries the same money: 合计 and 公用经费 of one line."""
        found: list[Cell] = []
        for identity in self.by_cell[cell]:
            if identity.check.startswith("ROW") and identity.left == (cell,):
                found += [other for other in identity.right if not other.blank]
        return found

    def _score(self, values: dict[Cell, Decimal]) -> Decimal:
        changed = self.changed | values
        touched = dict.fromkeys(identity for cell in values for identity in self.by_cell[cell])
        score = Decimal(0)
        for identity in touched:
            before, after = identity.holds(self.changed), identity.holds(changed)
            score += (after and not before) - (before and not after)
        # A pair must explain clearly more than one cell does.
        return score - Decimal("0.6") * (len(values) - 1)
