"""Shapes of the forms of the ledger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chengyun.budget.kinds import Edition, Fund, LineKind, OrgKind, Source, Stage
from chengyun.budget.ledger.amounts import amount_of
from chengyun.budget.ledger.calculations import INPUTS, Formula
from chengyun.budget.models.codes import CodeKind
from chengyun.budget.models.projects import Nature
from chengyun.kernel.labelled import Labelled

_REQUIRED = {"required": _("请填写此项。")}
_MOST_BYTES = 5_000_000


class AmountField(forms.CharField):
    """An amount in 元, with or without commas; empty is 0."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def clean(self, value: Any) -> Decimal:
        try:
            return amount_of(str(super().clean(value) or ""))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


def _day(label: Any, **said: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={**_REQUIRED, "invalid": _("请写成 2026-09-30 的样子。")},
        **said,
    )


def _text(label: Any, most: int, **said: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, error_messages=_REQUIRED, **said)


def _area(label: Any, rows: int = 3, **said: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "data-autosize": ""})
    return forms.CharField(label=label, widget=widget, error_messages=_REQUIRED, **said)


class _ChoosingForm(forms.Form):
    """Choices are labelled in the reader's language, so they are filled when the form is made."""

    def offer(self, name: str, pairs: list[tuple[str, str]]) -> None:
        """Set the choices of a field."""
        field: Any = self.fields[name]
        field.choices = pairs


def labels(kind: type[Labelled]) -> list[tuple[str, str]]:
    """Value and label of every member."""
    return [(one.value, one.label) for one in kind]


class YearForm(forms.Form):
    """The year of the next budget."""

    fiscal_year = forms.IntegerField(label=_("预算年度"), error_messages=_REQUIRED)


class NewBudgetForm(_ChoosingForm):
    """An empty budget."""

    org = forms.TypedChoiceField(label=_("单位"), coerce=int)
    fiscal_year = forms.IntegerField(label=_("预算年度"), error_messages=_REQUIRED)
    org_kind = forms.ChoiceField(label=_("单位性质"))
    edition = forms.ChoiceField(label=_("公开的是"))

    def __init__(self, *args: Any, orgs: list[tuple[int, str]], **said: Any) -> None:
        super().__init__(*args, **said)
        self.offer("org", [(str(pk), name) for pk, name in orgs])
        self.offer("org_kind", labels(OrgKind))
        self.offer("edition", labels(Edition))


class LineForm(_ChoosingForm):
    """A new leaf."""

    kind = forms.ChoiceField(label=_("支出性质"))
    func_code = forms.ChoiceField(label=_("功能科目（项）"), error_messages=_REQUIRED)
    eco_code = forms.ChoiceField(label=_("经济科目（款）"), required=False)
    project = forms.ChoiceField(label=_("项目"), required=False, help_text=_("项目支出才选"))
    source = forms.ChoiceField(label=_("资金来源"))
    fund = forms.ChoiceField(label=_("资金性质"))
    amount = AmountField(label=_("金额（元）"), required=False)
    note = _text(_("备注"), 200, required=False)

    def __init__(
        self,
        *args: Any,
        functions: dict[str, str],
        economics: dict[str, str],
        projects: dict[str, str],
        **said: Any,
    ) -> None:
        super().__init__(*args, **said)
        none = ("", gettext("（不选）"))
        self.offer("kind", labels(LineKind))
        self.offer("func_code", [none, *((code, f"{code} {name}") for code, name in functions.items())])
        self.offer("eco_code", [none, *((code, f"{code} {name}") for code, name in economics.items())])
        self.offer("project", [none, *projects.items()])
        self.offer("source", labels(Source))
        self.offer("fund", labels(Fund))


class CalculationForm(forms.Form):
    """The inputs of a formula."""

    def __init__(self, *args: Any, formula: Formula, **said: Any) -> None:
        super().__init__(*args, **said)
        for one in INPUTS[formula]:
            self.fields[one.name] = forms.CharField(
                label=str(one.label),
                max_length=20,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
                error_messages=_REQUIRED,
            )


class PriorForm(forms.Form):
    """A figure of last year."""

    amount = AmountField(label=_("上年数（元）"))
    source = _text(_("出处"), 200, help_text=_("例如：2023年部门预算说明"))


class ProjectForm(_ChoosingForm):
    """What a project is."""

    name = _text(_("项目名称"), 120)
    category = _text(_("项目类别"), 60, required=False)
    nature = forms.ChoiceField(label=_("项目性质"))
    start = _day(_("开始日期"), required=False)
    end = _day(_("结束日期"), required=False)
    total = AmountField(
        label=_("项目总额（元）"), required=False, help_text=_("跨年项目填各年合计；留空即为年度金额")
    )

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        self.offer("nature", labels(Nature))


class NewProjectForm(ProjectForm):
    """A project that comes in."""

    code = _text(_("项目编码"), 40, help_text=_("已有的编码会接着用，例如上年的项目"))
    field_order = ("code", "name")


class ProjectYearForm(ProjectForm):
    """A project with what this budget says of it."""

    carried_over = AmountField(label=_("其中上年结转（元）"), required=False)
    has_targets = forms.BooleanField(label=_("编报绩效目标"), required=False)
    published = forms.BooleanField(label=_("公开项目经费情况说明"), required=False)


class BasisForm(forms.Form):
    """A document that a project rests on."""

    number = _text(_("文号"), 60, help_text=_("年份用六角括号，例如 沪府办〔2024〕1号"))
    title = _text(_("文件名称"), 200)
    issuer = _text(_("发文机关"), 80, required=False)
    from_year = forms.IntegerField(label=_("适用起始年度"), required=False, min_value=1949, max_value=2099)
    to_year = forms.IntegerField(label=_("适用截止年度"), required=False, min_value=1949, max_value=2099)


class ProfileForm(forms.Form):
    """The facts of the text. Lists are typed one a line."""

    duties = _area(_("主要职能"), 8, required=False, help_text=_("一行一条"))
    divisions = _area(_("内设机构"), 3, required=False, help_text=_("一行一个"))
    units = _area(_("预算单位"), 2, required=False, help_text=_("部门预算填，一行一个"))
    goods = AmountField(label=_("政府采购：货物（元）"), required=False)
    works = AmountField(label=_("政府采购：工程（元）"), required=False)
    services = AmountField(label=_("政府采购：服务（元）"), required=False)
    small = AmountField(label=_("其中预留中小企业（元）"), required=False)
    as_of = _day(_("国有资产截止日"), required=False)
    general_vehicles = forms.IntegerField(label=_("一般公务用车（辆）"), required=False, min_value=0)
    law_vehicles = forms.IntegerField(label=_("一般执法执勤用车（辆）"), required=False, min_value=0)
    special_vehicles = forms.IntegerField(label=_("特种专业技术用车（辆）"), required=False, min_value=0)
    other_vehicles = forms.IntegerField(label=_("其他用车（辆）"), required=False, min_value=0)
    general_equipment = forms.IntegerField(
        label=_("50万元以上通用设备（台/套）"), required=False, min_value=0
    )
    special_equipment = forms.IntegerField(
        label=_("100万元以上专用设备（台/套）"), required=False, min_value=0
    )
    buys = _text(_("计划购置车辆和大型设备"), 200, required=False)

    def clean(self) -> dict[str, Any]:
        """The part for small enterprises cannot be more than the whole."""
        said = super().clean() or {}
        whole = sum((said.get(name) or Decimal(0) for name in ("goods", "works", "services")), Decimal(0))
        if (said.get("small") or Decimal(0)) > whole:
            self.add_error("small", gettext("预留中小企业的金额多于采购总额。"))
        return said


class StageForm(_ChoosingForm):
    """The next stage."""

    to = forms.ChoiceField(label=_("下一阶段"))
    approved_on = _day(_("批复日期"), required=False, help_text=_("转为“批复”时必填"))
    note = _text(_("说明"), 300, required=False)

    def __init__(self, *args: Any, steps: tuple[Stage, ...], **said: Any) -> None:
        super().__init__(*args, **said)
        self.offer("to", [(one.value, one.label) for one in steps])
        if Stage.APPROVED not in steps:
            del self.fields["approved_on"]

    def approved(self) -> date | None:
        """The day of approval; only an approval has one."""
        day: date | None = self.cleaned_data.get("approved_on")
        return day if self.cleaned_data["to"] == Stage.APPROVED else None


class CommentForm(forms.Form):
    """A remark."""

    text = _area(_("备注内容"), 2, max_length=500)


class CodeForm(_ChoosingForm):
    """A code that the year's table lacks."""

    kind = forms.ChoiceField(label=_("分类"))
    code = _text(_("科目编码"), 7, help_text=_("功能科目 3、5、7 位，经济科目 3、5 位"))
    name = _text(_("科目名称"), 80)
    source = _text(_("依据"), 200, help_text=_("财政部科目表或通知的名称"))

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        self.offer("kind", labels(CodeKind))


class FileForm(forms.Form):
    """A table of lines."""

    file = forms.FileField(
        label=_("文件"),
        help_text=_("XLSX 或 CSV，表头与导出的文件相同，最大 5 MB"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": _("请选择文件。"), "empty": _("这是空文件，请重新选择。")},
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """A CSV or XLSX by its name, and not too large."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if PurePath(file.name or "").suffix.lower() not in {".csv", ".xlsx"}:
            raise forms.ValidationError(gettext("只能导入 CSV 或 XLSX 文件，请另存为这两种格式。"))
        if (file.size or 0) > _MOST_BYTES:
            raise forms.ValidationError(gettext("文件超过 5 MB，请分次导入。"))
        return file
