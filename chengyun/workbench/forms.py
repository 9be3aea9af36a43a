"""Forms of the lists: what narrows them, and what is said when many rows are moved at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengyun.cases.catalogue_queries import Item, item
from chengyun.cases.catalogue_version import snapshot
from chengyun.cases.process import LOOPS, Kind
from chengyun.cases.vocabulary import AppealType, CatalogueKind, Channel, Urgency
from chengyun.kernel.actor import Actor
from chengyun.kernel.labelled import Labelled
from chengyun.organisation.models import UnitKind
from chengyun.organisation.posts import Post
from chengyun.organisation.queries import unit_tree
from chengyun.workbench.filters import ENDED_WORD, NO_FILTER, OPEN_WORD, Filter
from chengyun.workbench.queries.names import streets

Choices = list[tuple[Any, Any]]
ALL = ("", gettext_lazy("全部"))


class PlainSelect(forms.Select):
    """A select box written in one go. Django renders a template for each option: with some three hundred of
    them, most of the time that a page of a list takes."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = str(value if value is not None else "")
        all_attrs = {**self.build_attrs(self.attrs, attrs), "name": name}
        inside = mark_safe("".join(_options(self.choices, chosen)))  # noqa: S308  each option escapes its own
        return format_html("<select{}>{}</select>", flatatt(all_attrs), inside)


def _options(choices: Any, chosen: str) -> Iterator[str]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield f'<optgroup label="{escape(str(key))}">'
            yield from _options(label, chosen)
            yield "</optgroup>"
        else:
            mark = " selected" if str(key) == chosen else ""
            yield f'<option value="{escape(str(key))}"{mark}>{escape(str(label))}</option>'


def _of(words: type[Labelled]) -> Choices:
    return [ALL, *((member.value, member.label) for member in words)]


def unit_choices(actor: Actor, named: str) -> Choices:
    """Units in use, each set in as deep as it stands in the tree.

    Communities are left to their street (a filter by a unit holds what is beneath it), but for one's own and
    the one that the address names.
    """
    own = actor.units(Post.UNIT)
    nodes = [
        node
        for node in unit_tree(actor)
        if node.active and (node.kind != UnitKind.COMMUNITY or node.id in own or str(node.id) == named)
    ]
    return [ALL, *((node.id, "\u3000" * node.depth + node.name) for node in nodes)]


def _states() -> Choices:
    groups: Choices = [ALL, (OPEN_WORD, _("未办结")), (ENDED_WORD, _("已办结"))]
    for kind, loop in LOOPS.items():
        label = Kind(kind).label
        groups.append((label, [(f"{kind}.{state}", f"{label} · {state.label}") for state in loop.states]))
    return groups


def _classes() -> Choices:
    """The two upper levels of every catalogue; a leaf can still be named in the address."""
    groups: dict[str, Choices] = {}
    for one in snapshot().items.values():
        if one.active and one.level <= 2 and not (one.leaf and one.level > 1):
            groups.setdefault(_heading(one), []).append((one.key, "\u3000" * (one.level - 1) + one.name))
    return [ALL, *groups.items()]


def _heading(one: Item) -> str:
    return f"{CatalogueKind(one.kind).label} {one.catalogue}"


class FilterForm(forms.Form):
    """The filter bar. A value that cannot be is named beside its field and narrows nothing."""

    state = forms.ChoiceField(label=gettext_lazy("状态"), required=False)
    due = forms.ChoiceField(label=gettext_lazy("时限"), required=False)
    unit = forms.TypedChoiceField(
        label=gettext_lazy("承办单位"), required=False, coerce=int, empty_value=None
    )
    street = forms.TypedChoiceField(label=gettext_lazy("街镇"), required=False, coerce=int, empty_value=None)
    catalogue = forms.CharField(label=gettext_lazy("类别"), required=False, max_length=60)
    kind = forms.ChoiceField(label=gettext_lazy("种类"), required=False)
    channel = forms.ChoiceField(label=gettext_lazy("来源"), required=False)
    appeal_type = forms.ChoiceField(label=gettext_lazy("诉求类型"), required=False)
    urgency = forms.ChoiceField(label=gettext_lazy("紧急程度"), required=False)
    flag = forms.ChoiceField(label=gettext_lazy("标记"), required=False)
    since = forms.DateField(
        label=gettext_lazy("登记自"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=gettext_lazy("登记至"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, data: Any, actor: Actor) -> None:
        super().__init__(data)
        choices: dict[str, Choices] = {
            "state": _states(),
            "due": [ALL, ("near", _("即将到期")), ("overdue", _("已超时"))],
            "unit": unit_choices(actor, str(data.get("unit", ""))),
            "street": [ALL, *streets()],
            "kind": _of(Kind),
            "channel": _of(Channel),
            "appeal_type": _of(AppealType),
            "urgency": _of(Urgency),
            "flag": [
                ALL,
                ("secret", _("保密")),
                ("sent-back", _("退过单")),
                ("rehandled", _("重办过")),
                ("missed", _("有环节超时")),
            ],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.widget = PlainSelect()
            field.choices = offered
        self._offered = {name: _flat(offered) for name, offered in choices.items()}
        self.fields["catalogue"].widget = PlainSelect(choices=self._classes_with(data))

    def _classes_with(self, data: Any) -> Choices:
        """The classes, and the leaf that the address names if it is none of them."""
        offered, key = _classes(), str(data.get("catalogue", ""))
        found = item(key) if key else None
        if found is not None and (found.level > 2 or (found.leaf and found.level > 1)):
            offered.insert(1, (key, found.path))
        return offered

    def clean_catalogue(self) -> str:
        key = str(self.cleaned_data["catalogue"])
        if key and item(key) is None:
            raise forms.ValidationError(_("目录中没有这一类"))
        return key

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("since") and said.get("until") and said["since"] > said["until"]:
            self.add_error("until", _("截止日期不能早于开始日期"))
        return said

    @property
    def chosen(self) -> Filter:
        """What was chosen, as far as it can be; wrong values narrow nothing."""
        self.is_valid()
        return Filter(**{name: value for name, value in self.cleaned_data.items() if value not in ("", None)})

    def labels(self) -> Iterable[tuple[str, str, str]]:
        """What the list is narrowed by: name of the field, its label, and the value in words."""
        chosen = self.chosen
        for name, field in self.fields.items():
            value = getattr(chosen, name)
            if value == getattr(NO_FILTER, name):
                continue
            yield name, str(field.label), self._in_words(name, value)

    def _in_words(self, name: str, value: Any) -> str:
        if name == "catalogue":
            found = item(value)
            return found.path if found else str(value)
        return self._offered.get(name, {}).get(str(value), str(value))


def _flat(offered: Choices) -> dict[str, str]:
    """What each value is called, headings taken apart."""
    flat: dict[str, str] = {}
    for key, label in offered:
        flat |= (
            _flat(list(label)) if isinstance(label, list | tuple) else {str(key): str(label).strip("\u3000")}
        )
    return flat


class SaveForm(forms.Form):
    """A name for the filter as it stands."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=40)
    list_name = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    query = forms.CharField(required=False, max_length=600, widget=forms.HiddenInput)


class BulkForm(forms.Form):
    """What is said with a verb that is taken on many cases: to whom, and a note."""

    target = forms.TypedChoiceField(coerce=int)
    note = forms.CharField(label=gettext_lazy("说明"), required=False, max_length=4000, widget=forms.Textarea)

    def __init__(self, data: Any, label: str, offered: Choices) -> None:
        super().__init__(data)
        if not offered:
            del self.fields["target"]
            return
        field = self.fields["target"]
        assert isinstance(field, forms.ChoiceField)
        field.label = label
        field.widget = PlainSelect()
        field.choices = [("", _("请选择")), *offered]
