"""Shapes of what the clerk enters when publishing."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from chengyun.worktime.limits import Provenance


class PrepareForm(forms.Form):
    """Generate the files."""

    correction_note = forms.CharField(
        label=_("更正说明"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("更正已公开的预算时必填，会与新版本一起公开。"),
    )


class _Seen(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)


class ReleaseForm(_Seen):
    """Publish."""

    late_reason = forms.CharField(
        label=_("迟延原因"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("超过公开期限时必填，会一起公开。"),
    )


class ExplainForm(_Seen):
    """Explain an error."""

    text = forms.CharField(label=_("说明"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class DropForm(_Seen):
    """Give a version up."""


class TermForm(forms.Form):
    """Another term for publishing."""

    days = forms.IntegerField(label=_("批复后几日内公开"), min_value=1, max_value=366)
    valid_from = forms.DateField(label=_("生效日期"), widget=forms.DateInput(attrs={"type": "date"}))
    source = forms.CharField(label=_("依据"), max_length=200)
    provenance = forms.ChoiceField(label=_("来源可靠程度"), choices=())

    def __init__(self, *args: object, **said: object) -> None:
        super().__init__(*args, **said)  # type: ignore[arg-type]
        self.fields["provenance"].choices = [  # type: ignore[attr-defined]
            (one.value, one.label) for one in Provenance
        ]
