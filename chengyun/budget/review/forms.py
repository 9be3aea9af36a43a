"""Shapes of the forms of this part."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from chengyun.budget.models.review import DispositionKind

_ACCEPT = ".txt,.docx,.xlsx,.pdf,.zip"


class ManyFilesInput(forms.ClearableFileInput):
    """A box for several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files; cleaned to a list, empty where none was chosen."""

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **{"widget": ManyFilesInput()} | said)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Every file by itself."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(one, initial) for one in given if one]


class HandInForm(forms.Form):
    """Documents to check."""

    documents = ManyFilesField(
        label=_("预算文件"),
        required=False,
        allow_empty_file=True,
        widget=ManyFilesInput(attrs={"accept": _ACCEPT, "class": "form-control"}),
        help_text=_(
            "TXT（TAB 分列）、DOCX、XLSX、PDF，可多选；也可交一个 ZIP。每份最大 20 MB，一次最多 100 份。"
        ),
    )
    folder = ManyFilesField(
        label=_("或整个文件夹"),
        required=False,
        allow_empty_file=True,
        widget=ManyFilesInput(attrs={"webkitdirectory": True, "class": "form-control"}),
    )
    prior = forms.FileField(
        label=_("上年预算（可不交）"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": _ACCEPT, "class": "form-control"}),
        help_text=_("交了就能核对说明中的增减；只在核对一份文件时用。"),
    )

    def chosen(self) -> list[UploadedFile[bytes]]:
        """All files that were handed in, in either box."""
        return [*self.cleaned_data["documents"], *self.cleaned_data["folder"]]

    def clean(self) -> dict[str, Any]:
        """Something must have been chosen."""
        said = super().clean() or {}
        if not self.errors and not said["documents"] and not said["folder"]:
            self.add_error("documents", str(_("请选择要核对的文件。")))
        return said


class SettleForm(forms.Form):
    """What somebody makes of a finding."""

    kind = forms.ChoiceField(choices=DispositionKind.choices())
    note = forms.CharField(required=False)
    seen = forms.IntegerField(min_value=0)


class CompareForm(forms.Form):
    """Two checked documents."""

    before = forms.IntegerField(min_value=1, required=False)
    after = forms.IntegerField(min_value=1, required=False)
