"""Tables of this part: indicators, bindings, measurements, self-evaluation."""

from __future__ import annotations
