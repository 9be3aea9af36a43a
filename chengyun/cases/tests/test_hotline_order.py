"""A hotline order through the loop, by its verbs, on a real database."""

from datetime import timedelta

import pytest

from chengyun.cases.audit import verify
from chengyun.cases.models import Assignment, CaseEvent, CaseRequest, Deadline
from chengyun.cases.tests.cast import MORNING, Cast
from chengyun.kernel.errors import Invalid, NotAllowed, NotThere, Refused
from chengyun.worktime.loading import load_reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def play():
    load_reference(now=MORNING)
    return Cast()


def test_from_registering_to_closing(play):
    play.order()
    assert play.row.number == "RX310113-20260901-00001"
    play.to_in_hand()
    assert play.row.state == "in_hand"
    play.to_called_back()
    play.go("close", play.callback)
    row = play.row
    assert (row.state, row.version, row.satisfaction) == ("closed", 8, "satisfied")
    assert row.closed_at == play.now
    assert row.stage == ""
    assert row.due_at is None
    assert not play.clock("disposal").case.clocks.filter(ended_at=None).exists()
    verbs = list(CaseEvent.objects.filter(case=row).order_by("seq").values_list("verb", flat=True))
    assert verbs == ["register", "dispatch", "sign", "contact", "answer", "pass_audit", "call_back", "close"]
    assert [fault for fault in verify() if not isinstance(fault, int)] == []


def test_each_stage_has_its_clock(play):
    play.order()
    assert play.row.stage == "dispatch"
    play.go("dispatch", play.dispatcher, unit=play.parks.pk)
    stages = set(play.clock("sign").case.clocks.filter(ended_at=None).values_list("stage", flat=True))
    assert stages == {"sign", "contact", "disposal"}
    # 5 working days for a request for help: Tuesday does not count, so the Tuesday after at closing.
    assert play.clock("disposal").due_at == MORNING + timedelta(days=7, hours=8)
    play.go("sign", play.unit)
    assert play.clock("sign").result == "met"


def test_a_late_stage_is_missed_and_counted(play):
    play.order()
    play.go("dispatch", play.dispatcher, unit=play.parks.pk)
    play.go("sign", play.unit, at=MORNING + timedelta(days=20))
    assert play.clock("sign").result == "missed"
    assert play.row.overdue_stages == 1


def test_second_send_back_goes_to_coordination_and_then_no_more(play):
    play.order()
    for expected in ("sent_back", "coordination"):
        play.go("dispatch", play.dispatcher, unit=play.parks.pk)
        play.go("send_back", play.unit, reason="不属本局", suggested_unit=play.water.pk)
        assert play.row.state == expected
    with pytest.raises(Refused):
        play.go("dispatch", play.dispatcher, unit=play.parks.pk)
    play.go("coordinate", play.leader, unit=play.parks.pk, reason="三定方案")
    with pytest.raises(Refused, match="区级协调"):
        play.go("send_back", play.unit, reason="还是不属", suggested_unit=play.water.pk)
    assert list(Assignment.objects.order_by("id").values_list("result", flat=True)) == [
        "sent_back",
        "sent_back",
        "",
    ]
    assert play.clock("disposal").result == ""


def test_send_back_withdraws_the_clock_and_a_new_unit_starts_anew(play):
    play.order()
    play.go("dispatch", play.dispatcher, unit=play.parks.pk)
    play.go("send_back", play.unit, reason="不属本局", suggested_unit=play.water.pk)
    assert play.clock("disposal").result == "withdrawn"
    play.go("dispatch", play.dispatcher, unit=play.water.pk, at=MORNING + timedelta(days=2))
    assert play.clock("disposal").started_at == MORNING + timedelta(days=2)
    assert play.clock("disposal").holder_id == play.water.pk


def test_extension_appends_a_deadline_and_keeps_the_first(play):
    play.order()
    play.to_in_hand()
    first = play.clock("disposal").due_at
    until = first + timedelta(days=2)
    play.go("ask_extension", play.unit, until=until.isoformat(), reason="等待到货")
    assert play.row.pending == "extension"
    play.go("decide_extension", play.leader, decision="grant")
    clock = play.clock("disposal")
    assert (clock.first_due_at, clock.due_at) == (first, until)
    whys = list(
        Deadline.objects.filter(case_id=play.case_id, clock_no=clock.no).values_list("why", flat=True)
    )
    assert whys == ["start", "extend"]
    assert play.row.due_at == until
    with pytest.raises(Refused, match="最多延期"):
        play.go("ask_extension", play.unit, until=(until + timedelta(days=1)).isoformat(), reason="再延")


def test_extension_is_bounded_and_in_time(play):
    play.order()
    play.to_in_hand()
    due = play.clock("disposal").due_at
    with pytest.raises(Invalid, match="晚于"):
        play.go("ask_extension", play.unit, until=MORNING.isoformat(), reason="早")
    with pytest.raises(Invalid, match="总时限"):
        play.go("ask_extension", play.unit, until=(due + timedelta(days=60)).isoformat(), reason="很久")
    with pytest.raises(Refused, match="已超过时限"):
        play.go(
            "ask_extension",
            play.unit,
            until=(due + timedelta(days=3)).isoformat(),
            reason="晚了",
            at=due + timedelta(minutes=1),
        )


def test_refused_extension_needs_a_reason_and_moves_nothing(play):
    play.order()
    play.to_in_hand()
    before = play.clock("disposal").due_at
    play.go("ask_extension", play.unit, until=(before + timedelta(days=1)).isoformat(), reason="等待")
    with pytest.raises(Invalid):
        play.go("decide_extension", play.leader, decision="refuse")
    play.go("decide_extension", play.leader, decision="refuse", reason="材料不足")
    assert play.clock("disposal").due_at == before
    assert (play.row.pending, play.row.extensions) == ("", 0)
    assert CaseRequest.objects.get().answer == "材料不足"


def test_suspension_pauses_and_gives_the_rest_back(play):
    play.order()
    play.to_in_hand()
    left_before = play.clock("disposal").due_at - play.now
    play.go("ask_suspension", play.unit, until="2026-09-20", reason="雨季")
    play.go("decide_suspension", play.leader, decision="grant")
    paused = play.clock("disposal")
    assert play.row.state == "suspended"
    assert paused.paused_at is not None
    assert paused.remaining > 0
    play.go("resume", play.unit, at=MORNING + timedelta(days=14))
    resumed = play.clock("disposal")
    assert resumed.paused_at is None
    # Four full working days and the rest of the first were left; office seconds are given back exactly.
    assert resumed.due_at > paused.due_at
    assert (resumed.due_at - play.now) <= left_before + timedelta(hours=3)


def test_suspension_ends_by_itself(play):
    from chengyun.cases.jobs import resume_suspended

    play.order()
    play.to_in_hand()
    play.go("ask_suspension", play.unit, until="2026-09-03", reason="等停水")
    play.go("decide_suspension", play.leader, decision="grant")
    assert resume_suspended(now=MORNING + timedelta(days=1)) == 0
    assert resume_suspended(now=MORNING + timedelta(days=3)) == 1
    assert play.row.state == "in_hand"


def test_failed_audit_is_rework_on_the_same_clock(play):
    play.order()
    play.to_in_hand()
    no = play.clock("disposal").no
    play.answer()
    assert play.clock("disposal").paused_at is not None
    play.go("fail_audit", play.leader, reason="答复未回应诉求")
    assert (play.row.state, play.row.reworks) == ("in_hand", 1)
    assert play.clock("disposal").no == no
    assert play.clock("disposal").paused_at is None


def test_dissatisfied_is_handled_again_in_three_working_days(play):
    play.order()
    play.to_in_hand()
    play.to_called_back("dissatisfied")
    with pytest.raises(Refused, match="重办"):
        play.go("close", play.callback)
    play.go("rehandle", play.callback, reason="问题仍在")
    assert (play.row.state, play.row.rounds) == ("rehandling", 1)
    clock = play.clock("rehandle")
    assert (clock.amount, clock.unit) == (3, "workday")
    play.answer()
    play.go("fail_audit", play.leader, reason="还不行")
    assert play.row.state == "rehandling"
    play.to_called_back()
    play.go("close", play.callback)
    assert play.row.state == "closed"


def test_helpers_must_report_before_the_answer(play):
    play.order()
    play.go("dispatch", play.dispatcher, unit=play.parks.pk, helpers=[play.water.pk])
    play.go("sign", play.unit)
    play.go("contact", play.unit, reached="not_needed", why_not="匿名")
    with pytest.raises(Refused, match="协办"):
        play.answer()
    play.go("help_report", play.helper, report="管线已查")
    play.answer()
    with pytest.raises(Refused):
        play.go("help_report", play.helper, report="再报")


def test_merge_points_to_the_other_order(play):
    play.order(title="主单")
    main = play.row
    play.order(title="重复来电")
    with pytest.raises(Invalid, match="没有编号"):
        play.go("merge", play.dispatcher, into="RX-NO")
    play.go("merge", play.dispatcher, into=main.number)
    assert (play.row.state, play.row.merged_into_id) == ("merged", main.pk)
    assert play.row.links.get().other_id == main.pk


def test_only_those_who_may(play):
    play.order()
    with pytest.raises(NotAllowed):
        play.go("dispatch", play.callback, unit=play.parks.pk)
    with pytest.raises(NotThere):  # not given to them: they do not even see it
        play.go("sign", play.unit)
    play.go("dispatch", play.dispatcher, unit=play.parks.pk)
    with pytest.raises(NotThere):
        play.go("sign", play.helper)
    with pytest.raises(NotAllowed):
        play.go("sign", play.dispatcher)


def test_what_is_said_is_checked_field_by_field(play):
    play.order()
    with pytest.raises(Invalid) as caught:
        play.go("dispatch", play.dispatcher, unit="树", moon="full")
    assert set(caught.value.fields) == {"unit", "moon"}
    with pytest.raises(Invalid) as caught:
        play.go("dispatch", play.dispatcher, unit=999_999)
    assert set(caught.value.fields) == {"unit"}
    with pytest.raises(Invalid) as caught:
        play.go("dispatch", play.dispatcher, unit=play.parks.pk, note="x" * 5000)
    assert set(caught.value.fields) == {"note"}
    assert play.row.version == 1


def test_correction_keeps_what_stood_there(play):
    play.order()
    play.go(
        "correct", play.intake, title="树枝压线", description="更正", appeal_type="complaint", reason="听错"
    )
    event = CaseEvent.objects.filter(case_id=play.case_id).latest("seq")
    assert event.said["before"]["title"] == "小区门口树枝压电线"
    assert play.row.title == "树枝压线"


def test_answered_in_the_first_call(play):
    play.order(appeal_type="consultation")
    play.go("resolve_at_once", play.intake, reply="周一至周五办理")
    assert (play.row.state, play.row.outcome) == ("closed", "explained")


def test_recalled_case_is_no_longer_seen_by_its_unit(play):
    play.order()
    play.to_in_hand()
    play.go(
        "ask_extension",
        play.unit,
        until=(play.clock("disposal").due_at + timedelta(days=1)).isoformat(),
        reason="等",
    )
    play.go("recall", play.dispatcher, reason="派错")
    assert (play.row.state, play.row.pending, play.row.lead_unit_id) == ("sent_back", "", None)
    with pytest.raises(NotThere):
        play.go("note", play.unit, note="还看得见吗")


def test_a_handler_sees_and_works_on_what_was_given_to_them(play):
    play.order()
    play.to_in_hand()
    with pytest.raises(NotThere):
        play.go("report_interim", play.handler, report="已到场")
    play.go("assign_handler", play.unit, handler=play.handler.person_id)
    play.go("report_interim", play.handler, report="已到场")
    with pytest.raises(NotAllowed):
        play.go("answer", play.handler, finding="true", demand="reasonable", outcome="solved", reply="好了")


def test_an_order_that_is_only_explained_is_closed_and_no_unit_has_it():
    play = Cast()
    play.order()
    play.go(
        "explain", play.intake, basis="已有法定渠道", route="行政复议", reply="请向区司法局申请行政复议。"
    )
    assert (play.row.state, play.row.outcome, play.row.lead_unit_id) == ("closed", "explained", None)
    assert play.row.closed_at == play.row.answered_at == play.now
    with pytest.raises(Refused):
        play.go("rehandle", play.leader, reason="再办")


def test_an_emergency_is_handed_over_and_closed_unless_something_remains():
    play = Cast()
    play.order()
    play.go("hand_over", play.intake, line="119", handed="三方通话转接，119 已接警", remains=True)
    assert play.row.state == "registered"
    play.go("hand_over", play.leader, line="120", handed="已代报")
    assert (play.row.state, play.row.outcome) == ("closed", "")
    assert play.row.closed_at == play.now
