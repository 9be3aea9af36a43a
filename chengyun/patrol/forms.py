"""Shapes of the forms of this room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chengyun.cases.actions.contacts import checked_contact
from chengyun.cases.catalogue_queries import criteria_for
from chengyun.cases.forms import CaseForm
from chengyun.cases.vocabulary import CatalogueKind, Channel, CriterionKind
from chengyun.kernel.errors import Invalid

_WRONG_CHANNEL = _("请从列出的渠道中选。")


class FindingForm(CaseForm):
    """A problem found on the street. ``channels`` are those that the reporter may use."""

    kinds = (CatalogueKind.MATTERS.value, CatalogueKind.PARTS.value)
    class_required = True

    channel = forms.ChoiceField(
        label=_("来源渠道"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择来源渠道。"), "invalid_choice": _WRONG_CHANNEL},
    )
    accuracy = forms.FloatField(required=False, min_value=0, max_value=100_000, widget=forms.HiddenInput)
    condition = forms.CharField(label=_("处置情形"), required=False, max_length=40)
    self_handled = forms.BooleanField(label=_("当场已自行处理"), required=False)
    still = forms.BooleanField(label=_("仍要上报"), required=False)
    name = forms.CharField(label=_("上报人"), required=False)
    phone = forms.CharField(
        label=_("联系电话"), required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )

    def __init__(self, *args: Any, channels: tuple[Channel, ...], **said: Any) -> None:
        super().__init__(*args, **said)
        field = self.fields["channel"]
        field.choices = [(one.value, one.label) for one in channels]  # type: ignore[attr-defined]
        field.initial = channels[0]
        self.fields["address"].label = _now("位置描述")

    def clean_accuracy(self) -> float | None:
        """Metres, as the telephone measured it."""
        value: float | None = self.cleaned_data["accuracy"]
        return value

    def clean(self) -> dict[str, Any]:
        """Check what concerns several fields."""
        said = super().clean()
        placed = said.get("longitude") is not None or {"longitude", "latitude"} & self.errors.keys()
        if not placed and not said.get("address") and "address" not in self.errors:
            self.add_error("address", _now("请定位、在地图上选点，或写明位置。"))
        self._choose_condition(said)
        try:
            said |= checked_contact({name: said[name] for name in ("name", "phone") if name in said})
        except Invalid as error:
            for name, text in error.fields.items():
                self.add_error(name, text)
        if "accuracy" in self.errors:
            del self.errors["accuracy"]  # nobody typed it, and a report is worth more than its precision
            said["accuracy"] = None
        return said

    def _choose_condition(self, said: dict[str, Any]) -> None:
        key = said.get("catalogue_key", "")
        if not key:
            return
        offered = {one.code for one in criteria_for(key, CriterionKind.CONDITION)}
        condition = said.get("condition", "")
        if condition and condition not in offered:
            self.add_error("condition", _now("此类别没有这种情形，请重新选择。"))
        elif offered and not condition:
            self.add_error("condition", _now("请选择情形，它决定处置时限。"))
