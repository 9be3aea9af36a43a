"""Tables of this part: contracts, usage, bills."""

from __future__ import annotations
