"""What a verb says when it will not do as asked. Every door turns these into its own kind of answer."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _


class Refused(Exception):
    """The base: a clear sentence for the reader, in the reader's language. Nothing was written."""

    status = 400
    code = "refused"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = str(message)


class Invalid(Refused):
    """Some fields are wrong: ``fields`` maps the field's name to what is wrong and how to mend it."""

    status = 422
    code = "invalid"

    def __init__(self, fields: Mapping[str, str], message: str = "") -> None:
        self.fields = {name: str(text) for name, text in fields.items()}
        super().__init__(message or _("；").join(self.fields.values()))


class NotAllowed(Refused):
    """This person may not do this."""

    status = 403
    code = "not_allowed"


class NotThere(Refused):
    """There is no such row, or not for this person; the two look the same from outside."""

    status = 404
    code = "not_there"


class Stale(Refused):
    """Somebody else moved the case since the page was opened; the message tells who did what and when."""

    status = 409
    code = "stale"
