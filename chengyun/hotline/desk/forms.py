"""Shapes of the forms of the desk."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chengyun.cases.forms import LONGEST_DESCRIPTION
from chengyun.cases.process.kinds import EmergencyLine
from chengyun.cases.vocabulary import Channel
from chengyun.geography.models import Area, AreaKind
from chengyun.hotline.desk.elements import Elements
from chengyun.hotline.desk.vocabulary import FlagKind, Treatment
from chengyun.hotline.forms import OrderForm
from chengyun.hotline.suggestions.actions import LINK, MERGE
from chengyun.worktime.limits import Provenance

_REQUIRED = {"required": _("请填写此项。")}
_LONG = {"max_length": _("最多 %(limit_value)d 字，现在 %(show_value)d 字。")}
_LARGEST = 2**63 - 1  # no row of either database has a larger number
_NO_CALL = dict.fromkeys(("invalid", "min_value", "max_value"), _("没有这通来电，请从来电列表重新打开。"))
_CITY_DUE = timedelta(days=366)  # a deadline farther off is a slip of the pen


def _line(label: Any, most: int, **said: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most, error_messages=_LONG, **said)


class IntakeForm(OrderForm):
    """An order as it is told on the telephone: the five elements apart, and what the decision table asks for.

    ``description`` is the course (经过与诉求), ``address`` the place (何地).
    """

    call = forms.IntegerField(
        required=False, min_value=1, max_value=_LARGEST, widget=forms.HiddenInput, error_messages=_NO_CALL
    )
    who = _line(_("何人"), 200)
    when = _line(_("何时"), 100)
    cause = _line(_("何因"), 2000)
    area = forms.CharField(required=False, widget=forms.HiddenInput)
    city_due_at = forms.DateTimeField(
        label=_("市平台时限"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("请写成 2026-11-23 16:40 的样子。")},
    )
    decision = forms.IntegerField(
        required=False,
        max_value=_LARGEST,
        error_messages={"invalid": _("请从判定表里选。"), "max_value": _("请从判定表里选。")},
    )
    decision_route = _line(_("告知的渠道"), 100)
    told = _line(_("对来电人的解释或移交情况"), 4000, widget=forms.Textarea(attrs={"rows": "2"}))
    emergency_line = forms.ChoiceField(
        label=_("紧急线路"),
        required=False,
        error_messages={"invalid_choice": _("请从列出的紧急线路中选。")},
    )
    remains = forms.BooleanField(label=_("还有事项须派单"), required=False)
    repeat_of = _line(_("重复或关联的工单编号"), 32)
    repeat_how = forms.ChoiceField(
        label=_("怎样处理"),
        required=False,
        error_messages={"invalid_choice": _("请选择并入或关联。")},
    )
    article_version = forms.IntegerField(
        required=False,
        max_value=_LARGEST,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("invalid", "max_value"), _("没有这一版知识，请重新选用答复。")),
    )
    suggested_unit = forms.IntegerField(
        required=False,
        max_value=_LARGEST,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("invalid", "max_value"), _("没有这个单位，请重新采用建议。")),
    )

    def __init__(self, *args: Any, now: datetime | None = None, **said: Any) -> None:
        super().__init__(*args, **said)
        self.now = now
        self.fields["description"].label = _now("经过与诉求")
        self.fields["description"].error_messages["required"] = _now(
            "请写明经过与诉求：发生了什么，要求什么。"
        )
        self.fields["address"].label = _now("何地")
        lines = [("", "—"), *((one.value, one.label) for one in EmergencyLine)]
        self.fields["emergency_line"].choices = lines  # type: ignore[attr-defined]
        ties = [("", "—"), (MERGE, _now("并入该工单")), (LINK, _now("只作关联"))]
        self.fields["repeat_how"].choices = ties  # type: ignore[attr-defined]

    def clean_area(self) -> tuple[int | None, int | None] | None:
        """Street and community of the area that the operator confirmed; None where none was."""
        text = self.cleaned_data["area"].strip()
        if not text.isascii() or not text.isdigit() or len(text) > 15:
            return None
        found = Area.objects.filter(pk=int(text), valid_until=None).first()
        if found is None or found.kind == AreaKind.DISTRICT:
            return None
        return (found.pk, None) if found.kind == AreaKind.STREET else (found.parent_id, found.pk)

    def clean_city_due_at(self) -> datetime | None:
        """A moment within a year of now: the city may send an order that is late already."""
        due: datetime | None = self.cleaned_data["city_due_at"]
        if due is not None and self.now is not None and abs(due - self.now) > _CITY_DUE:
            raise forms.ValidationError(_now("市平台时限离现在超过一年，请核对年份。"))
        return due

    def clean(self) -> dict[str, Any]:
        """Check what concerns several fields."""
        said = super().clean()
        if said.get("channel") != Channel.CITY:
            said["city_due_at"] = None
        if "description" in said and "description" not in self.errors:
            told = Elements(
                said.get("who", ""), said.get("when", ""), "", said.get("cause", ""), said["description"]
            )
            length = len(told.described())
            if length > LONGEST_DESCRIPTION:
                text = _now("各要素合起来最多 %(most)d 字，现在 %(now)d 字。")
                self.add_error("description", text % {"most": LONGEST_DESCRIPTION, "now": length})
        if said.get("repeat_of") and not said.get("repeat_how") and not said.get("decision"):
            self.add_error("repeat_how", _now("填了工单编号，请选择并入还是关联；都不要，就清空编号。"))
        return said


class FlagForm(forms.Form):
    """A warning on a number."""

    number = forms.CharField(
        label=_("电话"),
        error_messages=_REQUIRED,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("提示"), error_messages=_REQUIRED)
    reason = forms.CharField(
        label=_("理由"),
        max_length=200,
        error_messages={**_REQUIRED, **_LONG},
        widget=forms.Textarea(attrs={"rows": "2"}),
        help_text=_("写清事实：何时、几次、怎样"),
    )

    def __init__(self, *args: Any, kinds: tuple[FlagKind, ...] = tuple(FlagKind), **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["kind"].choices = [(one.value, one.label) for one in kinds]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """Why a warning is taken back."""

    reason = forms.CharField(
        label=_("撤销理由"),
        max_length=200,
        error_messages={**_REQUIRED, **_LONG},
        widget=forms.Textarea(attrs={"rows": "2"}),
    )


class LineForm(forms.Form):
    """One line of the decision table."""

    situation = forms.CharField(label=_("情形"), max_length=100, error_messages={**_REQUIRED, **_LONG})
    order = forms.IntegerField(
        label=_("顺序"), min_value=1, max_value=9999, initial=100, help_text=_("小的在前，提示也按此先后"),
        error_messages={**_REQUIRED, "invalid": _("请填数字，如 3。")},
    )  # fmt: skip
    treatment = forms.ChoiceField(label=_("处理方式"), error_messages=_REQUIRED)
    required = forms.CharField(label=_("要求"), max_length=300, error_messages={**_REQUIRED, **_LONG})
    recognised = _line(
        _("识别问题"), 2000, widget=forms.Textarea(attrs={"rows": "3"}), help_text=_("一行一个，受理员照着问")
    )
    keywords = _line(
        _("关键词"),
        4000,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("一行一个；诉求里有这个词就提示"),
    )
    say = _line(_("告知用语"), 2000, widget=forms.Textarea(attrs={"rows": "3"}))
    routes = _line(
        _("可告知的渠道"), 2000, widget=forms.Textarea(attrs={"rows": "3"}), help_text=_("一行一个")
    )
    valid_from = forms.DateField(
        label=_("从哪天起"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请填写此项。"), "invalid": _("请写成 2026-09-30 的样子。")},
    )
    source = forms.CharField(
        label=_("依据"),
        max_length=200,
        help_text=_("文件名和文号，或谁决定的"),
        error_messages={**_REQUIRED, **_LONG},
    )
    provenance = forms.ChoiceField(label=_("可靠程度"), error_messages=_REQUIRED)
    confirmed = forms.BooleanField(label=_("已由本中心核实"), required=False)

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        choices = {"treatment": Treatment, "provenance": Provenance}
        for name, words in choices.items():
            self.fields[name].choices = [(one.value, one.label) for one in words]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Lists out of lines."""
        said = super().clean() or self.cleaned_data
        for name in ("keywords", "routes"):
            said[name] = [line.strip() for line in said.get(name, "").splitlines() if line.strip()]
        return said
