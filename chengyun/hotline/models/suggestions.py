"""Tables of this part: learnt models and the dispatch catalogue 派单目录."""

from __future__ import annotations
