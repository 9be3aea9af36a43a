"""Shapes of the forms in which the centre sets up the public's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chengyun.cases.catalogue_queries import item
from chengyun.cases.vocabulary import AppealType
from chengyun.citizen.models import PlainCategory, PlainQuestion, PlainWord, PublicClass
from chengyun.worktime.limits import Provenance

_DAY = forms.DateInput(attrs={"type": "date"})
ICONS = (
    "route", "trash", "bell-ringing", "alert-triangle", "world", "building-community", "flag", "building", "tool",
    "settings", "users", "shield-lock", "help-circle", "message-circle", "dots", "home", "school", "phone",
)  # fmt: skip


def _known_key(key: str) -> str:
    if key and item(key) is None:
        raise forms.ValidationError(_now("目录中没有这个键，请照目录页上的写，例如 db44t2479-2024/030503。"))
    return key


class RuleForm(forms.Form):
    """A number from a day on."""

    value = forms.DecimalField(label=_("新值"))
    valid_from = forms.DateField(label=_("从哪天起"), widget=_DAY)
    source = forms.CharField(label=_("依据"), max_length=200)
    provenance = forms.ChoiceField(label=_("可靠程度"))
    note = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["provenance"].choices = [(one.value, one.label) for one in Provenance]  # type: ignore[attr-defined]


class CategoryForm(forms.ModelForm[PlainCategory]):
    """A category in everyday words."""

    class Meta:
        model = PlainCategory
        fields = (
            "name", "name_en", "hint", "hint_en", "icon", "catalogue_key", "appeal_type", "position", "active",
        )  # fmt: skip
        labels = {
            "name": _("名称"),
            "name_en": _("英文名称"),
            "hint": _("提示"),
            "hint_en": _("英文提示"),
            "icon": _("图标"),
            "catalogue_key": _("对应目录键"),
            "appeal_type": _("诉求类型"),
            "position": _("次序"),
            "active": _("启用"),
        }

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["icon"] = forms.ChoiceField(label=_("图标"), choices=[(one, one) for one in ICONS])
        types = [(one.value, one.label) for one in AppealType]
        self.fields["appeal_type"] = forms.ChoiceField(label=_("诉求类型"), choices=types)

    def clean_catalogue_key(self) -> str:
        """An item that is there; empty for a category without a class."""
        return _known_key(self.cleaned_data["catalogue_key"].strip())


class PublicClassForm(forms.ModelForm[PublicClass]):
    """Whether a class is shown to everybody."""

    class Meta:
        model = PublicClass
        fields = (
            "catalogue_key",
            "public",
            "title",
            "title_en",
            "valid_from",
            "valid_until",
            "source",
            "provenance",
        )
        widgets = {"valid_from": _DAY, "valid_until": _DAY}
        labels = {
            "catalogue_key": _("目录键"),
            "public": _("可以公开"),
            "title": _("公开时的中性标题"),
            "title_en": _("英文标题"),
            "valid_from": _("从哪天起"),
            "valid_until": _("到哪天止"),
            "source": _("依据"),
            "provenance": _("可靠程度"),
        }

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        offered = [(one.value, one.label) for one in Provenance]
        self.fields["provenance"] = forms.ChoiceField(label=_("可靠程度"), choices=offered)

    def clean_catalogue_key(self) -> str:
        """An item that is there."""
        return _known_key(self.cleaned_data["catalogue_key"].strip())

    def clean(self) -> dict[str, Any]:
        """The end is not before the beginning."""
        said = super().clean() or self.cleaned_data
        first, last = said.get("valid_from"), said.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _now("止日不能早于起日。"))
        return said


class WordForm(forms.ModelForm[PlainWord]):
    """What the public reads for a state or a step. Which one it is does not change."""

    class Meta:
        model = PlainWord
        fields = ("zh", "en", "explained_zh", "explained_en", "shown")
        labels = {
            "zh": _("市民看到的话"),
            "en": _("英文"),
            "explained_zh": _("说明"),
            "explained_en": _("英文说明"),
            "shown": _("让市民看到"),
        }


class QuestionForm(forms.ModelForm[PlainQuestion]):
    """A question that tells people from programmes."""

    class Meta:
        model = PlainQuestion
        fields = ("zh", "en", "answers", "active")
        labels = {
            "zh": _("问题"),
            "en": _("英文"),
            "answers": _("算对的回答（逗号分开）"),
            "active": _("启用"),
        }


class ClearForm(forms.Form):
    """What everybody may read of one order."""

    number = forms.CharField(label=_("案件编号"), max_length=40)
    withheld = forms.BooleanField(
        label=_("不公开这一件"), required=False, help_text=_("勾选后名单和地图上都看不到它")
    )
    title = forms.CharField(
        label=_("公开标题"), max_length=60, required=False, help_text=_("留空用该类的中性标题")
    )
    body = forms.CharField(
        label=_("公开内容"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": "4"}),
        help_text=_("不写姓名、电话、门牌室号等能认出人的内容；留空就不公开文字"),
    )
    photos = forms.BooleanField(
        label=_("公开照片"), required=False, help_text=_("请先确认照片里没有人脸、车牌和门牌")
    )
    reason = forms.CharField(label=_("理由"), max_length=200)
