"""Tables of this part: articles of the knowledge base, and what came from other platforms."""

from __future__ import annotations
