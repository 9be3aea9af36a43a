"""SUBMITs on their way: what waits, what flies without an answer, and how fast more may go. Pure Python."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

_LONGEST_PAUSE = 5.0
_MOST_BEHIND = 100


@dataclass(frozen=True, slots=True)
class Segment:
    """One short message: part ``number`` of ``total`` of an outgoing message."""

    message_id: int
    phone: str
    text: str
    number: int
    total: int


@dataclass(frozen=True, slots=True)
class Flying:
    """A segment without its answer. It has left the machine once the line has sent ``leaves_at`` octets."""

    segment: Segment
    leaves_at: int
    since: float


class Pace:
    """So many a second and no more; slower for a while when the gateway says "too fast"."""

    def __init__(self, rate: float) -> None:
        self._rate, self._most = rate, max(1.0, rate / 10)
        self._tokens, self._at = self._most, 0.0
        self._pause, self._paused_until = 0.0, 0.0

    def wait(self, now: float) -> float:
        """Seconds until the next may go; 0 if it may go now."""
        if now < self._paused_until:
            return self._paused_until - now
        self._tokens = min(self._most, self._tokens + (now - self._at) * self._rate)
        self._at = now
        return 0.0 if self._tokens >= 1 else (1 - self._tokens) / self._rate

    def gone(self) -> None:
        """One went."""
        self._tokens -= 1

    def too_fast(self, now: float) -> None:
        """Pause, twice as long as the last time. Answers to what flew together count once."""
        if now >= self._paused_until:
            self._pause = min(_LONGEST_PAUSE, self._pause * 2 or 0.2)
            self._paused_until = now + self._pause

    def accepted(self, now: float) -> None:
        """It is fast enough again."""
        if now >= self._paused_until:
            self._pause = 0.0


class Window:
    """The segments of one connection and those that wait for it."""

    def __init__(self, size: int, rate: float) -> None:
        self.size, self.pace = size, Pace(rate)
        # What waits here was claimed already: no more than goes in a second, so that a crash leaves little in doubt.
        self._behind = min(_MOST_BEHIND, max(size, int(rate)))
        self.waiting: deque[Segment] = deque()
        self.flying: dict[int, Flying] = {}

    def room(self) -> int:
        """How many more segments it takes: one window on its way, and some that wait behind it."""
        return max(0, self.size + self._behind - len(self.flying) - len(self.waiting))

    def next(self, now: float) -> Segment | None:
        """The segment that may go now, taken from those that wait."""
        if not self.waiting or len(self.flying) >= self.size or self.pace.wait(now) > 0:
            return None
        self.pace.gone()
        return self.waiting.popleft()

    def wait(self, now: float) -> float | None:
        """Seconds until something may go; None if only an answer can change that."""
        if not self.waiting or len(self.flying) >= self.size:
            return None
        return self.pace.wait(now)

    def overdue(self, now: float, timeout: float) -> list[Flying]:
        """Take out what has waited too long for its answer."""
        late = [key for key, flying in self.flying.items() if now - flying.since >= timeout]
        return [self.flying.pop(key) for key in late]

    def give_up_waiting(self) -> list[Segment]:
        """Take out everything that has not been written."""
        left = list(self.waiting)
        self.waiting.clear()
        return left

    def give_up_flying(self) -> list[Flying]:
        """Take out everything that was written."""
        left = list(self.flying.values())
        self.flying.clear()
        return left
