"""What follows the rehearsal cases: ratings, draws, the city's results, wishes to reopen, fingerprints of replies."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from chengyun.cases.facts import CaseFacts
from chengyun.config.rehearsal.cast import Cast
from chengyun.hotline.handling.actions import city_result, read_imported_replies
from chengyun.hotline.handling.actions.draw import lot_of
from chengyun.hotline.models import CallbackDraw, Rating, ReopenAsk, SamplingRule
from chengyun.kernel.actor import SYSTEM

_TOLD_BY_CITY = 0.3  # share of closed orders of which the city called the citizen, too
_WISHES = (
    "灯修好三天又不亮了，请再来看看",
    "当时说下周来人，到现在没有来",
    "只清了一半，还有一堆在楼梯口",
)


def follow_up(played: Iterable[CaseFacts], cast: Cast, now: datetime, chance: random.Random) -> None:
    """Write what the reactions would have written of cases that were told in memory."""
    orders = [case for case in played if case["kind"] == "hotline"]
    Rating.objects.bulk_create([rating for case in orders for rating in _ratings(case)])
    rule = SamplingRule.objects.order_by("id").first()
    CallbackDraw.objects.bulk_create([draw for case in orders for draw in _draws(case, rule)])
    closed = [case for case in orders if case["state"] == "closed" and case["satisfaction"]]
    for case in closed:
        if chance.random() < _TOLD_BY_CITY:
            _city_calls(case, now, chance)
    recent = [case for case in closed if case["closed_at"] > now - timedelta(days=10)]
    for reason, case in zip(_WISHES, recent[-len(_WISHES) :], strict=False):
        ReopenAsk.objects.create(
            case_id=case.pk,
            reason=reason,
            asked_at=now - timedelta(hours=3),
            asked_by="市民",
            due_at=now + timedelta(hours=chance.choice((5, 24))),
            key=f"rehearsal:{case['number']}",
        )
    for _turn in range(2):  # what came since the last turn is read at the next
        read_imported_replies(now=now)


def _ratings(case: CaseFacts) -> Iterator[Rating]:
    rounds = 0
    for event in case.events:
        if event.verb == "rehandle":
            rounds += 1
        if event.verb == "call_back":
            yield Rating(
                case_id=case.pk,
                round=rounds,
                way=event.said.get("way", "phone"),
                satisfaction=event.said["satisfaction"],
                outcome=event.said.get("outcome", ""),
                said=event.said.get("said", ""),
                at=event.at,
                by_id=event.actor_id,
                event_seq=event.seq,
                key=f"rehearsal:{case['number']}:{event.seq}",
            )


def _draws(case: CaseFacts, rule: SamplingRule | None) -> Iterator[CallbackDraw]:
    rounds = 0
    drawn: set[int] = set()
    for event in case.events:
        if event.verb == "rehandle":
            rounds += 1
        if event.verb != "pass_audit" or rounds in drawn:
            continue
        drawn.add(rounds)
        lot = lot_of(rule.seed if rule else "", case["number"], rounds)
        share = f"{rule.share.normalize():f}" if rule else "100"
        why = "重办件全部回访" if rounds else f"回访 {share}%，本单签号 {lot:.3f}，抽中"
        yield CallbackDraw(
            case_id=case.pk, round=rounds, rule=rule, lot=lot, drawn=True, why=why, at=event.at
        )


def _city_calls(case: CaseFacts, now: datetime, chance: random.Random) -> None:
    """The city mostly hears the same, now and then something else."""
    said = {"outcome": case["outcome"], "satisfaction": case["satisfaction"], "contacted": "yes"}
    if chance.random() < 0.15:
        said = {
            "outcome": "unsolved",
            "satisfaction": "dissatisfied",
            "contacted": chance.choice(("yes", "no")),
        }
    words = "市民表示问题又出现了" if said["satisfaction"] == "dissatisfied" else ""
    day = min(case["closed_at"] + timedelta(days=2), now).date()
    city_result(case.pk, **said, called_on=day, said=words, actor=SYSTEM, now=now)
