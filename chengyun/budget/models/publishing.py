"""Tables of this part: publications and their differences."""

from __future__ import annotations
