"""Tables of this part: documents that were checked, findings and what became of them."""

from __future__ import annotations
