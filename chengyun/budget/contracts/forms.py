"""Shapes of the forms of contracts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chengyun.budget.contracts.actions.contracts import ContractFacts
from chengyun.budget.contracts.actions.items import ItemFacts
from chengyun.budget.contracts.months import first_of, month_of, written
from chengyun.budget.contracts.words import DocumentKind, Feed, ItemKind, PartMonth, Procurement, Verdict
from chengyun.budget.models.contracts import Bill, Contract, ContractItem
from chengyun.kernel.labelled import Labelled
from chengyun.worktime.limits import Provenance

_REQUIRED = {"required": _("请填写此项。"), "invalid_choice": _("请从列表中选。")}
_NUMBER = {**_REQUIRED, "invalid": _("请填数字。"), "min_value": _("不能是负数。")}


def _line(label: Any, most: int, **said: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, error_messages=_REQUIRED, **said)


def _day(label: Any, **said: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    wrong = {**_REQUIRED, "invalid": _("请写成 2026-09-30 的样子。")}
    return forms.DateField(label=label, widget=widget, error_messages=wrong, **said)


def _money(label: Any, places: int = 2, **said: Any) -> forms.DecimalField:
    most = 18 if places == 2 else 14
    return forms.DecimalField(
        label=label, max_digits=most, decimal_places=places, min_value=0, error_messages=_NUMBER, **said
    )


def _choice(label: Any, words: type[Labelled], **said: Any) -> forms.ChoiceField:
    def pairs() -> list[tuple[str, str]]:
        return [(one.value, one.label) for one in words]

    return forms.ChoiceField(label=label, choices=pairs, error_messages=_REQUIRED, **said)


class MonthField(forms.CharField):
    """A month, as ``2026-11``; gives its first day."""

    widget = forms.TextInput(attrs={"type": "month", "placeholder": "2026-11"})

    def to_python(self, value: Any) -> Any:
        if isinstance(value, date):
            return first_of(value)
        text = super().to_python(value)
        if not text:
            return None
        month = month_of(text)
        if month is None:
            raise forms.ValidationError(_now("请写成 2026-11 的样子。"))
        return month

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        month = self.to_python(value)
        if month is None and self.required:
            raise forms.ValidationError(_now("请填写此项。"))
        return month


def _month(label: Any, **said: Any) -> MonthField:
    return MonthField(label=label, error_messages=_REQUIRED, **said)


class NothingForm(forms.Form):
    """A verb that asks nothing."""


class Seen(forms.Form):
    """Carries the version of the row that the person looks at."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ContractForm(forms.Form):
    """What a contract says."""

    number = _line(_("合同编号"), 60)
    title = _line(_("合同名称"), 120)
    service = _line(
        _("服务"), 60, help_text=_("供的是什么，例如“短信服务”；同一服务的合同前后相接，按它看全年有没有合同")
    )
    supplier = _line(_("供应商"), 120)
    project = _line(_("预算项目"), 80, required=False, help_text=_("由哪个项目付款，名称与预算一致"))
    procurement = _choice(_("采购方式"), Procurement)
    signed_on = _day(_("签订日期"), required=False)
    begins_on = _day(_("开始日期"), required=False, help_text=_("合同没有写明就留空，页面会标明"))
    ends_on = _day(_("结束日期"), required=False, help_text=_("最后一天，含当天；没有写明就留空"))
    pay_within_days = forms.IntegerField(
        label=_("收到账单后几天内付款"), required=False, min_value=0, max_value=365, error_messages=_NUMBER
    )
    source = _line(_("依据"), 200, help_text=_("合同文本或文件的名称和编号"))
    provenance = _choice(_("可靠程度"), Provenance)
    note = _line(_("说明"), 300, required=False)

    def facts(self, said: dict[str, Any]) -> ContractFacts:
        """As the verb takes it."""
        return ContractFacts(**{name: value for name, value in said.items() if name != "seen"})


class CorrectContractForm(ContractForm, Seen):
    """The same for a contract that is there."""


def start_of(contract: Contract) -> dict[str, Any]:
    """What the form of a contract shows first."""
    names = ContractForm.base_fields
    return {name: getattr(contract, name) for name in names} | {"seen": contract.version}


class ItemForm(Seen):
    """One price of a contract."""

    name = _line(_("项目"), 60)
    kind = _choice(_("计费方式"), ItemKind)
    unit = _line(_("单位"), 10, help_text=_("张、条、路……"))
    unit_price = _money(
        _("单价（元）"), 4, help_text=_("按数量：每单位每月；包月：每月固定费用；一次性：总价")
    )
    quantity = _money(_("约定数量"), help_text=_("按数量计费的填写"), required=False)
    included = _money(_("每月包含"), help_text=_("包月的填写"), required=False)
    price_above = _money(_("超出部分单价（元）"), 4, help_text=_("包月的填写"), required=False)
    cap = _money(_("每月封顶（元）"), required=False)
    part_month = _choice(_("合同起止不足一月"), PartMonth)
    due_month = _month(_("付款月份"), required=False, help_text=_("一次性项目填写"))
    feed = _choice(
        _("使用量"), Feed, help_text=_("按约定数量，或按每月录入、导入的数量，或按平台发送的短信条数")
    )

    def facts(self, said: dict[str, Any]) -> ItemFacts:
        """As the verb takes it."""
        kept = {name: value for name, value in said.items() if name != "seen" and value is not None}
        return ItemFacts(**kept)


def start_of_item(item: ContractItem) -> dict[str, Any]:
    """What the form of an item shows first."""
    said = {name: getattr(item, name) for name in ItemForm.base_fields if name != "seen"}
    for name in ("unit_price", "price_above", "quantity", "included"):
        said[name] = f"{said[name].normalize():f}"
    return said


class StopForm(Seen):
    """An early end."""

    stopped_on = _day(_("最后一天"))
    reason = _line(_("理由"), 300)


class ReasonForm(Seen):
    """Why something is undone."""

    reason = _line(_("理由"), 300)


class WhyForm(forms.Form):
    """Why a file is withdrawn."""

    reason = _line(_("理由"), 300)


class BillForm(forms.Form):
    """A bill."""

    month = _month(_("账期"), help_text=_("账单所属的月份"))
    number = _line(_("账单号或发票号"), 60)
    amount = _money(_("金额（元）"))
    received_on = _day(_("收到日期"))
    due_on = _day(_("最迟付款日期"), required=False, help_text=_("留空则按合同约定的天数从收到之日起算"))
    note = _line(_("说明"), 200, required=False)


class AnyBillForm(BillForm):
    """A bill whose contract is still to be chosen."""

    contract = forms.TypedChoiceField(label=_("合同"), coerce=int, error_messages=_REQUIRED)
    field_order = ("contract",)

    def __init__(self, *args: Any, contracts: Sequence[Contract], **said: Any) -> None:
        super().__init__(*args, **said)
        choice: Any = self.fields["contract"]
        choice.choices = [(one.pk, str(one)) for one in contracts]


class PayForm(Seen):
    """A payment."""

    paid_on = _day(_("付款日期"))
    voucher = _line(_("凭证号"), 60, required=False)


class UsageForm(forms.Form):
    """A month's usage."""

    month = _month(_("月份"))
    quantity = _money(_("使用量"))
    reference = _line(_("依据"), 200, help_text=_("例如运营商月报、设备清单的名称和日期"))


class UsageFileForm(forms.Form):
    """A file of usage."""

    file = forms.FileField(
        label=_("文件"),
        help_text=_("CSV（UTF-8 或 GB 18030）或 XLSX，第一行是表头"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.xlsm"}),
        error_messages={"required": _("请选择文件。"), "empty": _("这是空文件，请重新选择。")},
    )


class DocumentForm(forms.Form):
    """A file of a contract."""

    kind = _choice(_("文件种类"), DocumentKind)
    bill_id = forms.TypedChoiceField(label=_("属于哪张账单"), required=False, coerce=int, empty_value=None)
    file = forms.FileField(
        label=_("文件"),
        help_text=_("PDF、DOCX、XLSX、OFD 或照片，不超过 30 MB；按内容判断类型"),
        error_messages={"required": _("请选择文件。"), "empty": _("这是空文件，请重新选择。")},
    )

    def __init__(self, *args: Any, bills: Sequence[Bill], **said: Any) -> None:
        super().__init__(*args, **said)
        choice: Any = self.fields["bill_id"]
        choice.choices = [("", _now("不属于账单")), *((one.pk, one.number) for one in bills)]


class DecideForm(forms.Form):
    """What was decided on a month; the figures are those that the person saw."""

    computed = forms.DecimalField(widget=forms.HiddenInput, max_digits=18, decimal_places=2)
    billed = forms.DecimalField(widget=forms.HiddenInput, max_digits=18, decimal_places=2)
    verdict = _choice(_("核对结论"), Verdict, widget=forms.RadioSelect)
    reason = _line(_("说明"), 300, required=False, help_text=_("有差额或提出异议时必填"))


class AmountForm(forms.Form):
    """A project's amount in a published budget."""

    project = _line(_("预算项目"), 80)
    fiscal_year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100, error_messages=_NUMBER)
    amount = _money(_("预算数（元）"))
    source = _line(_("依据"), 200, help_text=_("哪一份预算的哪一处"))
    provenance = _choice(_("可靠程度"), Provenance)
