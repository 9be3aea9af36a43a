"""Orders pushed by the city and the streets: taken once, refused in words, answered by cursor."""

import base64
import json
import threading
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from chengyun.cases.hearing import hear_waiting
from chengyun.cases.models import Attachment, Case, CaseClock, Contact
from chengyun.cases.tests.cast import Cast
from chengyun.cases.tests.files import photo as photograph
from chengyun.hotline.exchange.keys import key_of, signature_of, token_of
from chengyun.hotline.models import CityAnswer, Exchange, Partner
from chengyun.kernel import clock
from chengyun.worktime.loading import load_reference as load_worktime

pytestmark = pytest.mark.django_db
CITY, ANSWERS = "/api/exchange/city/orders", "/api/exchange/city/answers"
PHONE = "13812341234"


def _partner(code="city", kind="city", **said):
    return Partner.objects.create(code=code, name=f"平台{code}", kind=kind, made_at=clock.now(), **said)


@pytest.fixture
def city():
    load_worktime(now=clock.now())
    return _partner()


def _order(**said):
    return {
        "number": "SH20261123001",
        "title": "路灯不亮",
        "content": "友谊路口路灯三天不亮",
        "appeal_type": "求助",
        "caller": {"name": "张三丰", "phone": PHONE},
        **said,
    }


def _push(partner, said, address=CITY, **headers):
    headers = headers or {"Authorization": f"Bearer {token_of(partner)}"}
    body = said if isinstance(said, bytes | str) else json.dumps(said)
    return Client().post(address, body, content_type="application/json", headers=headers)


def test_an_order_with_its_city_deadline_is_taken(city):
    due = clock.now() + timedelta(days=30)
    answer = _push(city, _order(deadline=due.isoformat(), urgency="紧急", secret=True))
    assert answer.status_code == 201, answer.content.decode()
    case = Case.objects.get(number=answer.json()["number"])
    assert (case.channel, case.source_system, case.source_number) == ("city", "city", "SH20261123001")
    assert (case.appeal_type, case.urgency, case.secret) == ("help", "urgent", True)
    assert CaseClock.objects.get(case=case, stage="city").due_at == due
    assert Contact.objects.get(case=case).phone == PHONE


def test_a_repeated_push_makes_no_second_order(city):
    first, second = _push(city, _order()), _push(city, _order())
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["number"] == second.json()["number"]
    assert second.json()["repeated"] is True
    assert Case.objects.count() == 1


def test_the_same_number_with_other_words_is_refused(city):
    _push(city, _order())
    answer = _push(city, _order(content="别的事"))
    assert answer.status_code == 409
    assert list(answer.json()["fields"]) == ["content"]


def test_a_new_deadline_moves_the_clock(city):
    now = clock.now()
    for days in (10, 20):
        _push(city, _order(deadline=(now + timedelta(days=days)).isoformat()))
    row = CaseClock.objects.get(stage="city")
    assert (row.first_due_at, row.due_at) == (now + timedelta(days=10), now + timedelta(days=20))


def test_an_order_that_the_desk_entered_is_recognised(city):
    Cast().order(channel="city", source_system="city", source_number="SH20261123001")
    assert _push(city, _order()).status_code == 200
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"number": ""}, "number"),
        ({"number": "x" * 61}, "number"),
        ({"number": None}, "number"),
        ({"content": ""}, "content"),
        ({"content": "长" * 20_001}, "content"),
        ({"content": ["x"]}, "content"),
        ({"content": "x\x00y"}, "content"),
        ({"appeal_type": "月球"}, "appeal_type"),
        ({"appeal_type": ""}, "appeal_type"),
        ({"urgency": 3}, "urgency"),
        ({"class": "nowhere/1"}, "class"),
        ({"longitude": 121.4}, "latitude"),
        ({"longitude": "121", "latitude": "31"}, "longitude"),
        ({"longitude": 1e400, "latitude": 31.0}, "body"),
        ({"longitude": 500, "latitude": 31.0}, "longitude"),
        ({"longitude": 121.4, "latitude": 31.4, "coordinate_system": "mars"}, "coordinate_system"),
        ({"deadline": "明天"}, "deadline"),
        ({"deadline": "9999-12-31T23:59:59"}, "deadline"),
        ({"deadline": 5}, "deadline"),
        ({"secret": "yes"}, "secret"),
        ({"caller": "张三"}, "caller"),
        ({"caller": {"phone": "abc"}}, "caller.phone"),
        ({"caller": {"job": "x"}}, "caller.job"),
        ({"attachments": "x"}, "attachments"),
        ({"attachments": [{"name": "a.jpg"}]}, "attachments.0"),
        ({"attachments": [{"name": "a.jpg", "content": "%%%"}]}, "attachments.0"),
        ({"attachments": [{"name": "a.jpg", "url": "file:///etc/passwd"}]}, "attachments.0"),
        ({"attachments": [{"name": "a.jpg", "url": "http://[x"}]}, "attachments.0"),
        ({"moon": 1}, "moon"),
    ],
)
def test_every_wrong_field_is_named_and_nothing_is_kept(city, said, field):
    answer = _push(city, _order(**said))
    assert answer.status_code == 422, answer.content.decode()
    assert field in answer.json()["fields"]
    assert not Case.objects.exists()
    assert Exchange.objects.get().result == "refused"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"number": NaN}'])
def test_a_body_that_is_no_order_is_answered_in_words(city, body):
    answer = _push(city, body)
    assert answer.status_code == 422
    assert answer.json()["fields"]


def test_files_are_judged_by_their_content(city):
    photo = base64.b64encode(photograph()).decode()
    wrong = _push(
        city,
        _order(attachments=[{"name": "a.png", "content": base64.b64encode(b"MZ\x90 no picture").decode()}]),
    )
    assert wrong.status_code == 422
    assert "attachments.0" in wrong.json()["fields"]
    good = _order(
        attachments=[
            {"name": "a.png", "content": photo},
            {"name": "b.jpg", "url": "https://city.example/b.jpg"},
        ]
    )
    assert _push(city, good).status_code == 201
    assert _push(city, good).status_code == 200
    case = Case.objects.get()
    assert [one.media_type for one in Attachment.objects.filter(case=case)] == ["image/jpeg"]
    assert "https://city.example/b.jpg" in case.description


def test_who_has_no_key_is_turned_away_and_noted_once_a_minute(city):
    for token in ("", "Bearer", "Bearer city.wrong", f"Bearer {token_of(city)}x", "Basic x", "Bearer 城.钥"):
        headers = {"Authorization": token} if token.isascii() else {"Authorization": "Bearer \xe9.\xe9"}
        answer = _push(city, _order(), **headers)
        assert (answer.status_code, answer.json()["error"]) == (401, "denied")
    assert not Case.objects.exists()
    assert Exchange.objects.filter(result="denied").count() == 1
    Partner.objects.update(active=False)
    assert _push(city, _order()).status_code == 401


def test_a_new_key_ends_the_old_one(city):
    old = token_of(city)
    city.key_no += 1
    city.save()
    assert _push(city, _order(), Authorization=f"Bearer {old}").status_code == 401
    assert _push(city, _order()).status_code == 201


def _signed(partner, body, timestamp=None, key=None):
    stamp = str(timestamp or int(time.time()))
    signature = signature_of(key or key_of(partner), stamp, "n1", body)
    return {"X-Partner": partner.code, "X-Timestamp": stamp, "X-Nonce": "n1", "X-Signature": signature}


def test_a_signing_partner_must_sign_and_in_time(city):
    Partner.objects.update(signed=True)
    body = json.dumps(_order()).encode()
    assert _push(city, body).status_code == 401
    assert _push(city, body, **_signed(city, body, key="0" * 32)).status_code == 401
    assert _push(city, body, **_signed(city, body, timestamp=int(time.time()) - 4000)).status_code == 401
    assert _push(city, body + b" ", **_signed(city, body)).status_code == 401
    assert _push(city, body, **_signed(city, body)).status_code == 201


def test_the_log_keeps_no_personal_data(city):
    _push(
        city,
        _order(
            content=f"请回电{PHONE}",
            caller={"name": "张三丰", "phone": PHONE, "id_number": "310113199001011234"},
        ),
    )
    row = Exchange.objects.get()
    assert "张三丰" not in row.payload
    assert PHONE not in row.payload
    assert "199001011" not in row.payload
    assert row.number == "SH20261123001"


def test_a_street_pushes_under_its_own_code_alone():
    load_worktime(now=clock.now())
    yanghang, dachang = _partner("yanghang", "street"), _partner("dachang", "street")
    address = "/api/exchange/streets/{}/orders"
    assert _push(yanghang, _order(), address.format("yanghang")).status_code == 201
    assert _push(yanghang, _order(), address.format("dachang")).status_code == 401
    assert _push(dachang, _order(), address.format("dachang")).status_code == 201
    assert (
        _push(dachang, _order(number="2", deadline="2026-12-01"), address.format("dachang")).status_code
        == 422
    )
    assert _push(yanghang, _order()).status_code == 401
    assert set(Case.objects.values_list("channel", flat=True)) == {"street"}


def _fetch(city, **query):
    return Client().get(ANSWERS, query, headers={"Authorization": f"Bearer {token_of(city)}"})


def test_the_city_fetches_what_happened_line_by_line(city):
    play = Cast()
    play.order(channel="city", source_system="city", source_number="SH-9")
    play.to_in_hand()
    play.to_called_back()
    play.go("close", play.callback)
    hear_waiting(now=play.now)
    hear_waiting(now=play.now)
    first = _fetch(city, after=0, limit=2).json()
    assert ([one["kind"] for one in first["answers"]], first["more"]) == (["dispatched", "signed"], True)
    rest = _fetch(city, after=first["next"]).json()
    assert [one["kind"] for one in rest["answers"]] == ["answered", "closed"]
    assert rest["answers"][0]["text"] == "已修剪"
    assert {one["city_number"] for one in rest["answers"]} == {"SH-9"}
    assert (_fetch(city, after=rest["next"]).json()["answers"], rest["more"]) == ([], False)
    assert CityAnswer.objects.count() == 4


def test_orders_of_our_own_are_not_the_citys_affair(city):
    play = Cast()
    play.order()
    play.to_in_hand()
    hear_waiting(now=play.now)
    assert not CityAnswer.objects.exists()


@pytest.mark.parametrize("query", [{"after": "x"}, {"after": "-1"}, {"limit": "1e9"}, {"after": "9" * 40}])
def test_a_cursor_that_is_none(city, query):
    assert _fetch(city, **query).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_two_pushes_at_one_moment_make_one_order():
    load_worktime(now=clock.now())
    partner = _partner()
    codes = []

    def push():
        try:
            codes.append(_push(partner, _order()).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=push) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(codes) == [200, 200, 200, 201]
    assert Case.objects.count() == 1
