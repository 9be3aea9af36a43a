"""Put a message into the outbox, in the transaction of whatever causes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from chengyun.kernel.actor import SYSTEM, Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.kernel.writing import writing
from chengyun.messaging.models import Message, OptOut, TemplateVersion
from chengyun.messaging.numbers import mobile
from chengyun.messaging.rules import Rules, rules_at
from chengyun.messaging.states import MessageState, Why
from chengyun.messaging.text import segments
from chengyun.messaging.wording import fill, storable, variables_of


def send(
    template: str,
    *,
    to: str,
    values: Mapping[str, str],
    about: str,
    key: str,
    now: datetime,
    actor: Actor = SYSTEM,
    awaits: str = "",
    rehearsal: bool = False,
) -> Message:
    """Write one message into the outbox; the worker sends it after this transaction's commit.

    1. The same ``key`` again gives the message of the first time; nothing is sent twice.
    2. The template's version of the day is filled with the values, the signature put before it.
    3. A number that is no mobile, a template switched off or a recipient who opted out make the message
       ``WITHHELD`` with its reason: it is on record, and nothing goes out.
    4. Within the recipient's quiet hours it waits until they end, unless the template is urgent. The daily
       cap is judged when it is handed over.

    ``rehearsal`` messages leave only through local gateways and those marked for practice.
    ``about`` is a reference such as a case's number (80 signs), ``awaits`` the answer wanted, such as
    ``rating:17``. Raises ``NotThere`` for an unknown template and ``Invalid`` for an empty or too long key;
    never because of the recipient.
    """
    _check(key, about, awaits)
    with writing():
        known = _known(key)
        if known is not None:
            return known
        version = version_on(template, local(now).date())
        message = _prepared(version, to, values, rules_at(now), now)
        message.key, message.about, message.awaits = key, about, awaits
        message.written_by, message.rehearsal = actor.name, rehearsal
        # Two at the same moment: the second waits for the first's commit and then finds the row.
        Message.objects.bulk_create([message], ignore_conflicts=True)
        written = _known(key)
        assert written is not None
        return written


def _known(key: str) -> Message | None:
    return Message.objects.select_related("version__template").filter(key=key).first()


def _check(key: str, about: str, awaits: str) -> None:
    faults = {
        name: _("太长：最多 %(most)s 个字。") % {"most": most}
        for name, value, most in (("key", key, 120), ("about", about, 80), ("awaits", awaits, 80))
        if len(value) > most
    }
    if not key:
        faults["key"] = _("请填写此项。")
    if faults:
        raise Invalid(faults)


def version_on(template: str, day: date) -> TemplateVersion:
    """The version of a template that holds on a day: the highest number of those in force, else the first
    that there is, so that a message is not lost over a date. Raises ``NotThere``."""
    versions = list(
        TemplateVersion.objects.filter(template__name=template).select_related("template").order_by("-number")
    )
    if not versions:
        raise NotThere(_("没有短信模板“%(name)s”。") % {"name": template})
    return next((one for one in versions if one.holds_on(day)), versions[-1])


def _prepared(
    version: TemplateVersion, to: str, values: Mapping[str, str], rules: Rules, now: datetime
) -> Message:
    template = version.template
    text = rules.signature + fill(version.text, variables_of(template.variables), values)
    phone = mobile(to)
    why = _why_not(version, phone)
    quiet = None if template.urgent else rules.quiet_end(now)
    useful = timedelta(minutes=template.useful_minutes)
    return Message(
        version=version,
        template_name=template.name,
        phone=phone or storable(to.strip(), 32),
        text="" if why and template.confidential else text,
        segments=segments(text),
        urgent=template.urgent,
        state=MessageState.WITHHELD if why else MessageState.QUEUED,
        why=why,
        written_at=now,
        next_try_at=None if why else quiet or now,
        expires_at=now + useful if useful else None,
        ended_at=now if why else None,
    )


def _why_not(version: TemplateVersion, phone: str) -> str:
    if not phone:
        return Why.BAD_NUMBER
    if not version.template.active:
        return Why.TEMPLATE_OFF
    if not version.template.urgent and OptOut.objects.holding().filter(phone=phone).exists():
        return Why.OPTED_OUT
    return ""
