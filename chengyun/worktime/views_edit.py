"""Forms of the administrator: days, years, office hours and limits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.worktime import actions, forms, models, queries
from chengyun.worktime.calendar import FIRST_YEAR, LAST_YEAR
from chengyun.worktime.hours import StartDay, WorkdayEnd
from chengyun.worktime.limits import Provenance
from chengyun.worktime.policies import admin
from chengyun.worktime.units import Unit
from chengyun.worktime.vocabulary import DayKind, Stage, term
from chengyun.worktime.yeartext import write

either = require_http_methods(["GET", "HEAD", "POST"])


@admin
@either
def edit_day(request: Any, day: str) -> HttpResponse:
    """Make a day a holiday, a make-up working day, or an ordinary one."""
    the_day = _day(day)
    rule = queries.named_days(the_day.year).get(the_day)
    start = (
        {"kind": rule.kind, "name": rule.name, "source": rule.source} if rule else {"kind": forms.ORDINARY}
    )
    form = forms.DayForm(request.POST or None, initial=start)

    def save(said: dict[str, Any]) -> None:
        kind = None if said.pop("kind") == forms.ORDINARY else DayKind(form.cleaned_data["kind"])
        actions.set_day(the_day, kind, actor=request.actor, now=request.now, **said)

    back = f"{reverse('worktime:calendar')}?year={the_day.year}"
    context = {"day": the_day, "back": back, "title": _("修改日历"), "next": _("在办案件的时限会随之重算。")}
    return _form_page(request, form, save, _("已修改 %(day)s。") % {"day": the_day}, context)


@admin
@either
def publish(request: Any, year: int) -> HttpResponse:
    """Enter the official table of a year."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotThere(_("日历只覆盖 %(first)d 至 %(last)d 年。") % {"first": FIRST_YEAR, "last": LAST_YEAR})
    table = queries.calendar_year(year)
    start = {
        "rules": write(queries.named_days(year).values()),
        "source": table.source if table else "",
    }
    form = forms.YearForm(request.POST or None, initial=start, year=year)

    def save(said: dict[str, Any]) -> None:
        actions.publish_year(year, said["rules"], source=said["source"], actor=request.actor, now=request.now)

    context = {
        "back": f"{reverse('worktime:calendar')}?year={year}",
        "title": _("发布 %(year)d 年日历") % {"year": year},
        "next": _("将替换该年已有的安排，并重算在办案件的时限。"),
    }
    return _form_page(request, form, save, _("已发布 %(year)d 年日历。") % {"year": year}, context)


@admin
@require_POST
def recompute(request: Any, change: int) -> HttpResponse:
    """Recompute open deadlines for a change after which it failed."""
    if actions.recompute_again(change, actor=request.actor, now=request.now):
        messages.success(request, _("在办案件的时限已重算。"))
    else:
        messages.error(request, _("重算仍未完成，原因已记入系统日志。"))
    return redirect("worktime:calendar")


@admin
@either
def edit_hours(request: Any) -> HttpResponse:
    """Set office hours from a date on."""
    periods = models.OfficeHours.objects.filter(place=models.CENTRE).first()
    names = ("morning_start", "morning_end", "afternoon_start", "afternoon_end")
    start = {name: getattr(periods, name) for name in names} if periods else {}
    form = forms.HoursForm(request.POST or None, initial=start)

    def save(said: dict[str, Any]) -> None:
        actions.set_office_hours(
            said["hours"],
            valid_from=said["valid_from"],
            source=said["source"],
            why=said["why"],
            actor=request.actor,
            now=request.now,
        )

    context = {
        "back": reverse("worktime:hours"),
        "title": _("修改办公时间"),
        "next": _("在办案件的时限会随之重算。"),
    }
    return _form_page(request, form, save, _("办公时间已修改。"), context)


@admin
@either
def edit_meaning(request: Any) -> HttpResponse:
    """Choose what 工作日 means from a date on."""
    form = forms.MeaningForm(request.POST or None)

    def save(said: dict[str, Any]) -> None:
        said["workday_end"] = WorkdayEnd(said["workday_end"])
        said["start_day"] = StartDay(said["start_day"])
        actions.set_unit_meaning(**said, actor=request.actor, now=request.now)

    context = {
        "back": reverse("worktime:hours"),
        "title": _("修改工作日的算法"),
        "next": _("只影响该日起开始的时钟。"),
    }
    return _form_page(request, form, save, _("工作日的算法已修改。"), context)


@admin
@either
def new_limit(request: Any) -> HttpResponse:
    """Set a limit for a key that has none."""
    form = forms.NewLimitForm(request.POST or None, initial={"valid_from": local(request.now).date()})

    def save(said: dict[str, Any]) -> None:
        key = actions.LimitKey(**{name: said.pop(name) for name in models.TimeLimit.KEY})
        _set_limit(request, key, said)

    context = {"back": reverse("worktime:limits"), "title": _("新增时限")}
    return _form_page(request, form, save, _("时限已新增。"), context)


@admin
@either
def edit_limit(request: Any, limit: int) -> HttpResponse:
    """Give a limit a new value from a day on; the earlier row stays and is closed."""
    row = _limit(limit)
    start = {
        "amount": f"{row.amount.normalize():f}",
        "unit": row.unit,
        "valid_from": local(request.now).date(),
        "provenance": Provenance.PRIMARY,
        "confirmed": True,
        "remark": row.note,
    }
    form = forms.LimitForm(request.POST or None, initial=start)
    key = actions.LimitKey(**{name: getattr(row, name) for name in models.TimeLimit.KEY})

    def save(said: dict[str, Any]) -> None:
        _set_limit(request, key, said)

    context = {
        "back": reverse("worktime:limits"),
        "title": _("修改时限"),
        "next": _("原时限留作历史，自新时限生效之日起停用。"),
        "row": row,
        "facts": _facts(row),
        "earlier": models.TimeLimit.objects.filter(
            withdrawn=False, **{name: getattr(row, name) for name in models.TimeLimit.KEY}
        ),
        "units": Unit,
    }
    return _form_page(request, form, save, _("时限已修改。"), context, "worktime/limit.html")


@admin
@either
def stop_limit(request: Any, limit: int) -> HttpResponse:
    """End a limit; the next less specific one applies."""
    row = _limit(limit)
    form = forms.EndLimitForm(request.POST or None, initial={"last_day": local(request.now).date()})

    def save(said: dict[str, Any]) -> None:
        actions.end_limit(row.pk, **said, actor=request.actor, now=request.now)

    context = {
        "back": reverse("worktime:limits"),
        "title": _("停用时限"),
        "next": _("此后按范围更宽的时限计算。"),
        "facts": _facts(row),
    }
    return _form_page(request, form, save, _("时限已停用。"), context)


def _set_limit(request: Any, key: actions.LimitKey, said: dict[str, Any]) -> None:
    amount: Decimal = said.pop("amount")
    actions.set_limit(
        key,
        amount,
        Unit(said.pop("unit")),
        provenance=Provenance(said.pop("provenance")),
        **said,
        actor=request.actor,
        now=request.now,
    )


def _form_page(
    request: Any,
    form: django_forms.Form,
    save: Callable[[dict[str, Any]], None],
    done: str,
    context: dict[str, Any],
    template: str = "worktime/form.html",
) -> HttpResponse:
    """Show the form; save it; or show it again with what was typed and a sentence beside each wrong field."""
    if request.method == "POST" and form.is_valid():
        try:
            save(dict(form.cleaned_data))
        except Invalid as refusal:
            for name, text in refusal.fields.items():
                form.add_error(name if name in form.fields else None, text)
        else:
            messages.success(request, done)
            return redirect(context["back"])
    return render(request, template, {**context, "form": form}, status=422 if form.errors else 200)


def _facts(row: models.TimeLimit) -> list[tuple[str, str]]:
    return [
        (_("环节"), Stage(row.stage).label),
        (_("诉求类型"), term("appeal_type", row.appeal_type)),
        (_("紧急程度"), term("urgency", row.urgency)),
        (_("目录项"), term("catalogue", row.catalogue)),
        (_("情形"), row.condition),
        (_("现行时限"), Unit(row.unit).counted(row.amount)),
        (_("依据"), row.source),
        (_("可靠程度"), Provenance(row.provenance).label),
        (_("说明"), row.note),
    ]


def _limit(limit: int) -> models.TimeLimit:
    row = models.TimeLimit.objects.filter(pk=limit, withdrawn=False).first()
    if row is None:
        raise NotThere(_("没有这条时限。"))
    return row


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise NotThere(_("没有这一天，请写成 2026-09-30 的样子。")) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NotThere(_("日历只覆盖 %(first)d 至 %(last)d 年。") % {"first": FIRST_YEAR, "last": LAST_YEAR})
    return day
