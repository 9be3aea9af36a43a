"""Changing what is written to people: a new version from a day on, or a template switched on and off."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.kernel.writing import writing
from chengyun.messaging.models import Template, TemplateVersion
from chengyun.messaging.rules import rules_on
from chengyun.messaging.text import segments
from chengyun.messaging.wording import longest, places, stray_braces, variables_of
from chengyun.organisation.actions.changes import note_change, stop_at, text
from chengyun.organisation.models import Change
from chengyun.organisation.policies import require
from chengyun.organisation.posts import Post
from chengyun.worktime.limits import Provenance

MOST_SEGMENTS = 10  # with every value at its longest


@writing()
def set_words(
    name: str,
    *,
    words: str,
    valid_from: date,
    valid_until: date | None = None,
    source: str,
    provenance: str,
    confirmed: bool = False,
    actor: Actor,
    now: datetime,
) -> TemplateVersion:
    """Add a version of a template; earlier ones stay, and messages keep the version they were written with.

    1. Only an administrator may; the day is today or later.
    2. Every place in braces is one that the template declares; no brace stands alone; no 【】 of its own.
    3. With every value at its longest the message fits into ten segments.

    Raises ``NotAllowed``, ``NotThere`` or ``Invalid`` (words, valid_from, valid_until, source, provenance).
    """
    require(actor, Post.ADMIN)
    template = find_template(name)
    faults: dict[str, str] = {}
    words = text("words", words, 500, faults)
    source = text("source", source, 200, faults)
    if "words" not in faults and (wrong := fault_of_words(template, words, valid_from)):
        faults["words"] = wrong
    if valid_from < local(now).date():
        faults["valid_from"] = _("只能从今天或以后的日子起改，已写的短信不变。")
    if valid_until is not None and valid_until < valid_from:
        faults["valid_until"] = _("最后一天不能早于开始的日子。")
    if provenance not in set(Provenance):
        faults["provenance"] = _("请从列出的可靠程度中选。")
    stop_at(faults)
    newest = template.versions.select_for_update().order_by("-number").first()
    row = TemplateVersion.objects.create(
        template=template,
        number=newest.number + 1 if newest else 1,
        text=words,
        valid_from=valid_from,
        valid_until=valid_until,
        source=source,
        provenance=provenance,
        confirmed=confirmed,
        made_at=now,
        made_by=actor.name,
    )
    said = {
        "text": [newest.text if newest else "", words],
        "valid_from": [None, valid_from],
        "source": [newest.source if newest else "", source],
    }
    note_change(Change.SET_TEMPLATE, "template", template, said, actor=actor, now=now, name=template.label)
    return row


def fault_of_words(template: Template, words: str, day: date) -> str:
    """What is wrong with the words of a template, in a sentence; "" if nothing is."""
    variables = variables_of(template.variables)
    unknown = sorted(places(words) - {variable.name for variable in variables})
    if unknown:
        return _("没有这个变量：%(names)s。可用的变量见下方。") % {
            "names": _("、").join(f"{{{one}}}" for one in unknown)
        }
    if stray_braces(words):
        return _("花括号只用于变量，请写成 {number} 的样子。")
    if "【" in words or "】" in words:
        return _("签名会自动加在前面，正文里请不要用【】。")
    count = segments(rules_on(day).signature + longest(words, variables))
    if count > MOST_SEGMENTS:
        return _("变量取最长时要 %(count)d 条，最多 %(most)d 条，请写短些。") % {
            "count": count,
            "most": MOST_SEGMENTS,
        }
    return ""


@writing()
def switch_template(name: str, *, active: bool, actor: Actor, now: datetime) -> None:
    """Switch a kind of message on or off; while it is off, its messages are on record but not sent."""
    require(actor, Post.ADMIN)
    template = find_template(name)
    if template.active == active:
        return
    Template.objects.filter(pk=template.pk).update(active=active)
    said = {"active": [not active, active]}
    note_change(Change.SET_TEMPLATE, "template", template, said, actor=actor, now=now, name=template.label)


def find_template(name: str) -> Template:
    """The template of this name, or ``NotThere``."""
    template = Template.objects.filter(name=name).first()
    if template is None:
        raise NotThere(_("没有短信模板“%(name)s”。") % {"name": name})
    return template
