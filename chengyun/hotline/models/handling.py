"""Tables of this part: the unit's form, audit, callbacks and ratings."""

from __future__ import annotations
