"""Shapes of the forms of the dispatch catalogue and of the table of words."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chengyun.cases.catalogue_queries import Item, children, classes, current_catalogue
from chengyun.cases.vocabulary import CatalogueKind
from chengyun.geography.models import AreaKind
from chengyun.geography.queries import areas_of, living_areas
from chengyun.kernel.actor import Actor
from chengyun.organisation.forms.staff import unit_choices

MOST_BYTES = 5 * 1024 * 1024
_APPEALS = CatalogueKind.APPEALS.value
_DAY = {"type": "date"}


def branch_choices(on: date) -> list[tuple[str, Any]]:
    """Every class of the appeals in force, whole branches before their parts, under the top classes."""
    edition = current_catalogue(_APPEALS, on)
    groups: list[tuple[str, Any]] = [("", str(_("全部类别")))]
    for top in classes(edition.code, _APPEALS) if edition else []:
        groups.append(
            (
                f"{top.code} {top.name}",
                [(top.key, _("%(name)s（整类）") % {"name": top.name}), *_below(top, 1)],
            )
        )
    return groups


def _below(one: Item, depth: int) -> list[tuple[str, str]]:
    found = []
    for child in children(one.key):
        found += [(child.key, f"{'　' * depth}{child.code} {child.name}"), *_below(child, depth + 1)]
    return found


class RuleForm(forms.Form):
    """A line of the dispatch catalogue."""

    branch = forms.ChoiceField(
        label=_("类别"), required=False, help_text=_("整类或其中一项；越细的越先适用。")
    )
    area = forms.CharField(
        label=_("地区"),
        required=False,
        max_length=60,
        help_text=_("街镇或居村的名称或代码；留空表示全区。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    lead_unit_id = forms.TypedChoiceField(label=_("主办单位"), coerce=int)
    helper_ids = forms.TypedMultipleChoiceField(
        label=_("协办单位"),
        coerce=int,
        required=False,
        help_text=_("可选多个，也可不选。"),
        widget=forms.SelectMultiple(attrs={"size": "6"}),
    )
    own_duty = forms.BooleanField(
        label=_("部门职责"), required=False, help_text=_("部门自身的职责，不下推街镇。")
    )
    legal_basis = forms.CharField(
        label=_("法律依据"),
        max_length=300,
        help_text=_("法律、三定规定、权责清单或街镇职责清单的名称和条目。"),
    )
    note = forms.CharField(label=_("说明"), max_length=300, required=False)
    source = forms.CharField(label=_("来源"), max_length=200, help_text=_("这一条从哪里来，如文件名和文号。"))
    provenance = forms.CharField(label=_("核实情况"), max_length=300, initial=_("未核实"))
    valid_from = forms.DateField(label=_("生效日期"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))
    valid_until = forms.DateField(
        label=_("最后一天"),
        required=False,
        help_text=_("留空表示长期。"),
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, actor: Actor, today: date, **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["branch"].choices = branch_choices(today)  # type: ignore[attr-defined]
        self.fields["lead_unit_id"].choices = unit_choices(actor, empty=_now("请选择"))  # type: ignore[attr-defined]
        self.fields["helper_ids"].choices = unit_choices(actor)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Turn the area's name or code into its id."""
        said = super().clean() or self.cleaned_data
        name = said.pop("area", "").strip()
        said["area_id"] = area_named(name)
        if name and said["area_id"] is None:
            self.add_error("area", _now("没有地区“%(name)s”，或有几个同名的；请写代码。") % {"name": name})
        return said


def area_named(name: str) -> int | None:
    """Id of the street or community of that name or code; None if there is none, or several."""
    rows = living_areas().exclude(kind=AreaKind.DISTRICT)
    found = (
        list((rows.filter(code=name) | rows.filter(name=name)).values_list("pk", flat=True)[:2])
        if name
        else []
    )
    return found[0] if len(found) == 1 else None


class EndRuleForm(forms.Form):
    """Until when a line holds."""

    last_day = forms.DateField(label=_("最后一天"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))


class TableForm(forms.Form):
    """A file with lines of the catalogue."""

    file = forms.FileField(
        label=_("文件"),
        help_text=_("CSV 或 XLSX，表头与导出的文件相同，最大 5 MB"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={"required": _("请选择文件。"), "empty": _("这是空文件，请重新选择。")},
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """A CSV or XLSX by its name, and not too large."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if PurePath(file.name or "").suffix.lower() not in {".csv", ".xlsx"}:
            raise forms.ValidationError(_now("只能导入 CSV 或 XLSX 文件，请另存为这两种格式。"))
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_now("文件超过 5 MB，请分次导入。"))
        return file


class TryForm(forms.Form):
    """An order as it might come, to see which line would decide."""

    branch = forms.ChoiceField(label=_("类别"), required=False)
    street = forms.TypedChoiceField(label=_("街镇"), coerce=int, empty_value=None, required=False)
    on = forms.DateField(
        label=_("日期"), required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, today: date, **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["branch"].choices = branch_choices(today)  # type: ignore[attr-defined]
        streets = [(one.pk, one.name) for one in areas_of(AreaKind.STREET)]
        self.fields["street"].choices = [("", _now("（未知）")), *streets]  # type: ignore[attr-defined]


class WordForm(forms.Form):
    """A word that callers use for a class."""

    word = forms.CharField(
        label=_("词"), max_length=20, help_text=_("来电人的说法，2 到 20 个字，如“路灯不亮”。")
    )
    branch = forms.ChoiceField(label=_("分类"))
    source = forms.CharField(label=_("来源"), max_length=200, required=False)

    def __init__(self, *args: Any, today: date, **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["branch"].choices = branch_choices(today)  # type: ignore[attr-defined]
