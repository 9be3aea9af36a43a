"""Shapes of the forms of this room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengyun.messaging.gateways.kinds import KINDS, Kind
from chengyun.messaging.models import GatewayRow
from chengyun.messaging.states import MessageState
from chengyun.worktime.limits import Provenance

_REQUIRED = {"required": _("请填写此项。")}


def _line(label: Any, most: int, **said: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, error_messages=_REQUIRED, **said)


def _day(label: Any, **said: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={**_REQUIRED, "invalid": _("请写成 2026-09-30 的样子。")},
        **said,
    )


class SourceForm(forms.Form):
    """Where a number or a text comes from: the end of every form of a dated row."""

    source = _line(_("依据"), 200, help_text=_("合同、文件的名称和文号，或说明是谁定的"))
    provenance = forms.ChoiceField(label=_("可靠程度"))
    confirmed = forms.BooleanField(label=_("已核实"), required=False)

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        choice: Any = self.fields["provenance"]
        choice.choices = [(one.value, one.label) for one in Provenance]


class WordsForm(SourceForm):
    """The words of a template."""

    words = forms.CharField(
        label=_("正文"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("不含签名。变量写在花括号里，例如 {number}。"),
        error_messages=_REQUIRED,
    )
    valid_from = _day(_("自哪天起"))
    valid_until = _day(_("到哪天为止"), required=False, help_text=_("含当天；不填为长期"))
    field_order = ("words", "valid_from", "valid_until", "source", "provenance", "confirmed")


class RuleForm(SourceForm):
    """A rule's value from a day on."""

    value = _line(_("取值"), 120)
    valid_from = _day(_("自哪天起"))
    note = _line(_("说明"), 200, required=False)
    field_order = ("value", "valid_from", "source", "provenance", "confirmed", "note")


class PackageForm(SourceForm):
    """The operator's package."""

    name = _line(_("套餐名称"), 80)
    monthly_fee = forms.DecimalField(
        label=_("月费（元）"), max_digits=10, decimal_places=2, min_value=0, error_messages=_REQUIRED
    )
    included = forms.IntegerField(
        label=_("每月包含（条）"), min_value=0, max_value=100_000_000, error_messages=_REQUIRED
    )
    price_above = forms.DecimalField(
        label=_("超出后每条（元）"), max_digits=8, decimal_places=4, min_value=0, error_messages=_REQUIRED
    )
    valid_from = _day(_("自哪个月起"), help_text=_("填该月 1 日"))
    field_order = (
        "name",
        "monthly_fee",
        "included",
        "price_above",
        "valid_from",
        "source",
        "provenance",
        "confirmed",
    )


class OptOutForm(forms.Form):
    """A number that wants no notices."""

    phone = _line(_("手机号码"), 30)
    said = _line(_("依据"), 200, help_text=_("例如：11月23日来电要求不再接收短信"))


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = _line(_("理由"), 200)


class NewGatewayForm(forms.Form):
    """A gateway's name and kind."""

    name = _line(_("名称"), 30, help_text=_("小写字母、数字和短横线，例如 cmcc；也出现在回执回调的地址里"))
    kind = forms.ChoiceField(label=_("类型"))

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        choice: Any = self.fields["kind"]
        choice.choices = [(kind.name, kind.label) for kind in KINDS.values()]


class GatewayForm(forms.Form):
    """The settings that the kind of a gateway asks for, then what all have."""

    def __init__(self, *args: Any, kind: Kind, **said: Any) -> None:
        super().__init__(*args, **said)
        for one in kind.settings:
            shared = {"label": one.label, "required": one.required, "help_text": one.hint}
            if one.choices:
                pairs = [(choice, choice) for choice in one.choices]
                self.fields[one.name] = forms.ChoiceField(choices=pairs, initial=one.default, **shared)
            else:
                self.fields[one.name] = forms.CharField(
                    max_length=300, initial=one.default, error_messages=_REQUIRED, **shared
                )
        if kind.secret:
            self.fields["secret"] = forms.CharField(
                label=_("密钥"),
                required=False,
                max_length=200,
                widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
                help_text=_("留空不改；存放在数据目录，任何页面都不显示"),
            )
        self.fields["place"] = forms.IntegerField(
            label=_("先后"), min_value=1, max_value=999, help_text=_("小的先用；它不通时才轮到下一个")
        )
        self.fields["metered"] = forms.BooleanField(label=_("计入套餐用量"), required=False)
        if not kind.local:
            self.fields["practice"] = forms.BooleanField(
                label=_("演练通道"),
                required=False,
                help_text=_("通向模拟器，到不了真人；演练数据只走这种通道"),
            )
        self.fields["enabled"] = forms.BooleanField(label=_("启用"), required=False)
        self.fields["note"] = forms.CharField(label=_("说明"), required=False, max_length=200)

    def said(self, kind: Kind) -> dict[str, Any]:
        """As the verb takes it: the kind's settings apart."""
        cleaned = dict(self.cleaned_data)
        values = {one.name: cleaned.pop(one.name) for one in kind.settings}
        return {"values": values, **cleaned}


def start_of(row: GatewayRow) -> dict[str, Any]:
    """What a gateway's form shows first."""
    return {
        **row.settings,
        "place": row.place,
        "metered": row.metered,
        "practice": row.practice,
        "enabled": row.enabled,
        "note": row.note,
    }


class LogFilter(forms.Form):
    """What the log is narrowed by; anything that makes no sense narrows nothing."""

    q = forms.CharField(required=False, max_length=80)
    state = forms.ChoiceField(required=False, choices=[("", ""), *MessageState.choices()])
    template = forms.CharField(required=False, max_length=40)
    gateway = forms.CharField(required=False, max_length=30)
    begin = forms.DateField(required=False)
    end = forms.DateField(required=False)
    twice = forms.BooleanField(required=False)
