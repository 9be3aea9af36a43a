"""查办理进度: plain words, nothing of the inside, adding, rating, asking for it to be handled again, finding."""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client

from chengyun.cases.models import Case, CaseEvent
from chengyun.cases.process import LOOPS
from chengyun.cases.tests.cast import Cast
from chengyun.cases.tests.files import photo, upload
from chengyun.citizen.models import Addition, CitizenRule, FollowLink, PlainWord, SpentProof
from chengyun.citizen.rules import forget_rules
from chengyun.citizen.tests.people import answered, read, tell
from chengyun.hotline.handling.actions import rate
from chengyun.hotline.models import Rating, ReopenAsk
from chengyun.kernel.actor import SYSTEM
from chengyun.kernel.clock import now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rows")]


@pytest.fixture
def play() -> Cast:
    """The people who handle what the citizen reports."""
    cast = Cast()
    cast.now = now()
    return cast


def follow(client: Client, play: Cast, **said: str) -> str:
    token = tell(client, **said)
    play.case_id = Case.objects.latest("id").pk
    return f"/citizen/mine/{token}/"


def test_progress_in_plain_words_and_nothing_of_the_inside(client: Client, play: Cast):
    page_at = follow(client, play, phone="13812345678")
    assert "正在确定由哪个单位办理" in read(client.get(page_at))
    play.go("dispatch", play.dispatcher, unit=play.parks.pk, note="内部：别让水务知道")
    play.go("sign", play.unit)
    play.go("contact", play.unit, reached="no", why_not="电话打不通，疑似骚扰")
    play.go("report_interim", play.unit, report="内部进展不外传")
    play.answer()
    page = read(client.get(page_at))
    assert "办理中" in page
    assert "承办单位已接收" in page
    assert "绿化市容局" in page
    for inside in ("内部", "骚扰", "已修剪", "派遣 乙", "绿化 己", "待审核", "13812345678"):
        assert inside not in page
    play.go("pass_audit", play.leader, opinion="同意，措辞一般")
    page = read(client.get(page_at))
    assert "已修剪" in page
    assert "措辞一般" not in page
    assert "请您评价" in page


def test_an_explained_order_shows_the_step_and_what_was_said(client: Client, play: Cast):
    page_at = follow(client, play)
    play.go("hand_over", play.intake, line="110", handed="内部：已转接", remains=True)
    play.go(
        "explain", play.dispatcher, basis="内部依据", route="诉讼", reply="不服判决的，可以上诉 13812345678"
    )
    page = read(client.get(page_at))
    for said in ("已移交紧急线路", "已向您解释说明", "不服判决的，可以上诉 138****5678"):
        assert said in page
    assert "内部" not in page


def test_every_step_that_ends_an_order_has_plain_words():
    told = set(PlainWord.objects.filter(process="hotline", thing="verb").values_list("name", flat=True))
    loop = LOOPS["hotline"]
    assert {step.verb for step in loop.steps if step.target in loop.ends and not step.stays} <= told


def test_a_grade_by_text_message_is_seen_on_the_page(client: Client, play: Cast):
    page_at = follow(client, play)
    play.to_in_hand()
    play.answer()
    play.go("pass_audit", play.leader)
    rate(play.case_id, satisfaction="very_satisfied", way="sms", actor=SYSTEM, now=now(), key="sms:1")
    assert "您评价了“非常满意”" in read(client.get(page_at))


def test_an_answer_sent_back_by_the_audit_is_not_read_outside(client: Client, play: Cast):
    page_at = follow(client, play)
    play.to_in_hand()
    play.answer()
    play.go("fail_audit", play.leader, reason="没有回应诉求")
    page = read(client.get(page_at))
    assert "已修剪" not in page
    assert "没有回应诉求" not in page


def test_more_information_reaches_the_order_once(client: Client, play: Cast):
    page_at = follow(client, play)
    said = {"client_id": str(uuid.uuid4()), "text": "今天又坏了两盏 13812345678", "photos": [upload(photo())]}
    assert "已收到您补充的情况" in read(client.post(f"{page_at}add/", said, follow=True))
    assert "没有重复" in read(client.post(f"{page_at}add/", {**said, "photos": []}, follow=True))
    event = CaseEvent.objects.get(case_id=play.case_id, verb="note")
    assert event.said == {"note": "今天又坏了两盏 13812345678"}
    assert play.row.attachments.get().event_seq == event.seq == Addition.objects.get().event_seq
    page = read(client.get(page_at))
    assert "您补充了情况" in page
    assert "138****5678" in page
    empty = client.post(f"{page_at}add/", {"client_id": str(uuid.uuid4()), "text": " "})
    assert empty.status_code == 422
    assert "请写下要补充的情况" in read(empty)


def test_notes_of_the_staff_are_no_additions(client: Client, play: Cast):
    page_at = follow(client, play)
    play.go("note", play.dispatcher, note="此人常来电")
    assert "此人常来电" not in read(client.get(page_at))


def test_a_rating_is_the_callback_of_an_audited_order(client: Client, play: Cast):
    page_at = follow(client, play)
    play.to_in_hand()
    play.answer()
    early = client.post(f"{page_at}rate/", {"satisfaction": "satisfied", "outcome": "solved"})
    assert early.status_code == 422
    play.go("pass_audit", play.leader)
    silent = client.post(f"{page_at}rate/", {"satisfaction": "dissatisfied", "outcome": "unsolved"})
    assert "请说说哪里不满意" in read(silent)
    said = {"client_id": str(uuid.uuid4()), "satisfaction": "satisfied", "outcome": "solved", "said": "谢谢"}
    for _press in range(2):
        client.post(f"{page_at}rate/", said)
    rating = Rating.objects.get()
    assert (rating.way, rating.satisfaction, rating.said) == ("web", "satisfied", "谢谢")
    assert play.row.state == "called_back"
    assert "您评价了“满意”" in read(client.get(page_at))


def test_asking_for_a_closed_order_to_be_handled_again(client: Client, play: Cast):
    page_at = follow(client, play)
    play.to_in_hand()
    play.to_called_back()
    assert "申请重新办理" not in read(client.get(page_at))
    play.go("close", play.callback)
    assert "问题还在？申请重新办理" in read(client.get(page_at))
    said = {"client_id": str(uuid.uuid4()), "reason": "昨天晚上又灭了"}
    for _press in range(2):
        client.post(f"{page_at}reopen/", said)
    assert ReopenAsk.objects.get().reason == "昨天晚上又灭了"
    assert "申请了重新办理" in read(client.get(page_at))
    Case.objects.update(closed_at="2026-01-01T00:00:00Z")
    ReopenAsk.objects.all().delete()
    late = client.post(f"{page_at}reopen/", {**said, "client_id": str(uuid.uuid4())})
    assert late.status_code == 422
    assert "期限" in read(late)


def find(client: Client, **said: str):
    page = client.get("/citizen/find/").content.decode()
    return client.post("/citizen/find/", {**answered(page), **said})


def test_an_order_is_found_by_number_and_telephone(client: Client, play: Cast):
    follow(client, play, phone="13812345678", photos=[upload(photo())])
    number = Case.objects.get().number
    answer = find(client, number=f" {number.lower()} ", tail="5678")
    page = client.get(answer.headers["Location"])
    assert number in read(page)
    assert '<img src="/citizen/mine' not in read(page)
    assert "no-store" in page.headers["Cache-Control"]
    FollowLink.objects.filter(way="found").update(expires_at=now())
    assert client.get(answer.headers["Location"]).status_code == 404


@pytest.mark.parametrize(
    ("number", "tail", "said"),
    [
        ("", "5678", "请填编号"),
        ("12345", "5678", "编号应像"),
        ("RX310113-20261123-00001", "56", "最后 4 位"),
        ("RX310113-20260101-00001", "5678", "没有找到"),
    ],
)
def test_what_is_wrong_with_a_search_is_named(client: Client, number: str, tail: str, said: str):
    answer = find(client, number=number, tail=tail)
    assert answer.status_code in {404, 422}
    assert said in read(answer)
    assert number in read(answer)


def test_secret_orders_are_not_found_by_four_digits(client: Client, play: Cast):
    follow(client, play, phone="13812345678", secret="on")
    assert find(client, number=Case.objects.get().number, tail="5678").status_code == 404


def test_guessing_the_digits_ends(client: Client, play: Cast):
    CitizenRule.objects.filter(name="finds_per_order").update(value=2)
    forget_rules()
    follow(client, play, phone="13812345678")
    number = Case.objects.get().number
    assert [find(client, number=number, tail=f"000{digit}").status_code for digit in range(3)] == [
        404,
        404,
        429,
    ]
    assert find(client, number=number, tail="5678").status_code == 429
    assert SpentProof.objects.count() == 3  # one of the report, one for each look-up that counted


@pytest.mark.parametrize("rest", ["", "done/", "photo/1/thumb/"])
def test_a_wrong_token_opens_nothing(client: Client, rest: str):
    answer = client.get(f"/citizen/mine/nothing-of-the-kind/{rest}")
    assert answer.status_code == 404
    assert "这个链接不存在或已过期" in read(answer)


def test_a_link_does_not_open_another_orders_photos(client: Client, play: Cast):
    follow(client, play, photos=[upload(photo())])
    other = re.sub(r"done/$", "", follow(Client(), play, address="别处"))
    own = Case.objects.order_by("id")[0].attachments.get()
    assert client.get(f"{other}photo/{own.pk}/thumb/").status_code == 404
    assert client.get(f"{other}photo/{own.pk}/original/").status_code == 404
