"""The JSON interface: who may, what comes back, and how it says no."""

import io
import json
import uuid

import pytest
from django.test import Client

from chengyun.cases.models import Case, CaseEvent, NumberSeries
from chengyun.kernel import clock
from chengyun.kernel.actor import SYSTEM
from chengyun.organisation.actions import programme_token, revoke_token
from chengyun.organisation.models import ApiToken
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import centre

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    centre()
    token = programme_token(Post.INTAKE, "test", actor=SYSTEM, now=clock.now())
    return Client(headers={"Authorization": f"Bearer {token}"})


def _body(**said):
    return {
        "client_id": str(uuid.uuid4()),
        "kind": "hotline",
        "title": "路灯不亮",
        "appeal_type": "help",
        "caller": {"name": "张三", "phone": "13800001234"},
        **said,
    }


def _post(client, body):
    return client.post("/api/v1/cases", json.dumps(body), content_type="application/json")


def test_a_case_is_opened_and_read(client):
    made = _post(client, _body())
    assert made.status_code == 201
    read = client.get(f"/api/v1/cases/{made.json()['number']}").json()
    assert (read["state"], read["version"], read["stage"]) == ("registered", 1, "dispatch")
    assert [event["verb"] for event in read["events"]] == ["register"]
    assert "13800001234" not in json.dumps(read)


def test_a_retry_makes_no_second_case_and_takes_no_number(client):
    body = _body()
    first, second = _post(client, body), _post(client, body)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["number"] == second.json()["number"]
    assert Case.objects.count() == CaseEvent.objects.count() == NumberSeries.objects.get().last == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": 5}, "title"),
        ({"kind": "moon"}, "kind"),
        ({"client_id": "no"}, "client_id"),
        ({"appeal_type": "moon"}, "appeal_type"),
        ({"longitude": "here"}, "longitude"),
        ({"longitude": 121.4}, "longitude"),
        ({"longitude": 500.0, "latitude": 31.0}, "longitude"),
        ({"caller": {"phone": "abc"}}, "phone"),
        ({"description": "x\x00y"}, "description"),
        ({"title": "长" * 300}, "title"),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(client, said, field):
    answer = _post(client, _body(**said))
    assert answer.status_code == 422
    assert field in answer.json()["fields"]
    assert not Case.objects.exists()
    assert not NumberSeries.objects.exists()


def test_what_is_not_json_gets_a_sentence(client):
    answer = client.post("/api/v1/cases", "{bad", content_type="application/json")
    assert answer.status_code == 400
    assert "JSON" in answer.json()["message"]


def test_verbs_and_the_second_of_two_is_told(client):
    number = _post(client, _body(appeal_type="consultation")).json()["number"]
    move = {"seen": 1, "said": {"reply": "周一办理"}}

    def take():
        address = f"/api/v1/cases/{number}/verbs/resolve_at_once"
        return client.post(address, json.dumps(move), content_type="application/json")

    assert take().json()["state"] == "closed"
    second = take()
    assert second.status_code == 409
    assert "接口" in second.json()["message"]


def test_no_token_no_answer(client):
    number = _post(client, _body()).json()["number"]
    stranger = Client()
    assert stranger.get(f"/api/v1/cases/{number}").status_code == 401
    assert Client(headers={"Authorization": "Bearer x"}).get(f"/api/v1/cases/{number}").status_code == 401


def test_a_revoked_token_is_good_for_nothing(client, monkeypatch):
    from chengyun.organisation import tokens

    monkeypatch.setattr(tokens, "_FRESH_SECONDS", 0.0)
    assert _post(client, _body()).status_code == 201
    revoke_token(ApiToken.objects.get().pk, actor=SYSTEM, now=clock.now())
    assert _post(client, _body()).status_code == 401


def test_the_short_way_answers_like_the_long_one(client, monkeypatch):
    from chengyun.config.wsgi import application

    # A real request begins by closing connections that have grown old; the test's own must stay open.
    monkeypatch.setattr("django.core.signals.request_started.send", lambda **said: [])
    seen = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/api/v1/cases/none",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "HTTP_AUTHORIZATION": client.defaults["HTTP_AUTHORIZATION"],
    }
    body = b"".join(
        application(environ, lambda status, headers, error=None: seen.append((status, dict(headers))))
    )
    assert seen[0][0].startswith("404")
    assert seen[0][1]["X-Content-Type-Options"] == "nosniff"
    assert json.loads(body)["message"]
