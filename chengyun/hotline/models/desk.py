"""Tables of this part: calls, drafts of orders, and which line of the decision table was used."""

from __future__ import annotations
