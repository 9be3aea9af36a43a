"""The form in which an administrator hands in areas or grids."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chengyun.geography.actions.import_areas import TOLERANCE
from chengyun.geography.coordinates import System

MOST_BYTES = 50 * 1024 * 1024
_CHOICE = {"required": _("请选择。"), "invalid_choice": _("请从列表中选。")}


class ImportForm(forms.Form):
    """A file, what it holds, and how to read it."""

    what = forms.ChoiceField(
        label=_("内容"), widget=forms.RadioSelect, initial="areas", error_messages=_CHOICE
    )
    file = forms.FileField(
        label=_("文件"),
        help_text=_("CSV（形状写在 geometry 列）或 GeoJSON，最大 50 MB"),
        widget=forms.FileInput(attrs={"accept": ".csv,.json,.geojson"}),
        error_messages={"required": _("请选择文件。"), "empty": _("这是空文件，请重新选择。")},
    )
    system = forms.ChoiceField(
        label=_("坐标系"), initial=System.WGS84, error_messages=_CHOICE, help_text=_("选错会整体偏移几百米")
    )
    valid_from = forms.DateField(
        label=_("从哪天起"),
        required=False,
        help_text=_("留空为今天；行里有 valid_from 的以行为准"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("请写成 2026-09-30 的样子。")},
    )
    tolerance = forms.FloatField(
        label=_("越界容差（米）"),
        initial=TOLERANCE,
        min_value=0,
        max_value=5000,
        help_text=_("形状超出上级边界多少以内算正常"),
        error_messages={
            "required": _("请填写此项。"),
            "invalid": _("请填数字，如 50。"),
            "min_value": _("应在 0 到 5000 之间。"),
            "max_value": _("应在 0 到 5000 之间。"),
        },
    )

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            ("areas", _now("区域（区、街镇、居村）")),
            ("grids", _now("网格（单元网格、责任网格、综合网格）")),
        ]
        self.fields["system"].choices = [(one.value, one.label) for one in System]  # type: ignore[attr-defined]

    def clean_tolerance(self) -> float:
        """Metres; NaN is no number of metres."""
        metres = float(self.cleaned_data["tolerance"])
        if metres != metres:
            raise forms.ValidationError(_now("请填数字，如 50。"))
        return metres

    def clean_file(self) -> UploadedFile[bytes]:
        """A CSV or GeoJSON by its name, and not too large; its content is judged when it is read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if PurePath(file.name or "").suffix.lower() not in {".csv", ".json", ".geojson"}:
            raise forms.ValidationError(_now("只能导入 CSV 或 GeoJSON 文件，请另存为这两种格式。"))
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_now("文件超过 50 MB，请拆成几个文件分次导入。"))
        return file
