"""What the city decides about the loop: its numbers, dated, and its words. Every change is in the change log."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from chengyun.cases.labels import forget_labels, is_known, label_of, words_of
from chengyun.cases.models import Label, LoopRule
from chengyun.cases.rule_names import BOUNDS, RuleName
from chengyun.cases.world import forget_rules
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import note_change, stop_at, text
from chengyun.organisation.models import Change
from chengyun.organisation.policies import require
from chengyun.organisation.posts import Post
from chengyun.worktime.limits import Provenance


def set_rule(
    process: str,
    name: str,
    value: Decimal,
    *,
    valid_from: date,
    source: str,
    provenance: str,
    confirmed: bool = False,
    note: str = "",
    actor: Actor,
    now: datetime,
) -> LoopRule:
    """Let a rule have a value from a day on.

    1. Only an administrator may; the rule is there; the value is within its bounds.
    2. The day is today or later: what was decided under the old value stays decided.
    3. The row in force until then is closed the day before; a row that begins on the same day is replaced;
       a row that begins later stays and ends the new one.

    Raises ``NotAllowed``, ``NotThere`` or ``Invalid`` (value, valid_from, source, provenance, note).
    """
    require(actor, Post.ADMIN)
    rows = LoopRule.objects.filter(process=process, name=name)
    with writing():
        if not rows.exists() or name not in BOUNDS:
            raise NotThere(_("没有这项参数。"))
        faults = _faults_of_rule(name, value, valid_from, provenance, local(now).date())
        source = text("source", source, 200, faults)
        note = text("note", note, 200, faults, required=False)
        stop_at(faults)
        before = rows.filter(valid_from__lte=valid_from).order_by("-valid_from").first()
        later = rows.filter(valid_from__gt=valid_from).order_by("valid_from").first()
        facts = {
            "value": value,
            "valid_until": later.valid_from - timedelta(days=1) if later else None,
            "source": source,
            "provenance": provenance,
            "confirmed": confirmed,
            "note": note,
        }
        if before is not None and before.valid_from < valid_from:
            LoopRule.objects.filter(pk=before.pk).update(valid_until=valid_from - timedelta(days=1))
        row, _made = LoopRule.objects.update_or_create(
            process=process, name=name, valid_from=valid_from, defaults=facts
        )
        said = {
            "value": [before.value if before else None, value],
            "valid_from": [before.valid_from if before else None, valid_from],
            "source": [before.source if before else None, source],
            "confirmed": [before.confirmed if before else None, confirmed],
        }
        called = f"{process} {RuleName(name).zh}"
        note_change(Change.SET_LOOP_RULE, "rule", row, said, actor=actor, now=now, name=called)
    forget_rules()
    return row


def _faults_of_rule(
    name: str, value: Decimal, valid_from: date, provenance: str, today: date
) -> dict[str, str]:
    faults: dict[str, str] = {}
    bounds = BOUNDS[name]
    if not value.is_finite() or not bounds.holds(value):
        words = (
            _("请填 %(least)s 到 %(most)s 的整数。")
            if bounds.whole
            else _("请填 %(least)s 到 %(most)s 的数。")
        )
        faults["value"] = words % {"least": bounds.least, "most": bounds.most}
    if valid_from < today:
        faults["valid_from"] = _("只能从今天或以后的日子起改，已办的案件按当时的参数。")
    if provenance not in set(Provenance):
        faults["provenance"] = _("请从列出的可靠程度中选。")
    return faults


def set_label(
    process: str, thing: str, name: str, *, zh: str, en: str = "", actor: Actor, now: datetime
) -> None:
    """Give a state, verb or timer the centre's own words; both empty takes them away.

    No two states (or verbs, or timers) of a process may be called the same. Raises ``NotAllowed``,
    ``NotThere`` or ``Invalid`` (zh, en).
    """
    require(actor, Post.ADMIN)
    if not is_known(process, thing, name):
        raise NotThere(_("没有这个用语。"))
    faults: dict[str, str] = {}
    zh, en = text("zh", zh, 40, faults, required=False), text("en", en, 60, faults, required=False)
    if en and not zh:
        faults.setdefault("zh", _("请填中文用语，或两项都留空恢复原用语。"))
    stop_at(faults)
    with writing():
        row = Label.objects.filter(process=process, thing=thing, name=name).first()
        before = [row.zh, row.en] if row else ["", ""]
        if before == [zh, en]:
            return
        if zh:
            _no_twin(process, thing, name, zh)
            row, _made = Label.objects.update_or_create(
                process=process, thing=thing, name=name, defaults={"zh": zh, "en": en}
            )
        assert row is not None
        said = {"zh": [before[0], zh], "en": [before[1], en]}
        called = f"{process} {thing} {name}"
        note_change(Change.SET_LABEL, "label", row, said, actor=actor, now=now, name=called)
        if not zh:
            row.delete()
    forget_labels()


def _no_twin(process: str, thing: str, name: str, zh: str) -> None:
    twins = [
        word for word in words_of(process, thing) if word.name != name and (word.own_zh or word.zh) == zh
    ]
    if twins:
        other = label_of(process, thing, twins[0].name)
        raise Invalid({"zh": _("“%(other)s”已用这个词，两处相同会分不清。") % {"other": other}})
