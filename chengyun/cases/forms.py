"""The facts that every form of a new case shares: what class it is of, where it is, and which form this was."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chengyun.cases.catalogue_queries import Item, current_catalogue, item, search_items
from chengyun.cases.vocabulary import Urgency

LONGEST_DESCRIPTION, LONGEST_ADDRESS = 20_000, 300


class CaseForm(forms.Form):
    """``kinds`` names the kinds of catalogue to choose from; ``today`` says which editions are in force.

    After cleaning, ``catalogue_key`` is the key of an item in use, or "" where none was given.
    """

    kinds: tuple[str, ...] = ()
    class_required = False

    client_id = forms.CharField(required=False, widget=forms.HiddenInput)
    description = forms.CharField(
        label=_("问题描述"),
        max_length=LONGEST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": "5"}),
        error_messages={
            "required": _("请写明问题的情况。"),
            "max_length": _("最多 %(limit_value)d 字，现在 %(show_value)d 字。"),
        },
    )
    urgency = forms.ChoiceField(
        label=_("紧急程度"),
        initial=Urgency.NORMAL,
        error_messages={"required": _("请选择紧急程度。"), "invalid_choice": _("请从列出的紧急程度中选。")},
        widget=forms.RadioSelect,
    )
    catalogue_key = forms.CharField(required=False, widget=forms.HiddenInput)
    catalogue_text = forms.CharField(label=_("类别"), required=False, max_length=300)
    address = forms.CharField(
        label=_("地址"),
        required=False,
        max_length=LONGEST_ADDRESS,
        error_messages={"max_length": _("最多 %(limit_value)d 字，现在 %(show_value)d 字。")},
    )
    longitude = forms.FloatField(
        label=_("经度"),
        required=False,
        min_value=-180,
        max_value=180,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "invalid": _("经度应是数字，如 121.489200。"),
            "min_value": _("经度应在 -180 到 180 之间。"),
            "max_value": _("经度应在 -180 到 180 之间。"),
        },
    )
    latitude = forms.FloatField(
        label=_("纬度"),
        required=False,
        min_value=-90,
        max_value=90,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "invalid": _("纬度应是数字，如 31.405300。"),
            "min_value": _("纬度应在 -90 到 90 之间。"),
            "max_value": _("纬度应在 -90 到 90 之间。"),
        },
    )

    def __init__(self, *args: Any, today: date, **said: Any) -> None:
        super().__init__(*args, **said)
        self.today = today
        self.fields["urgency"].choices = [(one.value, one.label) for one in Urgency]  # type: ignore[attr-defined]

    def clean_client_id(self) -> uuid.UUID:
        """The form's own number, so that it is taken once; a damaged one is replaced, for nobody typed it."""
        try:
            return uuid.UUID(self.cleaned_data["client_id"])
        except ValueError:
            return uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        """Check what concerns several fields."""
        said = super().clean() or self.cleaned_data
        self._choose_class(said)
        if "longitude" in said and "latitude" in said:
            if said["longitude"] is None and said["latitude"] is not None:
                self.add_error("longitude", _now("填了纬度，也要填经度。"))
            elif said["latitude"] is None and said["longitude"] is not None:
                self.add_error("latitude", _now("填了经度，也要填纬度。"))
        return said

    def _choose_class(self, said: dict[str, Any]) -> None:
        key, text = said.get("catalogue_key", ""), said.get("catalogue_text", "")
        if not key and text:
            key = self._meant_by(text)
            if not key:
                return
        chosen = item(key) if key else None
        if key and (chosen is None or chosen.kind not in self.kinds or not chosen.leaf):
            self.add_error("catalogue_text", _now("目录中没有这一项，请重新选择。"))
        elif chosen is not None and not chosen.active:
            self.add_error("catalogue_text", _now("“%(name)s”已停用，请另选一项。") % {"name": chosen.name})
        elif chosen is None and self.class_required:
            self.add_error("catalogue_text", _now("请选择类别：输入名称或编码，再从列表中选。"))
        said["catalogue_key"] = chosen.key if chosen is not None else ""

    def _meant_by(self, text: str) -> str:
        """The key that typed words can only mean; else an error that names the likeliest."""
        found = items_meant(text, self.kinds, self.today, 20)
        same = [one for one in found if text in (one.path, one.name, one.code, f"{one.code} {one.name}")]
        if len(same) == 1:
            return same[0].key
        if found:
            offered = _now("、").join(one.name for one in found[:3])
            self.add_error(
                "catalogue_text", _now("请从列表中选定一项，相近的有：%(offered)s。") % {"offered": offered}
            )
        else:
            self.add_error(
                "catalogue_text", _now("目录中找不到“%(text)s”，请换个说法。") % {"text": text[:40]}
            )
        return ""

    @property
    def chosen(self) -> Item | None:
        """The item that stands in the form now, right or wrong."""
        key = str(self["catalogue_key"].value() or "")
        return item(key) if key else None


def items_meant(text: str, kinds: tuple[str, ...], today: date, limit: int) -> list[Item]:
    """Items of the editions in force that typed words may mean, the likeliest first."""
    editions = [found.code for kind in kinds if (found := current_catalogue(kind, today))]
    return search_items(text, kinds, limit, catalogues=editions) if editions else []
