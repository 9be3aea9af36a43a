"""Shapes of the forms in which an administrator sets rules, words, local items and criteria."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chengyun.cases.rule_names import BOUNDS
from chengyun.cases.vocabulary import CriterionKind
from chengyun.worktime.limits import Provenance

_REQUIRED = {"required": _("请填写此项。")}
_NUMBER = {"required": _("请填写此项。"), "invalid": _("请填数字，如 3。")}
_DAY = {"required": _("请填写此项。"), "invalid": _("请写成 2026-09-30 的样子。")}


class RuleForm(forms.Form):
    """A new value of one rule."""

    value = forms.DecimalField(label=_("新值"), max_digits=10, decimal_places=2, error_messages=_NUMBER)
    valid_from = forms.DateField(
        label=_("从哪天起"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=_DAY,
    )
    source = forms.CharField(
        label=_("依据"), help_text=_("文件名和文号，或谁决定的"), error_messages=_REQUIRED
    )
    provenance = forms.ChoiceField(
        label=_("可靠程度"),
        error_messages={"required": _("请填写此项。"), "invalid_choice": _("请从列出的可靠程度中选。")},
    )
    confirmed = forms.BooleanField(label=_("已由本中心核实"), required=False)
    note = forms.CharField(label=_("说明"), required=False, widget=forms.Textarea(attrs={"rows": "2"}))

    def __init__(self, *args: Any, name: str, **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["provenance"].choices = [(one.value, one.label) for one in Provenance]  # type: ignore[attr-defined]
        bounds = BOUNDS[name]
        hint = _now("%(least)s 到 %(most)s 的整数") if bounds.whole else _now("%(least)s 到 %(most)s")
        self.fields["value"].help_text = hint % {"least": bounds.least, "most": bounds.most}


class LabelForm(forms.Form):
    """A centre's own words for one thing."""

    zh = forms.CharField(label=_("中文用语"), required=False, help_text=_("留空就用原来的用语"))
    en = forms.CharField(label=_("英文用语"), required=False)


class LocalItemForm(forms.Form):
    """An item of the district's own."""

    code = forms.CharField(label=_("编码"), error_messages=_REQUIRED)
    name = forms.CharField(label=_("名称"), error_messages=_REQUIRED)
    remark = forms.CharField(label=_("说明"), required=False, widget=forms.Textarea(attrs={"rows": "2"}))


class ReasonForm(forms.Form):
    """Why something is taken out of use."""

    reason = forms.CharField(
        label=_("停用理由"), widget=forms.Textarea(attrs={"rows": "2"}), error_messages=_REQUIRED
    )


class CriterionForm(forms.Form):
    """The words of a criterion."""

    words = forms.CharField(label=_("内容"), error_messages=_REQUIRED)
    provenance = forms.CharField(label=_("依据"), error_messages=_REQUIRED)


class NewCriterionForm(CriterionForm):
    """A criterion with its kind and code."""

    kind = forms.ChoiceField(
        label=_("种类"),
        error_messages={"required": _("请填写此项。"), "invalid_choice": _("请从列出的种类中选。")},
    )
    code = forms.CharField(label=_("编码"), required=False, help_text=_("留空自动编号；处置情形按编码设时限"))
    field_order = ("kind", "code", "words", "provenance")

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["kind"].choices = [(one.value, one.label) for one in CriterionKind]  # type: ignore[attr-defined]
