"""Shapes of the forms of this part."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chengyun.budget.models import Declaration, Project, Scheme
from chengyun.budget.performance.words import Comparator, Every, Gathering, Kind, Level
from chengyun.kernel.labelled import Labelled
from chengyun.kernel.measures import measures
from chengyun.ui.formats import english
from chengyun.worktime.limits import Provenance

_REQUIRED = {
    "required": _("请填写此项。"),
    "invalid_choice": _("请从列出的值中选。"),
    "invalid": _("请填数字。"),
}
_DAY = {"required": _("请填写此项。"), "invalid": _("请写成 2026-09-30 的样子。")}


def choices_of(words: type[Labelled], empty: Any = None) -> list[tuple[str, Any]]:
    """Pairs in the reader's language, with an empty one where wanted."""
    pairs: list[tuple[str, Any]] = [(one.value, one.label) for one in words]
    return pairs if empty is None else [("", empty), *pairs]


def _line(label: Any, most: int, **said: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, error_messages=_REQUIRED, **said)


def _long(label: Any, most: int, **said: Any) -> forms.CharField:
    return _line(label, most, widget=forms.Textarea(attrs={"rows": "3"}), **said)


def _day(label: Any, **said: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=_DAY, **said)


def _money(label: Any, **said: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, max_digits=18, decimal_places=2, min_value=0, error_messages=_REQUIRED, **said
    )


class SeenForm(forms.Form):
    """A change of what was seen: carries the version that the person looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class HeadForm(forms.Form):
    """The head of a form."""

    name = _line(_("名称"), 120)
    category = _line(_("类别"), 60, required=False)
    department = _line(_("主管部门"), 80)
    unit = _line(_("实施单位"), 80)
    start = _day(_("计划开始日期"))
    end = _day(_("计划完成日期"))
    total = _money(_("资金总额（元）"), help_text=_("整个项目各年合计，与年度金额分开"))
    grant = _money(_("当年财政拨款（元）"))
    carried_over = _money(_("上年结转资金（元）"), initial=0)
    other = _money(_("其他资金（元）"), initial=0)
    goal = _long(_("总目标"), 1000, help_text=_("写明做什么、做多少、做到什么程度"))
    goal_of_year = _long(_("年度总目标"), 1000, help_text=_("只写这一年，不照抄总目标"))


class NewForm(HeadForm):
    """A new form."""

    level = forms.ChoiceField(label=_("申报层级"), error_messages=_REQUIRED)
    scheme = forms.ChoiceField(label=_("申报表版本"), error_messages=_REQUIRED)
    fiscal_year = forms.IntegerField(
        label=_("预算年度"), min_value=2015, max_value=2100, error_messages=_REQUIRED
    )
    code = _line(_("项目代码"), 40, required=False, help_text=_("预算台账里的项目代码；部门整体支出不用填"))
    like_id = forms.TypedChoiceField(
        label=_("沿用指标"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("同一版本的指标会抄过来"),
    )
    field_order = ("level", "scheme", "fiscal_year", "code", "like_id")

    def __init__(self, *args: Any, actor: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["level"].choices = choices_of(Level)  # type: ignore[attr-defined]
        self.fields["scheme"].choices = [(one.key, one.name) for one in Scheme.objects.order_by("-key")]  # type: ignore[attr-defined]
        others = Declaration.objects.seen_by(actor)
        like = [(one.pk, f"{one.fiscal_year} {one.name}（{one.variant_seen.label}）") for one in others]
        self.fields["like_id"].choices = [("", _now("不沿用")), *like]  # type: ignore[attr-defined]
        codes = "、".join(f"{one.code} {one.name}" for one in Project.objects.all()[:8])
        if codes:
            self.fields["code"].help_text = _now("台账里的项目：%(codes)s。部门整体支出不用填。") % {
                "codes": codes
            }


class ChangeForm(SeenForm, HeadForm):
    """The head with the weight of the execution."""

    execution_weight = forms.DecimalField(
        label=_("预算执行率的分值"), max_digits=5, decimal_places=2, error_messages=_REQUIRED,
        help_text=_("与各指标的权重合计 100"),
    )  # fmt: skip


class TargetForm(SeenForm):
    """One target."""

    scheme_class_id = forms.TypedChoiceField(label=_("指标类别"), coerce=int, error_messages=_REQUIRED)
    name = _line(_("指标名称"), 80)
    definition = _long(_("口径"), 400, required=False, help_text=_("数什么、怎么数"))
    kind = forms.ChoiceField(label=_("性质"), error_messages=_REQUIRED)
    measure = forms.ChoiceField(
        label=_("绑定平台数据"), required=False, help_text=_("绑定后由平台测算，不用填报")
    )
    comparator = forms.ChoiceField(label=_("方向"), required=False)
    value = forms.DecimalField(
        label=_("目标值"), required=False, max_digits=18, decimal_places=4, error_messages=_REQUIRED
    )
    upper = forms.DecimalField(
        label=_("上限（介于时填）"), required=False, max_digits=18, decimal_places=4, error_messages=_REQUIRED
    )
    moment = _day(_("完成日期（时点指标）"), required=False)
    unit = _line(_("计量单位"), 20, required=False, help_text=_("如 %、条、件、元"))
    every = forms.ChoiceField(label=_("统计周期"), required=False)
    gathering = forms.ChoiceField(label=_("全年值怎样得出"), required=False)
    weight = forms.DecimalField(
        label=_("权重"), max_digits=5, decimal_places=2, min_value=0, max_value=100, error_messages=_REQUIRED
    )
    baseline = _line(_("上年或基准值"), 60, required=False)
    money = _money(
        _("对应资金（元）"), required=False, help_text=_("年度金额中用于这项的部分，用来算每元买到多少")
    )
    evidence_rule = _line(_("凭什么判断"), 200, required=False, help_text=_("定性指标必填，如文件、检查结果"))
    lag_days = forms.IntegerField(
        label=_("数据滞后（天）"), required=False, min_value=0, max_value=90, initial=0, error_messages=_REQUIRED,
        help_text=_("期末过后多少天数据才齐"),
    )  # fmt: skip

    def __init__(self, *args: Any, form: Declaration, bound: str = "", **said: Any) -> None:
        super().__init__(*args, **said)
        classes = [
            (one.pk, f"{one.level1} · {one.level2}") for one in form.scheme.classes.order_by("position")
        ]
        offered = [(one.name, one.en if english() else one.label) for one in measures()]
        if bound and bound not in dict(offered):
            offered.append((bound, _now("%(name)s（目前没有数据）") % {"name": bound}))
        for name, pairs in (
            ("scheme_class_id", classes),
            ("kind", choices_of(Kind)),
            ("measure", [("", _now("不绑定，人工填报")), *offered]),
            ("comparator", choices_of(Comparator, "–")),
            ("every", choices_of(Every, "–")),
            ("gathering", choices_of(Gathering, "–")),
        ):
            self.fields[name].choices = pairs  # type: ignore[attr-defined]


class ReasonForm(SeenForm):
    """Why a form is taken back."""

    why = _line(_("原因"), 200)


class EnterForm(forms.Form):
    """A value from outside the platform."""

    begin = _day(_("期间从"))
    end = _day(_("期间到"), help_text=_("含当天"))
    numerator = forms.DecimalField(
        label=_("数值或分子"), required=False, max_digits=20, decimal_places=4, error_messages=_REQUIRED
    )
    denominator = forms.DecimalField(
        label=_("分母（比率时填）"), required=False, max_digits=20, decimal_places=4, error_messages=_REQUIRED
    )
    moment = _day(_("实际完成日期（时点指标）"), required=False)
    formula = _line(_("怎样得出"), 400, help_text=_("如问卷满意份数 ÷ 有效份数"))
    evidence = _line(_("依据"), 300, help_text=_("文件、账单或台账的名称和编号"))


class LineForm(SeenForm):
    """What came of one target."""

    share = forms.DecimalField(
        label=_("完成比例（%）"), required=False, max_digits=5, decimal_places=2, min_value=0, max_value=100,
        error_messages=_REQUIRED,
    )  # fmt: skip
    actual = _line(_("实际完成情况"), 200, required=False)
    why = _long(_("偏差原因及改进措施"), 500, required=False)
    evidence = _line(_("依据"), 300, required=False, help_text=_("文件、记录的名称和编号"))

    def __init__(self, *args: Any, bands: list[tuple[str, str]], qualitative: bool, **said: Any) -> None:
        super().__init__(*args, **said)
        if not qualitative:
            del self.fields["share"], self.fields["actual"]
        else:
            self.fields["share"].help_text = "；".join(f"{text} ≥ {share}" for text, share in bands)


class SummaryForm(SeenForm):
    """The head of a self-evaluation."""

    execution_why = _long(_("预算执行偏差原因"), 500, required=False)
    summary = _long(_("总结"), 2000, required=False)


class RowForm(forms.Form):
    """A dated number."""

    value = forms.DecimalField(label=_("数值"), max_digits=8, decimal_places=2, error_messages=_REQUIRED)
    valid_from = _day(_("从哪天起"))
    source = _line(_("依据"), 200, help_text=_("文件名和文号，或谁决定的"))
    provenance = forms.ChoiceField(label=_("可靠程度"), error_messages=_REQUIRED)
    note = _line(_("说明"), 200, required=False)

    def __init__(self, *args: Any, today: date, **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["provenance"].choices = choices_of(Provenance)  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = today
