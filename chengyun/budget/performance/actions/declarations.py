"""Forms: begun, changed, declared, opened again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from chengyun.budget.models import Declaration, Project, ProjectYear, Scheme, Target
from chengyun.budget.performance.actions.recording import find, open_for_change, put, take_turn, write_down
from chengyun.budget.performance.money import budget_named
from chengyun.budget.performance.policies import EDITING
from chengyun.budget.performance.validation import blocking, problems_of
from chengyun.budget.performance.words import Deed, FormState, Level, Variant
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid, Refused
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import stop_at, text
from chengyun.organisation.policies import require

DEPARTMENT_CODE = "department"
MONEY = ("total", "grant", "carried_over", "other")


def create(
    *, level: str, scheme: str, fiscal_year: int, code: str, like_id: int | None = None,
    actor: Actor, now: datetime, **said: Any,
) -> Declaration:  # fmt: skip
    """Begin a form; ``like_id`` takes over the targets of another with the same scheme.

    A project is found by its code in the ledger and then brings its name. Raises ``NotAllowed``, ``Invalid``.
    """
    require(actor, *EDITING)
    faults: dict[str, str] = {}
    code = DEPARTMENT_CODE if level == Level.DEPARTMENT else text("code", code, 40, faults)
    rules = Scheme.objects.filter(key=scheme).first()
    if rules is None:
        faults["scheme"] = _("请从列出的版本中选。")
    if level not in set(Level):
        faults["level"] = _("请从列出的值中选。")
    if not 2015 <= fiscal_year <= 2100:
        faults["fiscal_year"] = _("请填 2015 到 2100 的年份。")
    same = {"level": level, "code": code, "fiscal_year": fiscal_year, "variant": Variant.WORKING}
    if Declaration.objects.filter(**same).exists():
        faults["code"] = _("这个项目在该年度已有执行稿，请打开它修改。")
    head = _head(said, faults)
    stop_at(faults)
    assert rules is not None
    with writing():
        form = Declaration.objects.create(
            **same,
            **head,
            scheme=rules,
            execution_weight=rules.execution_weight,
            project=Project.objects.filter(code=code).first() if level == Level.PROJECT else None,
            budget=budget_named(fiscal_year, head["unit"], head["department"]),
        )
        write_down(form, Deed.CREATE, actor=actor, now=now, name=form.name)
        _take_over(form, like_id)
    return form


def _take_over(form: Declaration, like_id: int | None) -> None:
    """Copy the targets of another form, so that a year begins where the last one ended."""
    rows = Target.objects.filter(declaration=like_id, dropped_at=None) if like_id else Target.objects.none()
    own = {(one.level1, one.level2): one for one in form.scheme.classes.all()}
    for row in rows.select_related("scheme_class"):
        place = own.get((row.scheme_class.level1, row.scheme_class.level2))
        if place is None:
            continue
        row.pk, row._state.adding = None, True
        row.declaration, row.scheme_class, row.published = form, place, ""
        row.save()


def change(
    declaration_id: int, *, seen: int, execution_weight: Decimal, actor: Actor, now: datetime, **said: Any
) -> Declaration:
    """Change the head of a form. Raises ``NotAllowed``, ``NotThere``, ``Refused``, ``Stale``, ``Invalid``."""
    faults: dict[str, str] = {}
    head = _head(said, faults)
    if not 0 <= execution_weight <= 100:
        faults["execution_weight"] = _("请填 0 到 100 的数。")
    stop_at(faults)
    with writing():
        form = open_for_change(declaration_id, seen=seen, actor=actor)
        changed = put(form, {**head, "execution_weight": execution_weight})
        write_down(form, Deed.CHANGE, actor=actor, now=now, name=form.name, said=changed)
    return form


def _head(said: Mapping[str, Any], faults: dict[str, str]) -> dict[str, Any]:
    """The checked columns of the head."""
    head: dict[str, Any] = {
        name: text(name, said.get(name) or "", most, faults, required=name not in ("category", "source"))
        for name, most in (
            ("name", 120), ("category", 60), ("department", 80), ("unit", 80),
            ("goal", 1000), ("goal_of_year", 1000), ("source", 200),
        )
    }  # fmt: skip
    head |= {name: said.get(name) or Decimal(0) for name in MONEY}
    for name in MONEY:
        if head[name] < 0:
            faults[name] = _("金额不能为负。")
    start, end = said.get("start"), said.get("end")
    if start is None or end is None or end < start:
        faults["end"] = _("完成日期不能早于开始日期。")
    head |= {"start": start, "end": end, "total_fiscal": head["total"] - head["other"]}
    if head["total"] < head["grant"] + head["carried_over"] + head["other"]:
        faults["total"] = _("项目资金总额不能少于年度资金申请总额。")
    return head


def declare(declaration_id: int, *, seen: int, actor: Actor, now: datetime) -> Declaration:
    """Hand the form in: nothing that blocks may be left. Raises ``Refused`` naming what is wrong."""
    with writing():
        form = open_for_change(declaration_id, seen=seen, actor=actor)
        wrong = blocking(problems_of(form))
        if wrong:
            raise Refused(
                _("还不能申报：%(wrong)s") % {"wrong": _("；").join(one.words for one in wrong[:5])}
            )
        put(form, {"state": FormState.DECLARED})
        write_down(form, Deed.DECLARE, actor=actor, now=now, name=form.name)
        if form.project_id and form.budget_id:
            # The text of the budget counts the projects that declared targets.
            ProjectYear.objects.filter(project=form.project_id, budget=form.budget_id).update(
                has_targets=True
            )
    return form


def reopen(declaration_id: int, *, seen: int, why: str, actor: Actor, now: datetime) -> Declaration:
    """Take a declared form back to change it, with a reason."""
    faults: dict[str, str] = {}
    why = text("why", why, 200, faults)
    stop_at(faults)
    with writing():
        form = find(declaration_id, actor=actor)
        if form.state != FormState.DECLARED or form.variant == Variant.PUBLISHED:
            raise Refused(_("这份申报表没有申报，无需退回。"))
        if form.evaluations.exists():
            raise Invalid({"why": _("已开始自评，不能再改指标。")})
        take_turn(form, seen)
        put(form, {"state": FormState.DRAFT})
        write_down(form, Deed.REOPEN, actor=actor, now=now, name=form.name, said={"why": ["", why]})
    return form
