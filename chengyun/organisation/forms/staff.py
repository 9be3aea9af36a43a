"""Forms of units, people, posts, substitutes, duties and the policy."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import SHANGHAI
from chengyun.organisation.models import Person, UnitKind
from chengyun.organisation.posts import SEPARATED, Post
from chengyun.organisation.queries import unit_tree

_DAY = {"type": "date"}


def labels(kinds: Any) -> list[tuple[str, str]]:
    """Choices of a Labelled in the reader's language."""
    return [(member.value, member.label) for member in kinds]


def unit_choices(actor: Actor, *, empty: str | None = None, without: frozenset[int] = frozenset()) -> Any:
    """Units in use, indented by their place in the tree."""
    made: list[tuple[Any, str]] = [] if empty is None else [("", empty)]
    for node in unit_tree(actor):
        if node.active and node.id not in without:
            made.append((node.id, "　" * node.depth + node.name))
    return made


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
    )


class UnitForm(forms.Form):
    """A unit as it is called; for a new one also its code and place."""

    code = forms.CharField(label=_("编码"), max_length=32, help_text=_("全平台唯一，建好后不再改。"))
    name = forms.CharField(label=_("名称"), max_length=80)
    name_en = forms.CharField(label=_("英文名称"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("类型"))
    parent_id = forms.TypedChoiceField(label=_("上级单位"), coerce=int, empty_value=None, required=False)
    source = forms.CharField(label=_("来源"), max_length=200, required=False)
    active = forms.BooleanField(label=_("在用"), required=False)

    def __init__(self, *args: Any, actor: Actor, new: bool, **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["kind"].choices = labels(UnitKind)  # type: ignore[attr-defined]
        if new:
            self.fields["parent_id"].choices = unit_choices(actor, empty=str(_("（最上级）")))  # type: ignore[attr-defined]
            del self.fields["active"]
        else:
            del self.fields["code"], self.fields["parent_id"]


class MoveUnitForm(forms.Form):
    """Where a unit is to hang."""

    parent_id = forms.TypedChoiceField(label=_("新的上级单位"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, actor: Actor, without: frozenset[int], **said: Any) -> None:
        super().__init__(*args, **said)
        choices = unit_choices(actor, empty=str(_("（最上级）")), without=without)
        self.fields["parent_id"].choices = choices  # type: ignore[attr-defined]


class PersonForm(forms.Form):
    """A member of staff."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    unit_id = forms.TypedChoiceField(label=_("单位"), coerce=int)
    phone = forms.CharField(label=_("电话"), max_length=20, required=False)
    active = forms.BooleanField(label=_("在岗"), required=False)

    def __init__(self, *args: Any, actor: Actor, new: bool, **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["unit_id"].choices = unit_choices(actor)  # type: ignore[attr-defined]
        if new:
            del self.fields["active"]
        else:
            self.fields["phone"].help_text = _("留空表示不改。")


class PostForm(forms.Form):
    """A post to give."""

    post = forms.ChoiceField(label=_("岗位"))
    unit_id = forms.TypedChoiceField(
        label=_("任岗单位"), coerce=int, help_text=_("可办理该单位及其下级的事项。")
    )
    valid_from = _day(_("开始日期"))
    valid_until = _day(_("最后一天"), required=False, help_text=_("留空表示长期。"))

    def __init__(self, *args: Any, actor: Actor, **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["post"].choices = labels(Post)  # type: ignore[attr-defined]
        self.fields["unit_id"].choices = unit_choices(actor)  # type: ignore[attr-defined]


class EndPostForm(forms.Form):
    """When a posting ends."""

    on = _day(_("最后一天"), required=False, help_text=_("留空表示立即停止。"))


class AccountForm(forms.Form):
    """The name to log in with."""

    username = forms.CharField(
        label=_("登录名"),
        max_length=40,
        help_text=_("小写字母开头，只含小写字母、数字、点、下划线和短横线。"),
    )


class SubstituteForm(forms.Form):
    """Who stands in, and when. Moments are Shanghai time."""

    substitute_id = forms.TypedChoiceField(label=_("代岗人"), coerce=int)
    starts_at = forms.DateTimeField(
        label=_("开始时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    ends_at = forms.DateTimeField(
        label=_("结束时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    reason = forms.CharField(label=_("事由"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, absent: Person, now: Any, **said: Any) -> None:
        morning = now.astimezone(SHANGHAI).replace(hour=9, minute=0) + timedelta(days=1)
        super().__init__(*args, **said)
        self.initial = {"starts_at": morning, "ends_at": morning + timedelta(days=1), **self.initial}
        others = Person.objects.seen_by(actor).filter(active=True).exclude(pk=absent.pk)
        rows = others.select_related("unit").order_by("unit__code", "name")[:2000]
        chosen = [
            (one.pk, str(_("%(name)s（%(more)s）") % {"name": one.name, "more": one.unit.name}))
            for one in rows
        ]
        self.fields["substitute_id"].choices = chosen  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why somebody wants to see personal data in full."""

    reason = forms.CharField(label=_("查看事由"), max_length=200, help_text=_("会记入查看日志，审计员可见。"))


class ClassDutyForm(forms.Form):
    """Which unit answers for a branch of a catalogue."""

    catalogue = forms.CharField(label=_("目录"), max_length=40, help_text=_("例如 gbt47678.5-2026"))
    branch = forms.CharField(
        label=_("类别编码"),
        max_length=20,
        required=False,
        help_text=_("编码或其开头，例如 P/01；留空表示整个目录。"),
    )
    unit_id = forms.TypedChoiceField(label=_("责任单位"), coerce=int)
    valid_from = _day(_("从哪天起"))
    basis = forms.CharField(label=_("依据"), max_length=300, required=False)

    def __init__(self, *args: Any, actor: Actor, **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["unit_id"].choices = unit_choices(actor)  # type: ignore[attr-defined]


class GridDutyForm(forms.Form):
    """Who handles and who walks a grid."""

    unit_id = forms.TypedChoiceField(label=_("责任单位"), coerce=int, empty_value=None, required=False)
    inspector_id = forms.TypedChoiceField(label=_("监督员"), coerce=int, empty_value=None, required=False)
    valid_from = _day(_("从哪天起"))
    source = forms.CharField(label=_("依据"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, inspectors: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        self.fields["unit_id"].choices = unit_choices(actor, empty=str(_("（不指定）")))  # type: ignore[attr-defined]
        people = [("", _("（不指定）")), *((person.pk, person.name) for person in inspectors)]
        self.fields["inspector_id"].choices = people  # type: ignore[attr-defined]


class PolicyForm(forms.Form):
    """The numbers of the security policy."""

    second_factor_posts = forms.MultipleChoiceField(
        label=_("需要动态码的岗位"), required=False, widget=forms.CheckboxSelectMultiple
    )
    session_minutes = forms.IntegerField(label=_("无操作多少分钟后退出"), min_value=5, max_value=1440)
    password_days = forms.IntegerField(
        label=_("密码多少天后必须更换"), min_value=0, max_value=3650, help_text=_("0 表示不要求定期更换。")
    )
    password_length = forms.IntegerField(label=_("密码至少多少个字符"), min_value=8, max_value=64)
    failures = forms.IntegerField(label=_("连续输错多少次后锁定"), min_value=3, max_value=50)
    lock_minutes = forms.IntegerField(label=_("锁定多少分钟"), min_value=1, max_value=1440)
    source = forms.CharField(label=_("依据"), max_length=200, help_text=_("写明数字从哪里来，是否已核实。"))

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        first = [post for post in Post if post in SEPARATED]
        rest = [post for post in Post if post not in SEPARATED]
        self.fields["second_factor_posts"].choices = labels([*first, *rest])  # type: ignore[attr-defined]
