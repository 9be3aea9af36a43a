"""Every write of this part: rules are added and ended, never rewritten."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from chengyun.cases.vocabulary import AppealType, Channel
from chengyun.hotline.handling.policies import SETTING, require
from chengyun.hotline.models import NoticeRule
from chengyun.hotline.notices.words import Notice
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import NotThere
from chengyun.kernel.writing import writing
from chengyun.messaging.models import Template
from chengyun.organisation.actions.changes import note_change, stop_at, text
from chengyun.organisation.models import Change
from chengyun.worktime.limits import Provenance


def set_rule(
    notice: str,
    *,
    channel: str,
    appeal_type: str,
    template: str,
    sends: bool,
    within_hours: int,
    valid_from: date,
    source: str,
    provenance: str,
    note: str = "",
    actor: Actor,
    now: datetime,
) -> NoticeRule:
    """Say from a day on what is sent for a happening in this scope; the row before ends the day before.

    Raises ``NotAllowed`` or ``Invalid`` (notice, channel, appeal_type, template, within_hours, valid_from, …).
    """
    require(actor, SETTING)
    faults: dict[str, str] = {}
    source, note = text("source", source, 200, faults), text("note", note, 200, faults, required=False)
    for name, value, words in (("channel", channel, Channel), ("appeal_type", appeal_type, AppealType)):
        if value and value not in set(words):
            faults[name] = _("请从列出的值中选。")
    if notice not in set(Notice):
        faults["notice"] = _("请从列出的值中选。")
    if not Template.objects.filter(name=template).exists():
        faults["template"] = _("没有短信模板“%(name)s”。") % {"name": template}
    if not 1 <= within_hours <= 720:
        faults["within_hours"] = _("请填 %(least)s 到 %(most)s 的整数。") % {"least": 1, "most": 720}
    if valid_from < local(now).date():
        faults["valid_from"] = _("只能从今天或以后的日子起改。")
    if provenance not in set(Provenance):
        faults["provenance"] = _("请从列出的可靠程度中选。")
    stop_at(faults)
    scope: dict[str, Any] = {"notice": notice, "channel": channel, "appeal_type": appeal_type}
    with writing():
        before = NoticeRule.objects.filter(**scope, valid_from__lt=valid_from, valid_until=None)
        before.update(valid_until=valid_from - timedelta(days=1))
        row, _made = NoticeRule.objects.update_or_create(
            **scope,
            valid_from=valid_from,
            defaults={
                "template": template,
                "sends": sends,
                "within_hours": within_hours,
                "valid_until": None,
                "source": source,
                "provenance": provenance,
                "note": note,
            },
        )
        said = {"template": ["", template], "sends": [None, sends], "valid_from": [None, valid_from]}
        note_change(
            Change.SET_MESSAGING_RULE, "rule", row, said, actor=actor, now=now, name=Notice(notice).zh
        )
    return row


def end_rule(rule_id: int, *, actor: Actor, now: datetime) -> NoticeRule:
    """Take a rule out of use from tomorrow on. Raises ``NotAllowed`` or ``NotThere``."""
    require(actor, SETTING)
    with writing():
        row = NoticeRule.objects.filter(pk=rule_id).first()
        if row is None:
            raise NotThere(_("没有这条规则。"))
        row.valid_until = max(local(now).date(), row.valid_from)
        NoticeRule.objects.filter(pk=rule_id).update(valid_until=row.valid_until)
        said = {"valid_until": [None, row.valid_until]}
        note_change(
            Change.SET_MESSAGING_RULE, "rule", row, said, actor=actor, now=now, name=row.notice_seen.zh
        )
    return row
