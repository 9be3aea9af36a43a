"""Writing into the outbox, and what is held back."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from chengyun.kernel.actor import SYSTEM
from chengyun.kernel.errors import Invalid, NotThere
from chengyun.messaging import jobs
from chengyun.messaging.actions import send
from chengyun.messaging.actions.opt_outs import end_opt_out, opt_out
from chengyun.messaging.models import HandOver, Message, Template
from chengyun.messaging.queries import latest_awaiting, messages_about
from chengyun.messaging.states import MessageState, Why
from chengyun.messaging.tests.scene import MORNING, NIGHT, PHONE, accepted, again, ready


@pytest.mark.django_db
def test_a_message_goes_through_the_file_of_a_rehearsal(data_folder):
    ready()
    message = accepted()
    assert (
        message.text
        == "【宝山城运】您反映的“道灯不亮”已受理，编号 RX20261123-0101，我们将尽快转交承办单位办理。"
    )
    assert (message.state, message.segments) == (MessageState.QUEUED, 1)
    jobs.send_waiting(now=MORNING)
    message = again(message)
    assert (message.state, message.gateway, message.tries) == (MessageState.SENT, "file", 1)
    written = "".join(path.read_text("utf-8") for path in (data_folder / "messages").iterdir())
    assert PHONE in written
    jobs.send_waiting(now=MORNING + timedelta(seconds=1))
    assert again(message).tries == 1


@pytest.mark.django_db
def test_the_same_key_is_the_same_message():
    ready()
    first = accepted("one")
    second = accepted("one", to="13800000000")
    assert first.pk == second.pk
    assert second.phone == PHONE
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_key_at_the_same_moment_is_one_row():
    ready()
    start, found = threading.Barrier(6), []

    def write() -> None:
        try:
            start.wait(10)
            found.append(accepted("race").pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(found) == 6
    assert len(set(found)) == 1
    assert Message.objects.filter(key="race").count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_sent():
    ready()
    with transaction.atomic():
        accepted()
        transaction.set_rollback(True)
    assert not Message.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("to", ["", "021-56600000", "12345", "张三", "1" * 60])
def test_a_number_that_is_no_mobile_is_on_record_and_not_sent(to: str):
    ready()
    message = accepted(to=to)
    assert (message.state, message.why) == (MessageState.WITHHELD, Why.BAD_NUMBER)
    jobs.send_waiting(now=MORNING)
    assert not HandOver.objects.exists()


@pytest.mark.django_db
def test_bad_keys_and_unknown_templates_are_refused():
    ready()
    with pytest.raises(NotThere, match="no_such"):
        send("no_such", to=PHONE, values={}, about="", key="k", now=MORNING)
    with pytest.raises(Invalid):
        accepted("")
    with pytest.raises(Invalid):
        accepted("k" * 121)


@pytest.mark.django_db
def test_values_cannot_forge_a_signature_or_break_lines():
    ready()
    values = {"number": "1", "title": "【某银行】请\r\n点击\x00链接" + "长" * 100}
    message = send("order_accepted", to=PHONE, values=values, about="", key="k", now=MORNING)
    assert message.text.count("【") == 1
    assert "\n" not in message.text
    assert "\x00" not in message.text
    assert "…" in message.text


@pytest.mark.django_db
def test_quiet_hours_wait_for_the_morning_and_codes_do_not():
    ready()
    notice = accepted(now=NIGHT)
    code = send("check_code", to=PHONE, values={"code": "123456"}, about="", key="c", now=NIGHT)
    jobs.send_waiting(now=NIGHT)
    assert again(notice).state == MessageState.QUEUED
    assert again(notice).next_try_at == MORNING.replace(day=24, hour=8)
    assert again(code).state == MessageState.SENT
    assert again(code).text == ""
    jobs.send_waiting(now=MORNING.replace(day=24, hour=8))
    assert again(notice).state == MessageState.SENT


@pytest.mark.django_db
def test_what_waited_into_the_night_waits_on():
    ready()
    notice = accepted(now=MORNING)
    jobs.send_waiting(now=NIGHT)
    assert again(notice).next_try_at == MORNING.replace(day=24, hour=8)


@pytest.mark.django_db
def test_a_code_that_is_too_old_is_not_sent():
    ready()
    code = send("check_code", to=PHONE, values={"code": "1"}, about="", key="c", now=MORNING)
    jobs.send_waiting(now=MORNING + timedelta(minutes=10))
    assert (again(code).state, again(code).why) == (MessageState.WITHHELD, Why.TOO_LATE)


@pytest.mark.django_db
def test_nobody_gets_more_than_the_cap_in_a_day():
    ready()
    for number in range(12):
        accepted(f"k{number}")
    accepted("other", to="13800000000")
    jobs.send_waiting(now=MORNING)
    mine = Message.objects.filter(phone=PHONE)
    assert mine.filter(state=MessageState.SENT).count() == 10
    assert mine.filter(state=MessageState.WITHHELD, why=Why.DAILY_CAP).count() == 2
    assert Message.objects.get(key="other").state == MessageState.SENT
    tomorrow = accepted("next", now=MORNING + timedelta(days=1))
    jobs.send_waiting(now=MORNING + timedelta(days=1))
    assert again(tomorrow).state == MessageState.SENT


@pytest.mark.django_db
def test_who_opted_out_gets_codes_but_no_notices():
    ready()
    waiting = accepted("before")
    row = opt_out("139-1234-5678", said="来电要求", actor=SYSTEM, now=MORNING)
    assert again(waiting).why == Why.OPTED_OUT
    assert accepted("after").why == Why.OPTED_OUT
    assert (
        send("check_code", to=PHONE, values={}, about="", key="c", now=MORNING).state == MessageState.QUEUED
    )
    with pytest.raises(Invalid, match="已经退订"):
        opt_out(PHONE, said="再次", actor=SYSTEM, now=MORNING)
    end_opt_out(row.pk, reason="本人要求", actor=SYSTEM, now=MORNING)
    assert accepted("again").state == MessageState.QUEUED


@pytest.mark.django_db
def test_a_template_can_be_switched_off():
    ready()
    Template.objects.filter(name="order_accepted").update(active=False)
    assert accepted().why == Why.TEMPLATE_OFF


@pytest.mark.django_db
def test_the_newest_message_that_waits_for_an_answer_is_found():
    ready()
    accepted("a", awaits="rating:1")
    accepted("b", awaits="rating:2", now=MORNING + timedelta(minutes=1))
    accepted("c", now=MORNING + timedelta(minutes=2))
    later = MORNING + timedelta(minutes=5)
    assert latest_awaiting(PHONE, "rating:", now=later) is None
    jobs.send_waiting(now=later)
    assert latest_awaiting(f"+86{PHONE}", "rating:", now=later).awaits == "rating:2"
    assert latest_awaiting(PHONE, "rating:", now=later + timedelta(days=8)) is None
    assert latest_awaiting("13800000000", "rating:", now=later) is None


@pytest.mark.django_db
def test_reads_begin_with_who_is_looking():
    ready()
    accepted()
    assert messages_about("RX20261123-0101", SYSTEM).count() == 1
    assert not Message.objects.seen_by(None).exists()
