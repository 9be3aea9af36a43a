"""What can be chosen in the form of a verb: units, people, classes, criteria; the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from chengyun.cases.catalogue_queries import criteria_for, current_catalogue, item
from chengyun.cases.catalogue_version import Item, snapshot
from chengyun.cases.facts import CaseFacts
from chengyun.cases.naming import HANDLING, may_be_named
from chengyun.cases.process import Kind
from chengyun.cases.vocabulary import CatalogueKind, CriterionKind
from chengyun.hotline.desk.lines import goes_to_department
from chengyun.hotline.suggestions.queries import BELOW, suggest_units
from chengyun.kernel.actor import Actor
from chengyun.organisation.models import Unit, UnitKind
from chengyun.organisation.queries import UnitNode, UnitSuggestion, inspector_for, unit_for, unit_tree

SUGGESTED = 3  # how many units are suggested at most
_CRITERIA = {"file": CriterionKind.FILE, "refuse": CriterionKind.REFUSE, "close": CriterionKind.CLOSE}
_CATALOGUES = {
    Kind.HOTLINE.value: (CatalogueKind.APPEALS,),
    Kind.GRID.value: (CatalogueKind.MATTERS, CatalogueKind.PARTS),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose. ``why`` is a sentence beside it."""

    value: str
    label: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Options under one heading."""

    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a field offers, and what is chosen before anybody chose."""

    groups: tuple[Group, ...] = ()
    first: str = ""


def lead_units(case: CaseFacts, actor: Actor, on: date) -> Choice:
    """Every unit that handles cases; those that the duties name for this case first, the first one chosen."""
    nodes = {node.id: node for node in unit_tree(actor) if _handles(node)}
    suggested = [one for one in suggestions(case, on) if one.unit_id in nodes]
    groups = [_suggested(suggested, nodes)] if suggested else []
    groups += _by_kind(_others(nodes.values(), suggested), nodes)
    return Choice(tuple(groups), str(suggested[0].unit_id) if suggested else "")


def helper_units(case: CaseFacts, actor: Actor, on: date) -> Choice:
    """Units that may help: all but the leading one; of communities only those that the duties name."""
    nodes = {node.id: node for node in unit_tree(actor) if _handles(node) and node.id != case["lead_unit_id"]}
    suggested = [one for one in suggestions(case, on) if one.unit_id in nodes]
    groups = [_suggested(suggested, nodes)] if suggested else []
    likely = [node for node in nodes.values() if node.kind != UnitKind.COMMUNITY]
    return Choice((*groups, *_by_kind(_others(likely, suggested), nodes)))


def suggestions(case: CaseFacts, on: date) -> list[UnitSuggestion]:
    """Who should handle it: by the dispatch catalogue, the duties of that day, and what similar orders did.

    What the desk has judged a department's own duty is suggested to no street.
    """
    duties = unit_for(case["grid_id"], case["catalogue_key"], on, street_id=case["street_id"])
    if case["kind"] != Kind.HOTLINE:
        return duties
    own_duty = goes_to_department(case.pk)
    if own_duty:
        below = set(Unit.objects.filter(kind__in=BELOW).values_list("pk", flat=True))
        duties = [one for one in duties if one.unit_id not in below]
    found = suggest_units(
        catalogue_key=case["catalogue_key"],
        street_id=case["street_id"],
        community_id=case["community_id"],
        text=f"{case['title']}\n{case['description']}",
        on=on,
        own_duty=own_duty,
    )
    # What a rule or a duty names comes before what was only done before: the first one stands chosen.
    ruled = [UnitSuggestion(one.unit_id, one.why) for one in found if one.legal_basis]
    done = [UnitSuggestion(one.unit_id, one.why) for one in found if not one.legal_basis]
    first: dict[int, UnitSuggestion] = {}
    for one in (*ruled, *duties, *done):
        first.setdefault(one.unit_id, one)
    return list(first.values())


def _handles(node: UnitNode) -> bool:
    return node.active and node.kind in HANDLING


def _others(nodes: Iterable[UnitNode], suggested: list[UnitSuggestion]) -> list[UnitNode]:
    """Those that do not stand among the suggestions already."""
    shown = {one.unit_id for one in suggested[:SUGGESTED]}
    return [node for node in nodes if node.id not in shown]


def _suggested(found: list[UnitSuggestion], nodes: dict[int, UnitNode]) -> Group:
    return Group(
        _("建议"),
        tuple(Option(str(one.unit_id), nodes[one.unit_id].name, _why(one)) for one in found[:SUGGESTED]),
    )


def _why(suggestion: UnitSuggestion) -> str:
    """The reason, with the name of the class in place of its key."""
    named = item(suggestion.branch) if suggestion.branch else None
    return suggestion.why.replace(suggestion.branch, f"“{named.name}”") if named else suggestion.why


def _by_kind(nodes: Iterable[UnitNode], known: dict[int, UnitNode]) -> list[Group]:
    """Groups in the order of the kinds; communities and teams under the name of what they belong to."""
    found: dict[tuple[int, str], list[Option]] = {}
    order = list(UnitKind)
    for node in nodes:
        above = known.get(node.parent_id or 0)
        kind = UnitKind(node.kind)
        label = (
            f"{kind.label} · {above.name}" if above is not None and kind == UnitKind.COMMUNITY else kind.label
        )
        found.setdefault((order.index(kind), label), []).append(Option(str(node.id), node.name))
    return [Group(label, tuple(found[rank, label])) for rank, label in sorted(found, key=lambda key: key[0])]


def people(name: str, case: CaseFacts, on: date) -> Choice:
    """Handlers of the leading unit's tree, or inspectors with the one of the grid chosen."""
    rows = may_be_named(name, case, on).select_related("unit")
    options = tuple(Option(str(one.pk), f"{one.name} · {one.unit.name}") for one in rows)
    first = ""
    if name == "inspector" and case["grid_id"] is not None:
        walks = inspector_for(case["grid_id"], on)
        first = str(walks) if any(option.value == str(walks) for option in options) else ""
    if not first and len(options) == 1:
        first = options[0].value
    return Choice((Group("", options),) if options else (), first)


def criteria(verb: str, case: CaseFacts) -> Choice:
    """The criteria of the case's class for filing, refusing or closing; their text is what is kept."""
    found = criteria_for(case["catalogue_key"], _CRITERIA[verb]) if case["catalogue_key"] else []
    return (
        Choice((Group("", tuple(Option(one.text, one.text, one.provenance) for one in found)),))
        if found
        else Choice()
    )


def classes(case: CaseFacts, on: date) -> Choice:
    """Leaves of the catalogues in force for this kind of case, under their classes; the present one chosen."""
    codes = {
        found.code for kind in _CATALOGUES[case["kind"]] if (found := current_catalogue(kind, on)) is not None
    }
    kinds = {kind.value for kind in _CATALOGUES[case["kind"]]}
    groups: dict[str, list[Option]] = {}
    for one in snapshot().items.values():
        if one.leaf and one.active and one.catalogue in codes and one.kind in kinds:
            groups.setdefault(_above(one), []).append(Option(one.key, f"{one.code} {one.name}"))
    present = case["catalogue_key"]
    made = [Group(label, tuple(options)) for label, options in groups.items()]
    if present and not any(option.value == present for group in made for option in group.options):
        known = item(present)
        made.insert(0, Group(_("现在的分类"), (Option(present, known.path if known else present),)))
    return Choice(tuple(made), present)


def _above(one: Item) -> str:
    return one.path.rpartition(" / ")[0] or one.name
