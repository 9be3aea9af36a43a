"""Shapes of the public's forms."""

from __future__ import annotations

import math
import re
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chengyun.cases.actions.contacts import checked_contact
from chengyun.cases.process.kinds import Outcome, Satisfaction
from chengyun.citizen.models import PlainCategory
from chengyun.citizen.rules import categories
from chengyun.kernel.errors import Invalid

LONGEST, LONGEST_ADDRESS = 2000, 200
_TOO_LONG = {
    "max_length": _("最多 %(limit_value)d 字，现在 %(show_value)d 字，请删短一些。"),
    "null_characters_not_allowed": _("含有不可见的控制字符，请重新输入。"),
}
# A mobile, or a line with or without the number of its city; spaces and hyphens are gone. A telephone that nobody
# can be reached at is worse than none: the caller would wait for a call.
_REACHABLE = re.compile(r"(\+?86)?(1[3-9]\d{9}|(0\d{2,3})?[2-8]\d{6,7}(\d{1,5})?|400\d{7})|\+\d{8,15}")
_STARS = (
    Satisfaction.VERY_SATISFIED,
    Satisfaction.SATISFIED,
    Satisfaction.FAIR,
    Satisfaction.DISSATISFIED,
    Satisfaction.VERY_DISSATISFIED,
)


class OnceForm(forms.Form):
    """A form that carries its own number, so that it is taken once."""

    client_id = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_client_id(self) -> uuid.UUID:
        """A damaged one is replaced, for nobody typed it."""
        try:
            return uuid.UUID(self.cleaned_data["client_id"])
        except ValueError:
            return uuid.uuid4()


class ReportForm(OnceForm):
    """What happened, where, and who tells it. Only the first two are needed."""

    category = forms.ChoiceField(
        label=_("是哪一类问题"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("请选一类；都不合适就选“其他”。"),
            "invalid_choice": _("请从列出的类别中选。"),
        },
    )
    description = forms.CharField(
        label=_("说说情况"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": "5"}),
        error_messages={"required": _("请写几句：什么地方、什么事、从什么时候起。"), **_TOO_LONG},
    )
    address = forms.CharField(
        label=_("地点"), required=False, max_length=LONGEST_ADDRESS, error_messages=_TOO_LONG
    )
    longitude = forms.CharField(required=False, widget=forms.HiddenInput)
    latitude = forms.CharField(required=False, widget=forms.HiddenInput)
    accuracy = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("怎么称呼您"), required=False, max_length=60, error_messages=_TOO_LONG)
    phone = forms.CharField(label=_("电话"), required=False, max_length=40, error_messages=_TOO_LONG)
    code = forms.CharField(label=_("短信验证码"), required=False, max_length=12)
    secret = forms.BooleanField(label=_("请为我保密"), required=False)

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        self.offered: list[PlainCategory] = categories()
        self.fields["category"].choices = [(str(row.pk), row.name) for row in self.offered]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check the place and the contact."""
        said = super().clean() or self.cleaned_data
        self._place(said)
        try:
            said |= checked_contact({name: said.get(name, "") for name in ("name", "phone")})
        except Invalid as error:
            for name, text in error.fields.items():
                self.add_error(name, text)
        if "phone" not in self.errors and not reachable(str(said.get("phone", ""))):
            self.add_error("phone", _now("这个电话打不通：请填 11 位手机号，或带区号的座机号；也可以不填。"))
        return said

    def _place(self, said: dict[str, Any]) -> None:
        """A point that makes no sense was made by a script and is left out; but then words are needed."""
        numbers = [_number(said.get(name)) for name in ("longitude", "latitude")]
        if None in numbers or abs(numbers[0] or 0) > 180 or abs(numbers[1] or 0) > 90:
            numbers = [None, None]
        said["longitude"], said["latitude"] = numbers
        accuracy = _number(said.get("accuracy"))
        said["accuracy"] = accuracy if accuracy is not None and 0 < accuracy < 100_000 else None
        if numbers[0] is None and not said.get("address") and "address" not in self.errors:
            self.add_error("address", _now("请写明地点（路名门牌、路口或小区），或在地图上点一下。"))

    @property
    def chosen(self) -> PlainCategory:
        """The category of a form that is right."""
        return next(row for row in self.offered if str(row.pk) == self.cleaned_data["category"])


class AddForm(OnceForm):
    """More about an order."""

    text = forms.CharField(
        label=_("说说新情况"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": "4"}),
        error_messages={"required": _("请写下要补充的情况。"), **_TOO_LONG},
    )


class RateForm(OnceForm):
    """How the citizen finds the result."""

    satisfaction = forms.ChoiceField(
        label=_("您对办理结果"), widget=forms.RadioSelect, error_messages={"required": _("请选一项。")}
    )
    outcome = forms.ChoiceField(
        label=_("问题解决了吗"), widget=forms.RadioSelect, error_messages={"required": _("请选一项。")}
    )
    said = forms.CharField(
        label=_("想说的话"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages=_TOO_LONG,
    )

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["satisfaction"].choices = [(one.value, one.label) for one in _STARS]  # type: ignore[attr-defined]
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (Outcome.SOLVED.value, _now("解决了")),
            (Outcome.EXPLAINED.value, _now("没解决，但解释清楚了")),
            (Outcome.UNSOLVED.value, _now("没有解决")),
        ]

    def clean(self) -> dict[str, Any]:
        """Whoever is not satisfied says why, so that something can be done."""
        said = super().clean() or self.cleaned_data
        unhappy = said.get("satisfaction") in (*_STARS[2:],)
        if unhappy and not said.get("said", "").strip() and "said" not in self.errors:
            self.add_error("said", _now("请说说哪里不满意，我们好改进。"))
        return said


class ReopenForm(OnceForm):
    """Why the order should be handled again."""

    reason = forms.CharField(
        label=_("为什么要重新办理"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={"required": _("请写明原因，例如问题又出现了。"), **_TOO_LONG},
    )


class FindForm(forms.Form):
    """Finding an order again."""

    number = forms.CharField(
        label=_("编号"), max_length=40, error_messages={"required": _("请填编号。"), **_TOO_LONG}
    )
    tail = forms.CharField(
        label=_("电话后 4 位"),
        max_length=20,
        error_messages={"required": _("请填电话后 4 位。"), **_TOO_LONG},
    )


class SupportForm(forms.Form):
    """我也遇到, with a telephone if messages are wanted."""

    phone = forms.CharField(label=_("手机号"), required=False, max_length=40, error_messages=_TOO_LONG)
    code = forms.CharField(label=_("短信验证码"), required=False, max_length=12)

    def clean(self) -> dict[str, Any]:
        """A telephone and its code belong together."""
        said = super().clean() or self.cleaned_data
        said["phone"] = "".join(str(said.get("phone", "")).split()).replace("-", "")
        return said


def reachable(phone: str) -> bool:
    """Whether a telephone can be called back, by its shape; none at all is all right."""
    bare = re.sub(r"[\s\-()（）转#*]", "", phone)
    return not bare or _REACHABLE.fullmatch(bare) is not None


def _number(text: Any) -> float | None:
    try:
        value = float(str(text))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
