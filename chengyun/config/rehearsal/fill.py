"""Fill the rehearsal district: cases in every state now, and the weeks before them."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from chengyun.cases import engine
from chengyun.cases.bulk import case_ids, numbers_for, write_cases
from chengyun.cases.facts import CaseFacts
from chengyun.cases.models import CaseLink
from chengyun.cases.numbers import series_of
from chengyun.cases.world import surroundings
from chengyun.config.rehearsal import stories
from chengyun.config.rehearsal.cast import Cast
from chengyun.config.rehearsal.follow_up import follow_up
from chengyun.config.rehearsal.play import Scene, play
from chengyun.config.rehearsal.stories import Story
from chengyun.config.rehearsal.told import tell
from chengyun.geography.places import SamplePlace, places_sample
from chengyun.kernel.writing import writing
from chengyun.organisation.queries import inspector_for

_HERE = Path(__file__).parent
_LIVING = 0.35  # share of the cases that stand somewhere on their way now
_COPIED = 0.2  # share of replies that a unit has given before, word for word
_CHANNELS = ("phone", "phone", "phone", "city", "web", "wechat", "letter", "walk_in")
_SURNAMES = "赵钱孙李周吴郑王冯陈"


def fill(days: int, cases: int, seed: int, now: datetime, say: Callable[[str], None]) -> int:
    """Add ``cases`` rehearsal cases spread over the last ``days``; the same seed tells the same stories.

    Every state of both processes is met if there are some 400 cases or more. Needs the reference data.
    Returns how many were made.
    """
    chance = random.Random(seed)  # noqa: S311  nothing secret, and it must be repeatable
    with writing():
        cast = Cast(now, chance)
        scenes = list(_scenes(days, cases, cast, now, chance, places_sample(cases, seed)))
        scenes.sort(key=lambda scene: scene.opened_at)
        numbers = numbers_for((scene.kind, scene.opened_at) for scene in scenes)
        played: list[CaseFacts] = []
        for scene, case_id in zip(scenes, case_ids(len(scenes)), strict=True):
            scene.columns["number"] = next(numbers[series_of(scene.kind, scene.opened_at)])
            case = play(scene, cast, now, chance)
            case.id = case_id
            played.append(case)
        links = _merge_some(played, cast, now)
        callers = [_caller(case, chance) for case in played]
        write_cases(played, callers, now=now)
        CaseLink.objects.bulk_create(links)
        follow_up(played, cast, now, chance)
        tell(played, callers, chance)
    say(f"  {len(played)} rehearsal cases")
    return len(played)


def _scenes(
    days: int, count: int, cast: Cast, now: datetime, chance: random.Random, places: list[SamplePlace]
) -> Iterator[Scene]:
    told = _told()
    living = [
        (kind, story, beats)
        for kind, (some, _texts) in told.items()
        for story in some
        for beats in range(len(story.beats) + 1)
    ]
    chance.shuffle(living)
    for index, place in enumerate(places):
        if index < count * _LIVING:
            kind, story, beats = living[index % len(living)]
            yield _scene(kind, story, beats, cast, now, chance, place, told[kind][1], alive=True)
        else:
            kind = chance.choice(("hotline", "hotline", "hotline", "grid", "grid"))
            some, texts = told[kind]
            story = chance.choices(some, [one.weight for one in some])[0]
            opened = _working_moment(now - timedelta(days=chance.uniform(0, days)), chance)
            yield _scene(kind, story, 99, cast, min(opened, now), chance, place, texts, alive=False)


def _scene(
    kind: str,
    story: Story,
    beats: int,
    cast: Cast,
    moment: datetime,
    chance: random.Random,
    place: SamplePlace,
    texts: list[dict[str, str]],
    *,
    alive: bool,
) -> Scene:
    """A scene that begins at ``moment``, or, alive, that has just come to its last beat at ``moment``."""
    if alive:
        waited = chance.choice((0.2, 0.5, 1, 1, 2, 6))  # hours since; some are late
        moment -= timedelta(hours=waited + sum(beat.hours * 1.05 for beat in story.beats[:beats]) * 1.2)
    text = chance.choice(texts)
    if kind == "hotline" and text["appeal_type"] == "consultation":
        story = stories.AT_ONCE if chance.random() < 0.5 else story
    unit = cast.unit(text["unit"], place.street_id)
    inspector = inspector_for(place.grid_id, moment.date()) or cast.anyone("inspector").person_id
    names = {
        "unit": unit,
        "other": cast.other(unit),
        "handler": cast.handler(unit),
        "inspector": inspector,
        "liaison": cast.liaison(unit).name,
        "department": cast.name(unit),
        **_replies(text.get("reply") or text.get("result") or "", place.address, chance),
    }
    columns = {
        **_columns(kind, text, place, chance),
        **({"reporter_id": inspector} if kind == "grid" else {}),
    }
    return Scene(kind, story, {**columns, **story.opening}, names, moment, beats, by_day=not alive)


def _replies(reply: str, address: str, chance: random.Random) -> dict[str, str]:
    """What a unit answers: of this place, or now and then copied; half done; with a number that should not be there."""
    told = chance.choice(
        ("已电话告知来电人。", "来电人表示认可。", "后续由社区每周回头看。", "来电人到场确认。")
    )
    here = f"接单后当日派人到{address}查看。{reply}{told}"
    return {
        "reply": reply if chance.random() < _COPIED else here,
        "reply_later": f"经到{address}查看，情况属实。{reply.split('，')[0]}，其余部分已排入计划，按承诺日期完成。",
        "reply_with_number": f"{here}如仍有问题，请直接找现场负责人，手机19900001234。",
    }


def _columns(kind: str, text: dict[str, str], place: SamplePlace, chance: random.Random) -> dict[str, Any]:
    columns: dict[str, Any] = {
        "title": text["title"],
        "address": place.address,
        "longitude": place.lng,
        "latitude": place.lat,
        "accuracy": float(chance.choice((5, 8, 12, 20))),
        "street_id": place.street_id or None,
        "community_id": place.community_id,
        "grid_id": place.grid_id,
        "rehearsal": True,
    }
    if kind == "grid":
        key = f"gbt47678.5-2026/{text['item']}"
        return columns | {
            "description": f"巡查发现{text['title']}，位置：{place.address}",
            "channel": "patrol",
            "catalogue_key": key,
            "condition": text["condition"],
        }
    urgent = chance.random()
    return columns | {
        "description": text["description"].format(address=place.address),
        "channel": chance.choice(_CHANNELS),
        "appeal_type": text["appeal_type"],
        "catalogue_key": f"db44t2479-2024/{text['class']}",
        "urgency": "critical" if urgent > 0.98 else "urgent" if urgent > 0.92 else "normal",
        "secret": text["appeal_type"] == "report" or chance.random() < 0.04,
    }


def _merge_some(played: list[CaseFacts], cast: Cast, now: datetime) -> list[CaseLink]:
    """Let a few cases that have just come in turn out to be repeats of others."""
    links = []
    for kind, fresh_state, main_state in (
        ("hotline", "registered", "in_hand"),
        ("grid", "filed", "dispatched"),
    ):
        fresh = [case for case in played if (case["kind"], case["state"]) == (kind, fresh_state)]
        main = [case for case in played if (case["kind"], case["state"]) == (kind, main_state)]
        for repeat, into in list(zip(fresh, main, strict=False))[: max(1, len(fresh) // 5)]:
            actor = cast.anyone("dispatcher")
            said = {"into": into["number"], "note": "同一问题重复反映"}
            engine.take(
                repeat, "merge", said, actor=actor, now=now, world=surroundings(now, {"into_id": into.pk})
            )
            row = CaseLink(case_id=repeat.pk, other_id=into.pk, kind="merged", made_at=now)
            row.made_by_id = actor.person_id
            links.append(row)
    return links


def _caller(case: CaseFacts, chance: random.Random) -> dict[str, Any]:
    if case["kind"] == "grid":
        return {}
    # 199 0000 …: plainly made up, and never a subscriber's name.
    phone = f"1990000{chance.randint(0, 9999):04d}"
    return {"name": f"{chance.choice(_SURNAMES)}演练", "phone": phone}


def _working_moment(moment: datetime, chance: random.Random) -> datetime:
    hour = chance.choices(range(24), [1] * 7 + [6, 10, 12, 11, 7, 5, 9, 11, 10, 9, 8, 6, 5, 4, 3, 2, 1])[0]
    return moment.replace(minute=chance.randint(0, 59), hour=(hour - 8) % 24, second=chance.randint(0, 59))


def _told() -> dict[str, tuple[tuple[Story, ...], list[dict[str, str]]]]:
    return {
        "hotline": (stories.HOTLINE, _rows("orders.csv")),
        "grid": (stories.GRID, _rows("findings.csv")),
    }


def _rows(name: str) -> list[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
