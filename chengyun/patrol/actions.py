"""Every write of this room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from chengyun.cases.actions import NewCase, open_case
from chengyun.cases.actions.attachments import attach
from chengyun.cases.catalogue_queries import criteria_for, item
from chengyun.cases.facts import CaseFacts
from chengyun.cases.models import Attachment
from chengyun.cases.process import GridState, Kind
from chengyun.cases.vocabulary import AttachmentKind, Channel, CriterionKind
from chengyun.geography.queries import match_address
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid
from chengyun.kernel.writing import writing
from chengyun.patrol import policies

# An address is believed from this confidence on.
SURE = 0.5
# Channels through which members of staff report what they themselves found.
_OWN = (Channel.PATROL, Channel.STREET)
_COMPARED = ("description", "catalogue_key", "address", "condition")


@dataclass(frozen=True, slots=True)
class Reported:
    """What became of the form. ``fresh`` is False where the same form was taken before."""

    case: CaseFacts
    fresh: bool


def report_finding(
    said: Mapping[str, Any],
    *,
    before: Sequence[int] = (),
    after: Sequence[int] = (),
    actor: Actor,
    now: datetime,
) -> Reported:
    """Take a finding in, as ``forms.FindingForm`` has cleaned it; ``before`` and ``after`` are waiting photos.

    1. The actor may report through ``said["channel"]``.
    2. What was handled on the spot needs a photo from before and one from after; it begins as 自处理待复核.
    3. In one transaction: open the case, tie the photos. A form that was taken before gives the same case.

    Raises ``NotAllowed`` or ``Invalid``; nothing is then written.
    """
    policies.require_channel(actor, said["channel"])
    handled = bool(said.get("self_handled"))
    if handled:
        _check_photos(before, after)
    new = _new_case(said, handled, actor)
    photos = [*before, *after] if handled else list(before)
    with writing():
        case, fresh = open_case(new, actor=actor, now=now)
        if not fresh:
            _same_form(case, new)
            return Reported(case, fresh=False)
        assert case.id is not None
        attach(photos, case_id=case.id, event_seq=case["version"], actor=actor)
        if handled:
            shown = Attachment.objects.filter(pk__in=before, case_id=case.id)
            shown.update(kind=AttachmentKind.BEFORE)  # sent ahead before anybody said that it was handled
    return Reported(case, fresh=True)


def _check_photos(before: Sequence[int], after: Sequence[int]) -> None:
    wrong: dict[str, str] = {}
    if not before:
        wrong["before"] = _("自行处理的，请附处理前的照片。")
    if not after:
        wrong["after"] = _("自行处理的，请附处理后的照片。")
    if wrong:
        raise Invalid(wrong)


def _new_case(said: Mapping[str, Any], handled: bool, actor: Actor) -> NewCase:
    own = said["channel"] in _OWN
    new = NewCase(
        kind=Kind.GRID,
        title=title_of(said["catalogue_key"], said.get("condition", "")),
        description=said["description"],
        channel=said["channel"],
        catalogue_key=said["catalogue_key"],
        condition=said.get("condition", ""),
        urgency=said.get("urgency") or "normal",
        wants_reply=not own,
        address=said.get("address", ""),
        longitude=said.get("longitude"),
        latitude=said.get("latitude"),
        accuracy=said.get("accuracy"),
        client_id=said["client_id"],
        reporter_id=actor.person_id if own else None,
        state=GridState.SELF_HANDLED if handled else "",
        contact={} if own else {name: said[name] for name in ("name", "phone") if said.get(name)},
    )
    if new.longitude is None and new.address:
        best = next(iter(match_address(new.address)), None)
        if best is not None and best.confidence >= SURE:
            new.street_id, new.community_id = best.street_id, best.community_id
    return new


def title_of(catalogue_key: str, condition: str) -> str:
    """The title of a finding: its class, and the condition where one was chosen."""
    found = item(catalogue_key)
    name = found.name if found is not None else catalogue_key
    conditions = criteria_for(catalogue_key, CriterionKind.CONDITION) if condition else []
    words = next((one.text for one in conditions if one.code == condition), "")
    return (f"{name}：{words}" if words else name)[:200]


def _same_form(case: CaseFacts, new: NewCase) -> None:
    """A form that comes twice is a retry; one that was changed after it was taken is not."""
    if case["kind"] != new.kind or any(case[name] != getattr(new, name).strip() for name in _COMPARED):
        raise Invalid(
            {
                "client_id": _("这张表单已上报为 %(number)s。内容有改动，再次提交将另报一件。")
                % {"number": case["number"]}
            }
        )
