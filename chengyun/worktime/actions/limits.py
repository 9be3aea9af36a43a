"""Time limits: a change closes the row before it and opens a new dated one."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.worktime.actions.log import changing, note, said
from chengyun.worktime.calendar import CalendarError
from chengyun.worktime.limits import Provenance
from chengyun.worktime.models import TimeLimit
from chengyun.worktime.policies import check_edit
from chengyun.worktime.units import Unit, quantity
from chengyun.worktime.vocabulary import STAGES, Process, Stage

ONE_DAY = timedelta(days=1)
GRAIN = Decimal("0.001")
MOST = 9999


@dataclass(frozen=True, slots=True)
class LimitKey:
    """What a limit applies to; an empty field applies to everything."""

    process: str
    stage: str
    appeal_type: str = ""
    catalogue: str = ""
    condition: str = ""
    urgency: str = ""

    def __str__(self) -> str:
        process, stage = Process(self.process).zh, Stage(self.stage).zh
        rest = (self.appeal_type, self.catalogue, self.condition, self.urgency)
        return " · ".join(part for part in (process, stage, *rest) if part)


def set_limit(
    key: LimitKey,
    amount: Decimal,
    unit: Unit,
    *,
    valid_from: date,
    source: str,
    why: str,
    provenance: Provenance = Provenance.PRIMARY,
    confirmed: bool = True,
    remark: str = "",
    actor: Actor,
    now: datetime,
) -> TimeLimit:
    """Set the limit for a key from a day on; clocks that started before keep theirs.

    1. Check key and amount.
    2. Withdraw the row that began on that very day; end the one in force the day before.
    3. Open the new row; if a later one is waiting already, it ends the day before that.
    4. Log it.
    """
    check_edit(actor)
    said(source=source, why=why)
    _check(key, amount, unit)
    with changing():
        rows = TimeLimit.objects.select_for_update().filter(**asdict(key), withdrawn=False)
        same_day = rows.filter(valid_from=valid_from)
        earlier = rows.filter(valid_from__lt=valid_from).order_by("-valid_from").first()
        later = rows.filter(valid_from__gt=valid_from).order_by("valid_from").first()
        before = same_day.first() or (earlier if earlier and earlier.in_force(valid_from) else None)
        same_day.update(withdrawn=True)
        if earlier is not None and earlier.in_force(valid_from):
            rows.filter(pk=earlier.pk).update(valid_until=valid_from - ONE_DAY)
        row = TimeLimit.objects.create(
            **asdict(key),
            amount=amount,
            unit=unit,
            valid_from=valid_from,
            valid_until=later.valid_from - ONE_DAY if later else None,
            source=source.strip(),
            provenance=provenance,
            confirmed=confirmed,
            note=remark.strip(),
            noted_at=now,
        )
        what = f"{key}：自 {valid_from} 起 {_words(before)} 改为 {_words(row)}"
        note(what, why, actor=actor, now=now, moves_deadlines=False)
    return row


def end_limit(limit_id: int, *, last_day: date, why: str, actor: Actor, now: datetime) -> None:
    """End a row after a day, with nothing in its place: the next less specific row applies from then on."""
    check_edit(actor)
    said(why=why)
    with changing():
        row = TimeLimit.objects.select_for_update().filter(pk=limit_id, withdrawn=False).first()
        if row is None:
            raise NotThere(_("没有这条时限。"))
        if last_day < row.valid_from or (row.valid_until and last_day > row.valid_until):
            raise Invalid({"last_day": _("停用日期须在该时限的有效期内。")})
        TimeLimit.objects.filter(pk=row.pk).update(valid_until=last_day)
        key = LimitKey(**{name: getattr(row, name) for name in TimeLimit.KEY})
        note(f"{key}：{_words(row)} 用到 {last_day} 为止", why, actor=actor, now=now, moves_deadlines=False)


def _check(key: LimitKey, amount: Decimal, unit: Unit) -> None:
    wrong: dict[str, str] = {}
    if key.process not in STAGES:
        wrong["process"] = _("没有这个流程。")
    elif key.stage not in STAGES[key.process]:
        wrong["stage"] = _("这个流程没有该环节。")
    try:
        quantity(amount, unit)
        if amount != round(amount, 3) or amount > MOST:
            wrong["amount"] = _("时限最多三位小数，且不超过 %(most)d。") % {"most": MOST}
    except CalendarError as problem:
        wrong["amount"] = problem.message
    if wrong:
        raise Invalid(wrong)


def _words(row: TimeLimit | None) -> str:
    return f"{row.amount.normalize():f} {Unit(row.unit).zh}" if row else "未设"
