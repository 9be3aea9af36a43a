"""Shape of the form of a rule."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chengyun.cases.vocabulary import AppealType, Channel
from chengyun.hotline.handling.forms import DatedForm, choices_of
from chengyun.hotline.notices.words import Notice
from chengyun.messaging.models import Template

_REQUIRED = {"required": _("请填写此项。"), "invalid_choice": _("请从列出的值中选。")}


class RuleForm(DatedForm):
    """What is sent for a happening, for whom, and from when."""

    notice = forms.ChoiceField(label=_("什么时候"), error_messages=_REQUIRED)
    channel = forms.ChoiceField(label=_("来源渠道"), required=False)
    appeal_type = forms.ChoiceField(label=_("诉求类型"), required=False)
    sends = forms.BooleanField(label=_("发短信"), required=False, help_text=_("不勾，这个范围不发"))
    template = forms.ChoiceField(label=_("短信模板"), error_messages=_REQUIRED)
    within_hours = forms.IntegerField(
        label=_("几小时内有效"), min_value=1, max_value=720, initial=24, help_text=_("事情过去更久，就不再发"),
        error_messages={"required": _("请填写此项。"), "invalid": _("请填数字。")},
    )  # fmt: skip
    field_order = (
        "notice",
        "channel",
        "appeal_type",
        "sends",
        "template",
        "within_hours",
        "valid_from",
        "source",
        "provenance",
        "note",
    )

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        templates = [(one.name, one.label) for one in Template.objects.all()]
        self.fields["notice"].choices = choices_of(Notice)  # type: ignore[attr-defined]
        self.fields["channel"].choices = choices_of(Channel, _now("所有渠道"))  # type: ignore[attr-defined]
        self.fields["appeal_type"].choices = choices_of(AppealType, _now("所有类型"))  # type: ignore[attr-defined]
        self.fields["template"].choices = templates  # type: ignore[attr-defined]
