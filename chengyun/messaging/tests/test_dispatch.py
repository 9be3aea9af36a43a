"""Handing over: dead gateways, answers that never come, reports in any order, killed workers."""

from __future__ import annotations

import itertools
import threading
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengyun.messaging import jobs
from chengyun.messaging.dispatch.claim import claim, recover
from chengyun.messaging.dispatch.rounds import run_round
from chengyun.messaging.dispatch.running import LinkService
from chengyun.messaging.dispatch.standing import serving
from chengyun.messaging.dispatch.store import store_events, store_reports
from chengyun.messaging.gateways import (
    Event,
    GatewayDown,
    Outcome,
    StatusReport,
    SubmitAnswer,
    Taken,
)
from chengyun.messaging.models import GatewayRow, HandOver, Message, Receipt
from chengyun.messaging.states import WAYS, MessageState, Piece, Why, after_answers, after_reports, may_become
from chengyun.messaging.tests.scene import (
    MORNING,
    FakeGateway,
    FakeLink,
    accepted,
    again,
    ready,
    real_gateway,
    taken,
)

SECOND = timedelta(seconds=1)


def long_message(key: str = "long"):
    """A message of two segments."""
    message = accepted(key)
    Message.objects.filter(pk=message.pk).update(text="字" * 100, segments=2)
    return again(message)


@pytest.mark.django_db
def test_a_dead_gateway_holds_nothing_up_and_is_tried_again():
    ready()
    real_gateway("first", 10)
    real_gateway("second", 20)
    message = accepted()
    dead = FakeGateway("first", lambda _one: GatewayDown("连不上"))
    assert run_round(dead, 50, now=MORNING) == 0
    row = GatewayRow.objects.get(name="first")
    assert (row.last_error, row.failures) == ("连不上", 1)
    assert (again(message).state, again(message).tries) == (MessageState.QUEUED, 0)
    assert [one.name for one in serving(MORNING + SECOND)] == ["second"]
    good = FakeGateway("second")
    assert run_round(good, 50, now=MORNING + SECOND) == 1
    assert again(message).gateway == "second"
    # Its time for a probe has come: a single message goes to it, and it is first again.
    accepted("b")
    accepted("c")
    alive = FakeGateway("first")
    assert run_round(alive, 50, now=MORNING + 6 * SECOND) == 1
    assert [one.name for one in serving(MORNING + 7 * SECOND)] == ["first"]


@pytest.mark.django_db
def test_waits_for_a_dead_gateway_grow():
    ready()
    real_gateway("only", 10)
    accepted()
    dead = FakeGateway("only", lambda _one: GatewayDown("连不上"))
    now, waits = MORNING, []
    for _ in range(8):
        run_round(dead, 50, now=now)
        row = GatewayRow.objects.get(name="only")
        assert row.probe_at is not None
        waits.append((row.probe_at - now).total_seconds())
        assert run_round(dead, 50, now=row.probe_at - SECOND) == 0
        now = row.probe_at
    assert waits == [5, 10, 20, 40, 80, 160, 300, 300]


@pytest.mark.django_db
def test_the_file_never_stands_in_for_a_real_gateway():
    ready()
    real_gateway("only", 10, down_since=MORNING, probe_at=MORNING + timedelta(hours=1))
    message = accepted()
    jobs.send_waiting(now=MORNING)
    assert again(message).state == MessageState.QUEUED


@pytest.mark.django_db
def test_a_refusal_is_final_and_waits_grow_for_the_rest():
    ready()
    real_gateway()
    busy = FakeGateway("operator", lambda one: Outcome(one.message_id, Taken.AGAIN, code="submit:8"))
    message = accepted()
    now = MORNING
    waits = []
    for _ in range(8):
        GatewayRow.objects.update(down_since=None, probe_at=None)
        run_round(busy, 50, now=now)
        message = again(message)
        if message.next_try_at:
            waits.append((message.next_try_at - now).total_seconds())
            now = message.next_try_at
    assert waits == [30, 60, 120, 240, 480, 960, 1800]
    assert (message.state, message.why, message.tries) == (MessageState.FAILED, Why.GAVE_UP, 8)
    assert not message.possibly_twice
    refused = FakeGateway("operator", lambda one: Outcome(one.message_id, Taken.REFUSED, (), "submit:13"))
    other = accepted("other")
    GatewayRow.objects.update(down_since=None)
    run_round(refused, 50, now=MORNING)
    assert (again(other).state, again(other).code) == (MessageState.FAILED, "submit:13")


@pytest.mark.django_db
def test_a_try_without_an_answer_is_marked_as_possibly_twice():
    ready()
    real_gateway()
    silent = FakeGateway("operator", lambda one: Outcome(one.message_id, Taken.UNSURE, code="no_answer"))
    message = accepted()
    run_round(silent, 50, now=MORNING)
    message = again(message)
    assert (message.state, message.possibly_twice) == (MessageState.QUEUED, True)
    GatewayRow.objects.update(down_since=None, probe_at=None)
    good = FakeGateway("operator")
    run_round(good, 50, now=message.next_try_at)
    assert good.given[0].possibly_twice
    assert good.given[0].tries == 2
    assert again(message).state == MessageState.SENT


@pytest.mark.django_db
def test_a_gateway_that_breaks_loses_nothing():
    ready()
    real_gateway()
    broken = FakeGateway("operator", lambda _one: ValueError("nobody expected this"))
    messages = [accepted(f"k{number}") for number in range(3)]
    run_round(broken, 50, now=MORNING)
    for message in messages:
        assert (again(message).state, again(message).possibly_twice) == (MessageState.QUEUED, True)


@pytest.mark.django_db
def test_a_killed_worker_leaves_marked_messages():
    ready()
    real_gateway()
    message = accepted()
    claim("operator", 10, now=MORNING)
    assert again(message).state == MessageState.SENDING
    assert recover("operator", now=MORNING) == 1
    assert (again(message).state, again(message).possibly_twice) == (MessageState.QUEUED, True)
    assert recover("operator", now=MORNING) == 0


@pytest.mark.django_db
def test_reports_in_every_order_and_twice_give_the_same_end():
    ready()
    real_gateway()
    for number, order in enumerate(itertools.permutations(range(4))):
        message = long_message(f"k{number}")
        ids = [f"{number}-1", f"{number}-2"]
        claim("operator", 10, now=MORNING + number * timedelta(days=1))
        told: list[Event] = [
            SubmitAnswer(message.pk, 1, Taken.ACCEPTED, ids[0]),
            SubmitAnswer(message.pk, 2, Taken.ACCEPTED, ids[1]),
            StatusReport(ids[0], "DELIVRD"),
            StatusReport(ids[1], "DELIVRD"),
        ]
        for place in order:
            store_events("operator", [told[place]], metered=True, now=MORNING)
            store_events("operator", [told[place]], metered=True, now=MORNING)
        assert again(message).state == MessageState.DELIVERED, order
        assert HandOver.objects.filter(message=message).count() == 2


@pytest.mark.django_db
def test_one_lost_segment_is_a_failed_message_and_nothing_goes_back():
    ready()
    real_gateway()
    message = long_message()
    run_round(FakeGateway("operator"), 10, now=MORNING)
    ids = list(HandOver.objects.order_by("number").values_list("gateway_id", flat=True))
    store_reports("operator", [StatusReport(ids[0], "ACCEPTD")], now=MORNING)
    assert again(message).state == MessageState.SENT
    store_reports("operator", [StatusReport(ids[0], "DELIVRD")], now=MORNING)
    store_reports("operator", [StatusReport(ids[1], "MK:0001")], now=MORNING)
    assert (again(message).state, again(message).code) == (MessageState.FAILED, "MK:0001")
    store_reports("operator", [StatusReport(ids[1], "DELIVRD")], now=MORNING)
    assert again(message).state == MessageState.DELIVERED
    store_reports("operator", [StatusReport(ids[1], "EXPIRED")], now=MORNING)
    assert again(message).state == MessageState.DELIVERED
    assert Receipt.objects.count() == 5
    jobs.send_waiting(now=MORNING + timedelta(days=9))
    assert again(message).state == MessageState.DELIVERED


@pytest.mark.django_db
def test_a_report_that_never_comes_makes_it_unknown_and_a_late_one_mends_it():
    ready()
    real_gateway()
    message = accepted()
    run_round(FakeGateway("operator"), 10, now=MORNING)
    jobs.give_up_waiting(now=MORNING + timedelta(hours=72))
    assert again(message).state == MessageState.SENT
    jobs.give_up_waiting(now=MORNING + timedelta(hours=73))
    assert again(message).state == MessageState.UNKNOWN
    ids = HandOver.objects.values_list("gateway_id", flat=True)
    store_reports("operator", [StatusReport(ids[0], "DELIVRD")], now=MORNING + timedelta(hours=80))
    assert again(message).state == MessageState.DELIVERED


@pytest.mark.django_db
def test_a_report_of_another_gateway_is_nobody_s():
    ready()
    real_gateway()
    message = accepted()
    run_round(FakeGateway("operator"), 10, now=MORNING)
    given_id = HandOver.objects.get().gateway_id
    store_reports("elsewhere", [StatusReport(given_id, "DELIVRD"), StatusReport("", "X")], now=MORNING)
    assert again(message).state == MessageState.SENT


@pytest.mark.django_db
def test_a_link_is_fed_and_heard_and_its_trouble_is_on_its_row():
    ready()
    row, link = real_gateway(), FakeLink()
    message = accepted()
    service = LinkService(link, row, threading.Event())
    link.up = False
    service.step(0)
    assert GatewayRow.objects.get(pk=row.pk).last_error == "连不上"
    assert not link.given
    link.up = True
    Message.objects.update(next_try_at=MORNING)
    # The service asks the machine for the time, which may lie in the quiet hours: the message is made urgent.
    Message.objects.update(urgent=True)
    service.step(0)
    assert GatewayRow.objects.get(pk=row.pk).down_since is None
    assert [one.message_id for one in link.given] == [message.pk]
    link.events = [
        StatusReport("7", "DELIVRD"),
        SubmitAnswer(message.pk, 1, Taken.ACCEPTED, "7"),
    ]
    service.step(0)
    assert again(message).state == MessageState.DELIVERED
    assert len(link.on_disk) == 2


@pytest.mark.django_db
def test_a_link_killed_in_mid_window_loses_none_and_marks_what_may_come_twice():
    ready()
    real_gateway()
    sure, unsure, half = accepted("a"), accepted("b"), long_message("c")
    claim("operator", 10, now=MORNING)
    answers = [
        SubmitAnswer(sure.pk, 1, Taken.AGAIN, code="link_down"),
        SubmitAnswer(unsure.pk, 1, Taken.UNSURE, code="no_answer"),
        SubmitAnswer(half.pk, 1, Taken.ACCEPTED, "9"),
        SubmitAnswer(half.pk, 2, Taken.AGAIN, code="link_down"),
    ]
    store_events("operator", answers, metered=True, now=MORNING)
    assert {again(one).state for one in (sure, unsure, half)} == {MessageState.QUEUED}
    assert [again(one).possibly_twice for one in (sure, unsure, half)] == [False, True, True]
    later = MORNING + timedelta(minutes=1)
    run_round(FakeGateway("operator", taken), 10, now=later)
    assert {again(one).state for one in (sure, unsure, half)} == {MessageState.SENT}


@given(st.lists(st.sampled_from(list(Taken)), max_size=5), st.integers(1, 5))
def test_answers_decide_only_when_all_are_here(answers, expected):
    verdict = after_answers(answers, expected)
    assert (verdict is None) == (len(answers) < expected)
    if verdict is not None and verdict.state is MessageState.QUEUED:
        assert verdict.twice == bool({Taken.ACCEPTED, Taken.UNSURE} & set(answers))


PIECES = st.lists(st.builds(Piece, st.integers(1, 3), st.frozensets(st.booleans())), min_size=1, max_size=6)


@given(PIECES, st.randoms())
def test_the_order_of_reports_does_not_matter(pieces, random):
    shuffled = pieces.copy()
    random.shuffle(shuffled)
    assert after_reports(pieces, {}) == after_reports(shuffled, {})


@given(PIECES)
def test_more_reports_of_arrival_never_undo_a_delivery(pieces):
    if after_reports(pieces, {}) is MessageState.DELIVERED:
        more = [Piece(one.attempt, one.reports | {False}) for one in pieces]
        assert after_reports(more, {}) is MessageState.DELIVERED


def test_no_way_leads_back_from_an_end():
    assert set(WAYS) == set(MessageState)
    assert not WAYS[MessageState.DELIVERED]
    assert not WAYS[MessageState.WITHHELD]
    assert [state for state in MessageState if may_become(state, MessageState.QUEUED)] == [
        MessageState.SENDING
    ]
