"""A grid case through the loop."""

from datetime import timedelta

import pytest

from chengyun.cases.tests.cast import MORNING, Cast
from chengyun.kernel.errors import NotAllowed, NotThere, Refused
from chengyun.worktime.loading import load_reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def play():
    load_reference(now=MORNING)
    return Cast()


def _to_dispatched(play):
    play.go("file", play.leader, criterion="符合立案条件")
    play.go("dispatch", play.dispatcher, unit=play.parks.pk)


def _to_checking(play):
    play.go("dispose", play.unit, result="已更换井盖")
    play.go("order_check", play.intake, inspector=play.inspector.person_id)


def test_from_reporting_to_closing(play):
    play.finding()
    assert play.row.number == "WG310113-20260901-00001"
    _to_dispatched(play)
    _to_checking(play)
    play.go("pass_check", play.inspector, note="已到位")
    play.go("close", play.leader, criterion="恢复原状")
    assert play.row.state == "closed"
    assert play.clock("disposal").result == "met"


def test_a_public_report_is_verified_first(play):
    play.finding(channel="public", reporter_id=None)
    with pytest.raises(Refused, match="核实"):
        play.go("file", play.leader, criterion="符合")
    with pytest.raises(NotThere):
        play.go("verify", play.inspector, presence="found", note="在")
    play.go("order_verification", play.intake, inspector=play.inspector.person_id)
    assert play.clock("file").paused_at is not None
    play.go(
        "verify", play.inspector, presence="found", note="井盖确实缺失", at=MORNING + timedelta(minutes=20)
    )
    assert play.clock("file").paused_at is None
    play.go("file", play.leader, criterion="符合")
    assert play.row.state == "filed"
    # 15 minutes were allowed; the 19 minutes of the verification did not count.
    assert play.clock("file").result == "met"


def test_refused_with_a_criterion(play):
    play.finding()
    play.go("refuse", play.leader, criterion="不属管理范围", reason="小区内部")
    assert play.row.state == "refused"


def test_handled_on_the_spot(play):
    play.finding(state="self_handled")
    play.go("confirm_self_handling", play.intake)
    assert play.row.state == "closed"


def test_doubted_self_handling_takes_the_usual_way(play):
    play.finding(state="self_handled")
    play.go("reject_self_handling", play.intake, reason="照片不清")
    assert play.row.state == "reported"


def test_failed_check_is_rework_with_the_same_unit_and_clock(play):
    play.finding()
    _to_dispatched(play)
    no = play.clock("disposal").no
    _to_checking(play)
    play.go("fail_check", play.inspector, reason="仍有缝隙")
    assert (play.row.state, play.row.reworks, play.row.lead_unit_id) == ("dispatched", 1, play.parks.pk)
    assert play.clock("disposal").no == no


def test_send_back_only_before_work_and_same_unit_goes_on(play):
    play.finding()
    _to_dispatched(play)
    play.go("assign_handler", play.unit, handler=play.handler.person_id)
    with pytest.raises(Refused, match="撤回指派"):
        play.go("send_back", play.unit, reason="不属", suggested_unit=play.water.pk)
    play.go("revoke_handler", play.unit, reason="退单")
    no = play.clock("disposal").no
    play.go("send_back", play.unit, reason="不属", suggested_unit=play.water.pk)
    assert play.row.state == "sent_back"
    play.go("dispatch", play.dispatcher, unit=play.parks.pk)
    assert play.clock("disposal").no == no  # the same unit keeps its clock, less the time it was away
    play.go("send_back", play.unit, reason="还是不属", suggested_unit=play.water.pk)
    play.go("dispatch", play.dispatcher, unit=play.water.pk)
    assert play.clock("disposal").no != no


def test_only_the_inspector_who_was_sent(play):
    play.finding()
    _to_dispatched(play)
    _to_checking(play)
    with pytest.raises(NotAllowed):
        play.go("pass_check", play.intake, note="看过照片")


def test_overdue_may_be_excused_once_and_stays_visible(play):
    play.finding()
    play.go("file", play.leader, criterion="符合")
    play.go("dispatch", play.dispatcher, unit=play.parks.pk)
    play.go("dispose", play.unit, result="完成", at=MORNING + timedelta(days=60))
    play.go("order_check", play.intake, inspector=play.inspector.person_id)
    play.go("pass_check", play.inspector, note="到位")
    play.go("close", play.leader, criterion="恢复")
    assert play.clock("disposal").result == "missed"
    play.go("ask_excuse", play.unit, reason="台风封路")
    play.go("decide_excuse", play.dispatcher, decision="grant")
    assert play.row.excused
    assert play.row.overdue_stages >= 1
    with pytest.raises(Refused, match="一次"):
        play.go("ask_excuse", play.unit, reason="再诉")


def test_reopened_goes_back_as_rework(play):
    play.finding()
    _to_dispatched(play)
    _to_checking(play)
    play.go("pass_check", play.inspector, note="到位")
    play.go("close", play.leader, criterion="恢复")
    play.go("reopen", play.leader, reason="又坏了")
    assert (play.row.state, play.row.closed_at, play.row.reworks) == ("dispatched", None, 1)
