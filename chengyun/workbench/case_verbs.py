"""Which verbs a page offers, in which order, and what a person is told after one succeeded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from chengyun.cases import engine
from chengyun.cases.facts import CaseFacts
from chengyun.cases.world import surroundings
from chengyun.kernel.actor import Actor
from chengyun.kernel.loop import Verb
from chengyun.organisation.posts import Post
from chengyun.ui import formats
from chengyun.workbench.case_words import state_word, timer_word, verb_word


@dataclass(frozen=True, slots=True)
class Offer:
    """A verb on the page. ``against`` says why it would be refused now; ``key`` opens it from the keyboard."""

    name: str
    label: str
    kind: str  # primary, plain, danger
    next: str
    against: str
    key: str


def offers_of(case: CaseFacts, actor: Actor, now: datetime) -> list[Offer]:
    """The verbs this person may use: the usual next step first, dangerous ones last, those that wait disabled."""
    found = engine.offered(case, actor, now, surroundings(now))
    awaited = f"decide_{case['pending']}"  # somebody waits for the answer: that comes first
    kinds = {verb.name: "primary" if verb.name == awaited else kind_of(verb) for verb, _against in found}
    ordered = sorted(found, key=lambda pair: (_rank(kinds[pair[0].name], pair[1]), pair[0].name == "note"))
    offers = []
    open_so_far = 0
    for verb, against in ordered:
        open_so_far += 0 if against else 1
        label = verb_word(case["kind"], verb.name)
        key = str(open_so_far) if not against and open_so_far <= 9 else ""
        note = _(verb.note) if verb.note else ""
        offers.append(Offer(verb.name, label, kinds[verb.name], note, against, key))
    return offers


def kind_of(verb: Verb) -> str:
    """How its button looks."""
    return "danger" if verb.dangerous else "primary" if verb.primary else "plain"


def _rank(kind: str, against: str) -> int:
    return 3 if against else {"primary": 0, "plain": 1, "danger": 2}[kind]


def offer_named(case: CaseFacts, name: str, actor: Actor, now: datetime) -> Offer | None:
    """The offer of one verb, or None if this person may not use it on the case as it stands."""
    return next((one for one in offers_of(case, actor, now) if one.name == name), None)


def said_after(case: CaseFacts, verb: Verb, now: datetime) -> str:
    """What happened and what comes next, in one sentence or two."""
    done = _("%(number)s：已“%(verb)s”，现在是“%(state)s”。") % {
        "number": case["number"],
        "verb": verb_word(case["kind"], verb.name),
        "state": state_word(case["kind"], case["state"]),
    }
    return done + next_step(case, now)


def next_step(case: CaseFacts, now: datetime) -> str:
    """Who does what next, and until when; "" if the case has ended."""
    if case["state"] in {str(state) for state in case.loop.ends}:
        return ""
    usual = next((verb for verb in case.loop.verbs_from(case["state"]) if verb.primary), None)
    if usual is None:
        return ""
    who = _("、").join(dict.fromkeys(Post(one.post).label for one in usual.who))
    said = _("下一步由%(who)s“%(verb)s”") % {"who": who, "verb": verb_word(case["kind"], usual.name)}
    if case["due_at"] is not None:
        said += _("，%(stage)s时限 %(due)s") % {
            "stage": timer_word(case["kind"], case["stage"]),
            "due": formats.moment(case["due_at"], now),
        }
    return said + _("。")
