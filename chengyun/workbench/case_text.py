"""Free text of a case as this reader may see it: numbers and the caller's name masked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from chengyun.cases.models import Case, Contact
from chengyun.cases.privacy import mask_text
from chengyun.kernel.actor import Actor
from chengyun.organisation.posts import CENTRE

_GONE = "***"
_MASKED_NUMBER = re.compile(r"[0-9]*\*{4,}[0-9Xx]*")


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader's view of the free text of one case, at one moment.

    Numbers and the caller's name are shortened for everybody; who needs the words as they were said asks for
    them with a reason. ``secret``: nothing of them is left, because a surname and four digits are enough to
    find a neighbour.
    """

    contact: Contact | None
    secret: bool
    now: datetime

    def text(self, text: str) -> str:
        """The text as this reader may see it."""
        if not self.secret:
            return mask_text(text, self.contact)
        name = self.contact.name.strip() if self.contact is not None else ""
        if name:
            text = text.replace(name, _GONE)
        return _MASKED_NUMBER.sub(_GONE, mask_text(text))


def reading_of(case: Case, contact: Contact | None, actor: Actor, now: datetime) -> Reading:
    """How this person may read the case."""
    secret = case.secret and not actor.holds(*CENTRE)
    return Reading(contact, secret, now)
