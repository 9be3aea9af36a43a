"""Free text of a case as this reader may see it: numbers and the caller's name masked for those who may not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chengyun.cases.models import Case, Contact
from chengyun.cases.privacy import mask_text, may_reveal
from chengyun.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader's view of the free text of one case, at one moment."""

    contact: Contact | None
    masked: bool
    now: datetime

    def text(self, text: str) -> str:
        """The text, masked if this reader may not see the caller in full."""
        return mask_text(text, self.contact) if self.masked else text


def reading_of(case: Case, contact: Contact | None, actor: Actor, now: datetime) -> Reading:
    """How this person may read the case."""
    return Reading(contact, not may_reveal(case, actor), now)
