"""The client against the simulator, over TCP on this machine."""

from __future__ import annotations

import re
import time
from collections import Counter

import pytest

from chengyun.messaging.cmpp.incoming import INCOMPLETE, Ack, Incoming
from chengyun.messaging.cmpp.link import CmppLink
from chengyun.messaging.cmpp.packets import Deliver
from chengyun.messaging.cmpp.settings import Account
from chengyun.messaging.cmpp.simulator import Behaviour, Reply, Simulator
from chengyun.messaging.cmpp.window import Pace
from chengyun.messaging.cmpp.wire import Version
from chengyun.messaging.gateways import Event, Inbound, Outgoing, StatusReport, SubmitAnswer, Taken

PATIENCE = 60  # seconds after which a test gives up; nothing waits so long when all is well


class Ahead:
    """A clock that the test moves on, so that no time-out depends on how busy the machine is."""

    def __init__(self) -> None:
        self.by = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.by


def link_to(simulator, clock=time.monotonic, **said):
    account = {
        "name": "test", "host": "127.0.0.1", "port": simulator.port, "account": "900001", "secret": "secret",
        "src_id": "10620113", "rate": 5000, "first_wait": 0.05, "longest_wait": 0.2,
    }  # fmt: skip
    link = CmppLink(Account(**{**account, **said}), monotonic=clock)
    link.start()
    return link


def until(link, enough, events=None, stored=True):
    """Drive the link until ``enough(events)``; the events so far are returned."""
    events, end = events if events is not None else [], time.monotonic() + PATIENCE
    while not enough(events):
        assert time.monotonic() < end, f"waited in vain: {link.state()}, {events[-3:]}"
        fresh = link.poll(0.05)
        if stored:
            link.stored(fresh)
        events += fresh
    return events


def up(link):
    until(link, lambda _events: link.state().up)
    return link


def of(events, kind):
    return [event for event in events if isinstance(event, kind)]


def message(number, *segments, phone="13800000000"):
    return Outgoing(number, f"key-{number}", phone, segments or (f"第{number}条",))


@pytest.mark.parametrize("version", list(Version))
def test_a_message_goes_and_its_report_comes(version):
    with Simulator() as simulator:
        link = up(link_to(simulator, version=version))
        link.submit(message(1, "您好，", "😀再见"))
        events = until(link, lambda told: len(of(told, StatusReport)) == 2)
        link.stop()
    answers, reports = of(events, SubmitAnswer), of(events, StatusReport)
    assert [(one.segment, one.taken) for one in answers] == [(1, Taken.ACCEPTED), (2, Taken.ACCEPTED)]
    assert {one.gateway_id for one in reports} == {one.gateway_id for one in answers}
    assert all((one.code, one.phone) == ("DELIVRD", "13800000000") and one.done_at for one in reports)
    assert simulator.journal.of("message")[0]["text"] == "您好，😀再见"
    assert simulator.journal.of("bind")[0]["version"] == hex(version)
    assert simulator.journal.counts()["goodbye"] == 1


def test_a_gateway_that_speaks_only_one_version_is_told_apart():
    with Simulator(Behaviour(versions=(0x20,))) as simulator:
        link = link_to(simulator, version=Version.V3)
        until(link, lambda _events: "版本太高" in link.state().error)
        assert link.room() == 0
        link.stop()


def test_a_wrong_secret_is_said_and_tried_again():
    with Simulator() as simulator:
        link = link_to(simulator, secret="wrong")
        until(link, lambda _events: simulator.journal.counts()["refused bind"] >= 2)
        assert "认证错" in link.state().error
        assert "wrong" not in link.state().error
        link.submit(message(1))
        assert of(link.poll(), SubmitAnswer)[0].taken is Taken.AGAIN
        link.stop()


def test_errors_and_throttling_are_told_apart():
    with Simulator(Behaviour(errors={13: 1.0})) as simulator:
        link = up(link_to(simulator))
        link.submit(message(1))
        link.submit(message(2, phone="十三"))
        answers = until(link, lambda told: len(told) == 2)
        link.stop()
    assert {one.taken for one in answers} == {Taken.REFUSED}
    assert {one.message_id: one.said for one in answers}[1] == "Dest_terminal_Id 错误"
    assert len(simulator.journal.of("submit")) == 1
    with Simulator(Behaviour(throttle=1)) as simulator:
        link = up(link_to(simulator))
        link.submit(message(1, "一", "二", "三", "四"))  # they leave together, however busy the machine is
        answers = until(link, lambda told: len(of(told, SubmitAnswer)) == 4)
        link.stop()
    assert Taken.AGAIN in {one.taken for one in of(answers, SubmitAnswer)}


def test_the_pace_is_kept_and_slows_down_when_told():
    pace, now, gone = Pace(100), 1000.0, 0
    for _step in range(1000):
        if pace.wait(now) == 0:
            pace.gone()
            gone += 1
        now += 0.001
    assert 100 <= gone <= 111  # a second's worth and the first burst
    pace.too_fast(now)
    first = pace.wait(now)
    now += first
    pace.too_fast(now)
    assert pace.wait(now) == pytest.approx(2 * first)
    now += pace.wait(now)
    pace.accepted(now)
    pace.too_fast(now)
    assert pace.wait(now) == pytest.approx(first)


def test_the_window_is_kept():
    clock = Ahead()
    with Simulator(Behaviour(lose_answers=1.0)) as simulator:
        link = up(link_to(simulator, clock, window=4, timeout=600, active_test=6000))
        for number in range(8):
            link.submit(message(number))
        until(link, lambda _events: len(simulator.journal.of("submit")) == 4)
        assert link.state().in_flight == 4
        clock.by += 601
        events = until(link, lambda told: len(of(told, SubmitAnswer)) == 4)
        until(link, lambda _events: len(simulator.journal.of("submit")) == 8)
        clock.by += 601
        until(link, lambda told: len(of(told, SubmitAnswer)) == 8, events)
        link.stop(0)
    assert {one.taken for one in of(events, SubmitAnswer)} == {Taken.UNSURE}


def test_a_dead_line_is_noticed_and_left():
    with Simulator(Behaviour(silent=True)) as simulator:
        link = up(link_to(simulator, active_test=0.1, test_again=0.1))
        until(link, lambda _events: "链路检测" in link.state().error)
        until(link, lambda _events: simulator.journal.counts()["bind"] >= 2)
        link.stop()


def test_active_tests_keep_a_line_up():
    with Simulator() as simulator:
        link = up(link_to(simulator, active_test=0.05, test_again=600))
        until(link, lambda _events: simulator.journal.counts()["active test"] >= 4)
        assert link.state().up
        assert simulator.journal.counts()["bind"] == 1
        link.stop()


def test_nobody_there_is_no_error_of_ours():
    with Simulator() as simulator:
        pass
    link = link_to(simulator)
    until(link, lambda _events: bool(link.state().error))
    assert not link.state().up
    link.stop()


@pytest.mark.parametrize("version", list(Version))
def test_a_line_killed_in_mid_window_loses_none_and_doubles_none(version):
    """What the gateway took is accepted or unsure with us; what we call accepted or again it took once or never."""
    count = 600
    behaviour = Behaviour(
        kill_after=45, kills=8, delay=0.005, report_delay=0.01, shuffle_reports=True, seed=3
    )
    with Simulator(behaviour) as simulator:
        events: list[Event] = []
        link, given = up(link_to(simulator, version=version)), 0
        while given < count:
            for _one in range(min(max(0, link.room() - 96), count - given)):  # most are on their way
                given += 1
                link.submit(message(given))
            until(link, lambda _told: link.room() > 96, events)
        until(link, lambda told: len(of(told, SubmitAnswer)) == count, events)
        accepted = {one.gateway_id for one in of(events, SubmitAnswer) if one.taken is Taken.ACCEPTED}
        took = {one["msg_id"] for one in simulator.journal.of("submit") if one["result"] == 0}
        until(link, lambda told: {one.gateway_id for one in of(told, StatusReport)} == took, events)
        link.stop()
    fate = {one.message_id: one.taken for one in of(events, SubmitAnswer)}
    assert len(fate) == count == len(of(events, SubmitAnswer))  # exactly one answer each
    taken = Counter(int(one["text"][1:-1]) for one in simulator.journal.of("submit"))
    assert set(taken.values()) == {1}
    for number, how in fate.items():
        assert how in (Taken.ACCEPTED, Taken.AGAIN, Taken.UNSURE)
        if how is Taken.ACCEPTED:
            assert taken[number] == 1
        if how is Taken.AGAIN:
            assert taken[number] == 0
    assert set(taken) <= {number for number, how in fate.items() if how is not Taken.AGAIN}
    assert accepted <= took
    assert simulator.journal.counts()["killed"] == 8
    assert Taken.UNSURE in fate.values()


def test_trying_again_what_was_unsure_is_accounted_for_on_both_sides():
    """The owner sends what did not go again; every message arrives, and those that arrive twice were marked."""
    behaviour = Behaviour(kill_after=30, kills=5, reports=False)
    with Simulator(behaviour) as simulator:
        done: set[int] = set()
        marked: set[int] = set()
        link, waiting = up(link_to(simulator)), list(range(1, 201))
        end = time.monotonic() + PATIENCE
        while len(done) < 200:
            assert time.monotonic() < end
            while waiting and link.room():
                number = waiting.pop(0)
                link.submit(
                    Outgoing(number, str(number), "13800000000", (f"第{number}条",), 1, number in marked)
                )
            for answer in of(link.poll(0.02), SubmitAnswer):
                if answer.taken is Taken.ACCEPTED:
                    done.add(answer.message_id)
                else:
                    waiting.append(answer.message_id)
                    if answer.taken is Taken.UNSURE:
                        marked.add(answer.message_id)
        link.stop()
    arrived = Counter(int(one["text"][1:-1]) for one in simulator.journal.of("message"))
    assert set(arrived) == set(range(1, 201))
    assert {number for number, times in arrived.items() if times > 1} <= marked


def test_stopping_settles_everything():
    with Simulator(Behaviour(delay=0.05)) as simulator:
        link = up(link_to(simulator, window=2, rate=5000))
        for number in range(4):
            link.submit(message(number))
        link.stop()
        fate = Counter(one.taken for one in of(link.poll(), SubmitAnswer))
        assert fate == {Taken.ACCEPTED: 2, Taken.AGAIN: 2}
        assert link.room() == 0


def test_reports_that_come_first_twice_or_not_at_all():
    with Simulator(Behaviour(report_first=True, duplicate_reports=1.0, stats={"MK:0001": 1.0})) as simulator:
        link = up(link_to(simulator))
        link.submit(message(1))
        events = until(link, lambda told: len(told) >= 3)
        link.stop()
    assert [type(one) for one in events] == [StatusReport, StatusReport, SubmitAnswer]
    assert {one.code for one in of(events, StatusReport)} == {"MK:0001"}


def test_what_is_not_stored_comes_again():
    with Simulator() as simulator:
        link = up(link_to(simulator))
        simulator.receive("8613900000000", "满意，谢谢" * 30, destination="10620113")
        (first,) = until(link, bool, stored=False)
        simulator.cut()
        (again,) = until(link, bool, stored=False)
        assert again == first
        link.stored([again])
        until(link, lambda _told: simulator.journal.counts()["acknowledged"] >= 3)
        link.stop()
    assert first == Inbound("13900000000", "满意，谢谢" * 30, "10620113", first.gateway_id)


@pytest.mark.parametrize("fmt", [0, 8, 15])
def test_a_citizen_answers(fmt):
    reply = Reply(re.compile("评价"), "5", fmt=fmt)
    with Simulator(Behaviour(replies=(reply,), reports=False)) as simulator:
        link = up(link_to(simulator))
        link.submit(message(1, "请评价：", "回复1至5"))
        events = until(link, lambda told: bool(of(told, Inbound)))
        link.stop()
    assert [(one.phone, one.text, one.src_id) for one in of(events, Inbound)] == [
        ("13800000000", "5", "10620113")
    ]


def part(number, text, msg_id, reference=7):
    octets = bytes([5, 0, 3, reference, 2, number]) + text.encode("utf-16-be")
    return Deliver(msg_id, "1062", "13900000000", octets, tp_udhi=1)


def test_parts_out_of_order_repeated_and_missing():
    incoming = Incoming()
    incoming.deliver(part(2, "后", 12), Ack(1, 1, 12), 0)
    incoming.deliver(part(2, "后", 12), Ack(1, 2, 12), 0)
    assert not incoming.events
    incoming.deliver(part(1, "前", 11), Ack(1, 3, 11), 1)
    (whole,) = incoming.events
    assert (whole.text, whole.gateway_id) == ("前后", "11")
    assert not incoming.ready
    incoming.stored([whole])
    assert {ack.sequence for ack in incoming.ready} == {1, 2, 3}
    incoming.deliver(part(2, "后", 12), Ack(1, 4, 12), 2)  # its acknowledgement was lost on the way
    assert len(incoming.events) == 1
    assert incoming.ready[-1].sequence == 4


def test_a_part_is_acknowledged_before_the_others_if_they_wait_for_it():
    incoming = Incoming()
    incoming.deliver(part(1, "前", 11), Ack(1, 1, 11), 0)
    incoming.tick(1)
    assert not incoming.ready
    incoming.tick(3)
    assert [ack.sequence for ack in incoming.ready] == [1]
    incoming.tick(INCOMPLETE + 1)
    assert incoming.events[0].text == "前〔缺第 2 段〕"


def test_the_same_reference_for_another_message():
    incoming = Incoming()
    incoming.deliver(part(1, "甲", 1), Ack(1, 1, 1), 0)
    incoming.deliver(part(1, "乙", 2), Ack(1, 2, 2), 0)
    incoming.deliver(part(2, "丙", 3), Ack(1, 3, 3), 0)
    assert [one.text for one in incoming.events] == ["甲〔缺第 2 段〕", "乙丙"]
