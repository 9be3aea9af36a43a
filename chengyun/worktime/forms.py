"""Shapes of the forms of this room."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chengyun.worktime.hours import OfficeHours, StartDay, WorkdayEnd
from chengyun.worktime.limits import Provenance
from chengyun.worktime.problems import CalendarError
from chengyun.worktime.units import Unit
from chengyun.worktime.vocabulary import STAGES, DayKind, Process, Stage, choices
from chengyun.worktime.yeartext import read

ORDINARY = "ordinary"


class Words(forms.CharField):
    """A line of text that must be filled in, with a sentence that says so."""

    def __init__(self, label: Any, most: int = 200, **options: Any) -> None:
        options.setdefault("error_messages", {"required": _("请填写。")})
        super().__init__(label=label, max_length=most, **options)


class Day(forms.DateField):
    """A date."""

    def __init__(self, label: Any, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(
            label=label,
            widget=widget,
            error_messages={"required": _("请填写。"), "invalid": _("请写成 2026-09-30 的样子。")},
            **options,
        )


class TimeOfDay(forms.TimeField):
    """A time of day."""

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(
            label=label,
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            error_messages={"required": _("请填写。"), "invalid": _("请写成 09:00 的样子。")},
            **options,
        )


class Choice(forms.ChoiceField):
    """One of a few; its choices are set in the reader's language when the form is made."""

    def __init__(self, label: Any, **options: Any) -> None:
        messages = {"required": _("请选择。"), "invalid_choice": _("请从列表中选择。")}
        super().__init__(label=label, error_messages=messages, **options)


def _labels(kind: Any) -> list[tuple[str, str]]:
    return [(member.value, member.label) for member in kind]


class DayForm(forms.Form):
    """What one day is."""

    kind = Choice(_("这一天"), widget=forms.RadioSelect)
    name = Words(_("名称"), 60, required=False, help_text=_("例如：国庆节"))
    source = Words(_("依据"), required=False, help_text=_("通知的名称和文号"))
    why = Words(_("修改原因"), 400)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kind: Any = self.fields["kind"]
        kind.choices = [*_labels(DayKind), (ORDINARY, _now("按星期（周一至周五上班）"))]


class YearForm(forms.Form):
    """The official table of a year, typed or pasted."""

    source = Words(_("依据"), help_text=_("国务院办公厅通知的名称和文号"))
    rules = forms.CharField(
        label=_("放假和调休安排"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
        help_text=_("每行一段：日期或起止日期、放假或上班、名称。例如 10-01 至 10-07 放假 国庆节"),
        error_messages={"required": _("请填写。")},
    )

    def __init__(self, *args: Any, year: int, **options: Any) -> None:
        self.year = year
        super().__init__(*args, **options)

    def clean_rules(self) -> Any:
        """Named days, or what is wrong in which line."""
        days, wrong = read(self.cleaned_data["rules"], self.year)
        if wrong:
            raise forms.ValidationError(wrong)
        return days


class HoursForm(forms.Form):
    """Office hours from a date on."""

    valid_from = Day(_("自哪天起"))
    morning_start = TimeOfDay(_("上午上班"))
    morning_end = TimeOfDay(_("上午下班"))
    afternoon_start = TimeOfDay(_("下午上班"), required=False)
    afternoon_end = TimeOfDay(_("下午下班"), required=False, help_text=_("中午不休息时，下午两格留空"))
    source = Words(_("依据"))
    why = Words(_("修改原因"), 400)

    def clean(self) -> dict[str, Any]:
        """Put the four times together as ``hours``."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        morning: tuple[time | None, ...] = (said.get("morning_start"), said.get("morning_end"))
        afternoon: tuple[time | None, ...] = (said.get("afternoon_start"), said.get("afternoon_end"))
        if None in morning:
            return said
        if (afternoon[0] is None) != (afternoon[1] is None):
            raise forms.ValidationError({"afternoon_end": _now("下午的两格要么都填，要么都留空。")})
        try:
            pairs: Any = [morning] if afternoon[0] is None else [morning, afternoon]
            said["hours"] = OfficeHours.of(*pairs)
        except CalendarError as problem:
            raise forms.ValidationError({"morning_start": problem.message}) from None
        return said


class MeaningForm(forms.Form):
    """What 工作日 means from a date on."""

    valid_from = Day(_("自哪天起"))
    workday_end = Choice(_("到期时刻"))
    start_day = Choice(_("起算当日"))
    source = Words(_("依据"))
    why = Words(_("修改原因"), 400)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        end: Any = self.fields["workday_end"]
        start: Any = self.fields["start_day"]
        end.choices, start.choices = _labels(WorkdayEnd), _labels(StartDay)


class LimitForm(forms.Form):
    """A new value for one limit."""

    amount = forms.DecimalField(
        label=_("时限"),
        min_value=0,
        max_value=9999,
        max_digits=9,
        decimal_places=3,
        error_messages={"required": _("请填写。"), "invalid": _("请填数字，例如 5 或 0.5。")},
    )
    unit = Choice(_("单位"), help_text=_("工作日和自然日只能是整数"))
    valid_from = Day(_("自哪天起"), help_text=_("此前已开始的时钟仍按原时限"))
    source = Words(_("依据"))
    provenance = Choice(_("可靠程度"))
    confirmed = forms.BooleanField(label=_("已核实"), required=False)
    remark = Words(_("说明"), required=False)
    why = Words(_("修改原因"), 400)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        unit: Any = self.fields["unit"]
        provenance: Any = self.fields["provenance"]
        unit.choices, provenance.choices = _labels(Unit), _labels(Provenance)


class NewLimitForm(LimitForm):
    """A limit for a key that has none yet."""

    process = Choice(_("流程"))
    stage = Choice(_("环节"))
    appeal_type = Choice(_("诉求类型"), required=False)
    urgency = Choice(_("紧急程度"), required=False)
    catalogue = Words(
        _("目录项"), 60, required=False, help_text=_("例如 gbt47678.5-2026/P/01001，可只写开头")
    )
    condition = Words(_("情形"), 40, required=False, help_text=_("例如：险情缺失"))

    field_order = ("process", "stage", "appeal_type", "urgency", "catalogue", "condition")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = dict(self.fields)
        fields["process"].choices = _labels(Process)
        fields["stage"].choices = _labels(Stage)
        for name in ("appeal_type", "urgency"):
            fields[name].choices = [("", _now("不限")), *choices(name)]

    def clean(self) -> dict[str, Any]:
        """The stage must be one of the process."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        process, stage = said.get("process"), said.get("stage")
        if process and stage and stage not in STAGES[process]:
            raise forms.ValidationError({"stage": _now("这个流程没有该环节。")})
        return said


class EndLimitForm(forms.Form):
    """The end of a limit with nothing in its place."""

    last_day = Day(_("最后一天"))
    why = Words(_("停用原因"), 400)
