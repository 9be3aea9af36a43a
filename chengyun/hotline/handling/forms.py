"""Shapes of the forms of this part."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chengyun.cases.process.kinds import Decision, Outcome
from chengyun.cases.vocabulary import Channel
from chengyun.hotline.handling.variables import NAMES
from chengyun.hotline.handling.words import CityList
from chengyun.kernel.labelled import Labelled
from chengyun.organisation.models import Unit
from chengyun.worktime.limits import Provenance

_REQUIRED = {"required": _("请填写此项。"), "invalid_choice": _("请从列出的值中选。")}
_NUMBER = {"required": _("请填写此项。"), "invalid": _("请填数字。")}
_DAY = {"required": _("请填写此项。"), "invalid": _("请写成 2026-09-30 的样子。")}


def choices_of(words: type[Labelled], empty: str = "") -> list[tuple[str, str]]:
    """Pairs in the reader's language, with a line for "all" where one is wanted."""
    pairs = [(one.value, one.label) for one in words]
    return [("", empty), *pairs] if empty else pairs


class TemplateForm(forms.Form):
    """A reply template."""

    title = forms.CharField(label=_("名称"), error_messages=_REQUIRED)
    unit_id = forms.TypedChoiceField(label=_("属于"), required=False, coerce=int, empty_value=None)
    outcome = forms.ChoiceField(label=_("处理结果"), required=False, help_text=_("不选，哪种结果都用"))
    catalogue_prefix = forms.CharField(
        label=_("诉求分类"),
        required=False,
        help_text=_("分类键或它的开头，如 db44t2479-2024/0303；空着，各类都用"),
    )
    body = forms.CharField(
        label=_("内容"), widget=forms.Textarea(attrs={"rows": "10"}), error_messages=_REQUIRED
    )

    def __init__(self, *args: Any, units: list[tuple[int, str]], centre: bool, **said: Any) -> None:
        super().__init__(*args, **said)
        first = [("", _now("城运中心，各单位共用"))] if centre else []
        self.fields["unit_id"].choices = [*first, *units]  # type: ignore[attr-defined]
        self.fields["outcome"].choices = choices_of(Outcome, _now("不限"))  # type: ignore[attr-defined]
        names = "".join(f"{{{name}}}" for name in NAMES)
        self.fields["body"].help_text = _now("可用变量：%(names)s；要人工补的写成【】") % {"names": names}


class CityForm(forms.Form):
    """One of the city's lists."""

    kind = forms.ChoiceField(label=_("哪一张表"), widget=forms.RadioSelect, error_messages=_REQUIRED)
    file = forms.FileField(
        label=_("文件"),
        help_text=_("CSV（UTF-8 或 GB 18030）或 XLSX，第一行是表头，要有工单编号一列"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.xlsm"}),
        error_messages={"required": _("请选择文件。"), "empty": _("这是空文件，请重新选择。")},
    )

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["kind"].choices = choices_of(CityList)  # type: ignore[attr-defined]


class DatedForm(forms.Form):
    """From which day, and where it comes from."""

    valid_from = forms.DateField(
        label=_("从哪天起"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), error_messages=_DAY
    )  # fmt: skip
    source = forms.CharField(
        label=_("依据"), help_text=_("文件名和文号，或谁决定的"), error_messages=_REQUIRED
    )
    provenance = forms.ChoiceField(label=_("可靠程度"), error_messages=_REQUIRED)
    note = forms.CharField(label=_("说明"), required=False)

    def __init__(self, *args: Any, today: date, **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["provenance"].choices = choices_of(Provenance)  # type: ignore[attr-defined]
        self.fields["provenance"].initial = Provenance.PRIMARY.value
        self.fields["valid_from"].initial = today


class RowForm(DatedForm):
    """One dated row of a list."""

    name = forms.CharField(
        label=_("代号"), help_text=_("同一代号写新的一行，旧行到前一天为止"), error_messages=_REQUIRED
    )
    text_ = forms.CharField(label=_("内容"), required=False, widget=forms.Textarea(attrs={"rows": "2"}))
    value = forms.DecimalField(
        label=_("数值（0 到 1）"), required=False, max_digits=8, decimal_places=3, error_messages=_NUMBER
    )
    position = forms.IntegerField(
        label=_("次序"), min_value=0, max_value=999, initial=50, error_messages=_NUMBER
    )
    field_order = ("name", "text_", "value", "position", "valid_from", "source", "provenance", "note")


class SamplingForm(DatedForm):
    """A rule for drawing orders."""

    share = forms.DecimalField(
        label=_("回访比例（%）"), max_digits=5, decimal_places=2, error_messages=_NUMBER
    )
    unit_id = forms.TypedChoiceField(label=_("承办单位"), required=False, coerce=int, empty_value=None)
    catalogue_prefix = forms.CharField(
        label=_("诉求分类"), required=False, help_text=_("分类键或它的开头；空着，各类都算")
    )
    channel = forms.ChoiceField(label=_("来源渠道"), required=False)
    seed = forms.CharField(
        label=_("种子"), help_text=_("同一种子抽同样的单，可复核"), error_messages=_REQUIRED
    )
    field_order = (
        "share",
        "unit_id",
        "catalogue_prefix",
        "channel",
        "seed",
        "valid_from",
        "source",
        "provenance",
        "note",
    )

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        units = Unit.objects.order_by("kind", "code")
        self.fields["unit_id"].choices = [("", _now("所有单位")), *units.values_list("id", "name")]  # type: ignore[attr-defined]
        self.fields["channel"].choices = choices_of(Channel, _now("所有渠道"))  # type: ignore[attr-defined]


class ReopenForm(forms.Form):
    """The answer to a wish."""

    decision = forms.ChoiceField(label=_("结论"), widget=forms.RadioSelect, error_messages=_REQUIRED)
    answer = forms.CharField(label=_("理由"), required=False, widget=forms.Textarea(attrs={"rows": "2"}))

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["decision"].choices = choices_of(Decision)  # type: ignore[attr-defined]
