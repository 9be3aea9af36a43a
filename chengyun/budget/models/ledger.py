"""Tables of this part: codes of the year, budgets, lines, calculations, projects."""

from __future__ import annotations
