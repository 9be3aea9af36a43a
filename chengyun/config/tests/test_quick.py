"""The short way into the JSON interface answers as the long one does."""

import io
import json
import uuid
from typing import Any

import pytest
from django.core.signals import request_started
from django.db import close_old_connections

from chengyun.cases.audit import verify
from chengyun.cases.models import Case, Contact
from chengyun.config import wsgi
from chengyun.kernel import clock
from chengyun.kernel.actor import SYSTEM
from chengyun.organisation.actions import programme_token
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import centre

pytestmark = pytest.mark.django_db


@pytest.fixture
def token():
    centre()
    return programme_token(Post.INTAKE, "test", actor=SYSTEM, now=clock.now())


def ask(body: bytes, token: str, method: str = "POST") -> tuple[int, dict[str, Any], str]:
    """The whole way from the server: status, JSON and content type."""
    told = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": "/api/v1/cases",
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_AUTHORIZATION": f"Bearer {token}",
        "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": "http",
    }
    request_started.disconnect(close_old_connections)  # the test's transaction lives in the connection
    try:
        answer = b"".join(wsgi.application(environ, lambda status, head: told.append((status, dict(head)))))
    finally:
        request_started.connect(close_old_connections)
    status, headers = told[0]
    assert headers["X-Content-Type-Options"] == "nosniff"
    said = json.loads(answer) if "json" in headers["Content-Type"] else {}
    return int(status.split()[0]), said, headers["Content-Type"]


def both(body: bytes, token: str, monkeypatch, method: str = "POST"):
    short = ask(body, token, method)
    with monkeypatch.context() as patched:
        patched.setattr(wsgi, "open_quickly", lambda request: None)
        return short, ask(body, token, method)


def body(**said) -> dict[str, Any]:
    return {
        "client_id": str(uuid.uuid4()),
        "kind": "hotline",
        "title": "路灯不亮",
        "appeal_type": "help",
        **said,
    }


@pytest.mark.parametrize(
    "said",
    [
        {"title": ""},
        {"title": None},
        {"kind": "nonsense"},
        {"longitude": "east"},
        {"longitude": 121.4},
        {"longitude": 500, "latitude": 1},
        {"client_id": "no"},
        {"caller": {"phone": "abc"}},
        {"caller": "Zhang San"},
        {"channel": "smoke signals", "urgency": "?"},
        {"secret": "perhaps"},
        {"title": "x" * 201},
        {"title": "a\x00b"},
    ],
)
def test_what_is_wrong_is_said_in_the_same_words(token, monkeypatch, said):
    short, long = both(json.dumps(body(**said)).encode(), token, monkeypatch)
    assert short == long
    assert short[0] == 422
    assert short[1]["fields"]
    assert not Case.objects.exists()


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"title": "x"}'])
def test_what_is_no_case_is_refused_alike(token, monkeypatch, text):
    short, long = both(text, token, monkeypatch)
    assert short == long
    assert short[0] in (400, 422)


def test_strangers_and_other_methods_take_the_long_way(token):
    assert ask(json.dumps(body()).encode(), "cy_nonsense")[0] == 401
    assert ask(b"{}", token, "PUT")[0] == 405
    assert not Case.objects.exists()


def test_cases_come_out_alike(token, monkeypatch):
    rich = {
        "description": "楼道",
        "secret": True,
        "longitude": 121,
        "latitude": 31.4,
        "urgency": "urgent",
        "caller": {"name": "张三", "phone": "13800001234"},
        "unknown": 1,
    }
    first, again = both(json.dumps(body(**rich)).encode(), token, monkeypatch)
    assert (first[0], again[0]) == (201, 200)
    assert first[1:] == again[1:]
    with monkeypatch.context() as patched:
        patched.setattr(wsgi, "open_quickly", lambda request: None)
        assert ask(json.dumps(body(**rich)).encode(), token)[0] == 201
    one, other = (dict(row) for row in Case.objects.order_by("pk").values())
    differing = {"id", "number", "client_id", "head_hash", "registered_at", "state_since", "due_at"}
    assert {n for n in one if one[n] != other[n]} <= differing
    assert one["longitude"] == 121.0
    assert Contact.objects.filter(phone_tail="1234", name="张三").count() == 2
    assert not [fault for fault in verify() if not isinstance(fault, int)]
