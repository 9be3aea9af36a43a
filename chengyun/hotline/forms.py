"""Shapes of the forms of this room."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chengyun.cases.actions.contacts import checked_contact
from chengyun.cases.forms import CaseForm
from chengyun.cases.vocabulary import AppealType, CatalogueKind, Channel
from chengyun.hotline.imports.mapping import SHIPPED, load_mapping
from chengyun.kernel.errors import Invalid, Refused

CHANNELS = (Channel.PHONE, Channel.CITY, Channel.WEB, Channel.WECHAT, Channel.LETTER, Channel.WALK_IN)
CONTACT = ("name", "phone", "other_phone")
SECRECY = {"default": None, "secret": True, "open": False}
MOST_BYTES = 200 * 1024 * 1024
# Mobile numbers begin so and service numbers (110, 10086, 12345) do not: what begins so is a mobile, whole or mistyped.
_MOBILE_BEGUN, _MOBILE_DIGITS = re.compile(r"1[3-9]"), 11


class OrderForm(CaseForm):
    """An order as it is told on the telephone."""

    kinds = (CatalogueKind.APPEALS.value,)

    channel = forms.ChoiceField(
        label=_("来源渠道"),
        initial=Channel.PHONE,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择来源渠道。"), "invalid_choice": _("请从列出的渠道中选。")},
    )
    source_number = forms.CharField(
        label=_("市平台工单号"),
        required=False,
        max_length=60,
        error_messages={"max_length": _("最多 %(limit_value)d 字，现在 %(show_value)d 字。")},
    )
    name = forms.CharField(
        label=_("来电人"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phone = forms.CharField(
        label=_("联系电话"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    other_phone = forms.CharField(
        label=_("备用电话"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    secrecy = forms.ChoiceField(label=_("保密"), initial="default", required=False)
    wants_reply = forms.BooleanField(label=_("要求回复"), required=False, initial=True)
    appeal_type = forms.ChoiceField(
        label=_("诉求类型"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择诉求类型。"), "invalid_choice": _("请从列出的类型中选。")},
    )
    title = forms.CharField(
        label=_("标题"),
        max_length=100,
        error_messages={
            "required": _("请写标题，一句话说清何地何事。"),
            "max_length": _("最多 %(limit_value)d 字，现在 %(show_value)d 字。"),
        },
    )
    reply = forms.CharField(
        label=_("当场答复内容"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={"max_length": _("最多 %(limit_value)d 字，现在 %(show_value)d 字。")},
    )

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        choices: dict[str, list[tuple[str, Any]]] = {
            "channel": [(one.value, one.label) for one in CHANNELS],
            "appeal_type": [(one.value, one.label) for one in AppealType],
            "secrecy": [
                ("default", _now("按类型（举报保密）")),
                ("secret", _now("要求保密")),
                ("open", _now("不需保密")),
            ],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.error_messages["null_characters_not_allowed"] = _now("含有不可见的控制字符，请重新输入")
        self.fields["description"].label = _now("诉求内容")
        self.fields["address"].label = _now("事发地址")

    def clean(self) -> dict[str, Any]:
        """Check what concerns several fields."""
        said = super().clean()
        contact = {name: said[name] for name in CONTACT if name in said}
        try:
            said |= checked_contact(contact)
        except Invalid as error:
            for name, text in error.fields.items():
                self.add_error(name, text)
        for name in ("phone", "other_phone"):
            number = said.get(name, "")
            if name not in self.errors and _MOBILE_BEGUN.match(number) and len(number) != _MOBILE_DIGITS:
                wrong = _now("手机号应为 %(right)d 位，现在 %(now)d 位，请核对。")
                self.add_error(name, wrong % {"right": _MOBILE_DIGITS, "now": len(number)})
        said["secret"] = SECRECY[said.get("secrecy") or "default"]
        spoken = said.get("channel") in (Channel.PHONE, Channel.WALK_IN)
        if spoken and said.get("wants_reply") and not said.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _now("要求回复，请留联系电话；来电人不愿留，就去掉“要求回复”。"))
        if said.get("channel") == Channel.CITY and not said.get("source_number"):
            self.add_error("source_number", _now("市平台下派的工单，请填市平台工单号。"))
        elif said.get("channel") and said["channel"] != Channel.CITY:
            said["source_number"] = ""
        return said


class ImportForm(forms.Form):
    """A file of orders and how to read it."""

    file = forms.FileField(
        label=_("文件"),
        help_text=_("CSV（UTF-8 或 GB 18030）或 XLSX，第一行是表头，最大 200 MB"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.xlsm"}),
        error_messages={"required": _("请选择文件。"), "empty": _("这是空文件，请重新选择。")},
    )
    mapping = forms.ChoiceField(
        label=_("映射"),
        help_text=_("哪一列是工单的哪一项"),
        error_messages={"required": _("请选择映射。"), "invalid_choice": _("没有这个映射，请从列表中选。")},
    )
    rehearsal = forms.BooleanField(label=_("标为演练数据"), required=False)

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["mapping"].choices = [("", _now("请选择")), *mappings()]  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile[bytes]:
        """A CSV or XLSX by its name, and not too large; its content is judged when it is read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if PurePath(file.name or "").suffix.lower() not in {".csv", ".xlsx", ".xlsm"}:
            raise forms.ValidationError(_now("只能导入 CSV 或 XLSX 文件，请另存为这两种格式。"))
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_now("文件超过 200 MB，请拆成几个文件分次导入。"))
        return file


def mappings() -> list[tuple[str, str]]:
    """The shipped mappings by name, with their titles."""
    found = []
    for path in sorted(SHIPPED.glob("*.yaml")):
        try:
            found.append((path.stem, load_mapping(path.stem).title))
        except Refused:
            continue  # the command line tells what is wrong with a damaged one
    return found
