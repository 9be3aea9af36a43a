"""What goes wrong before or behind a page is said on the public's own pages, and what was typed is still there."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import get_resolver

from chengyun.cases.models import Case
from chengyun.cases.tests.scene import a_case
from chengyun.citizen.tests.people import PLACE, REPORT, category, problem, read, tell
from chengyun.hotline.models import Rating

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rows")]
WAY_BACK = 'href="/citizen/"'


@pytest.fixture
def strict() -> Client:
    """A browser whose forms are checked; it has no cookie, as after a night or with cookies off."""
    return Client(enforce_csrf_checks=True)


def test_a_form_that_stood_open_too_long_comes_back_with_everything(strict: Client):
    answer = strict.post(REPORT, problem(Client(), name="王阿姨", phone="13812345678", **PLACE))
    page = read(answer)
    assert answer.status_code == 403
    assert not Case.objects.exists()
    for typed in ("路口的路灯三天没亮了", "友谊路牡丹江路口", "王阿姨", "13812345678", PLACE["longitude"]):
        assert typed in page
    assert "还没有提交" in page
    assert "csrfmiddlewaretoken" in page


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("add", {"text": "昨晚又不亮了"}),
        ("rate", {"satisfaction": "fair", "outcome": "solved", "said": "修得太慢"}),
        ("reopen", {"reason": "问题又出现了"}),
    ],
)
def test_so_does_what_is_written_about_an_order(
    client: Client, strict: Client, way: str, said: dict[str, str]
):
    token = tell(client)
    state = {"rate": {"state": "closed"}, "reopen": {"state": "closed"}}.get(way, {})
    Case.objects.update(**state)
    answer = strict.post(f"/citizen/mine/{token}/{way}/", {**said, "client_id": str(uuid.uuid4())})
    assert answer.status_code == 403
    assert list(said.values())[-1] in read(answer)
    assert Case.objects.get().version == 1
    assert not Rating.objects.exists()


def test_finding_and_joining_come_back_too(client: Client, strict: Client):
    found = strict.post("/citizen/find/", {"number": "RX310113-20261123-00017", "tail": "5678"})
    assert (found.status_code, "RX310113-20261123-00017" in read(found)) == (403, True)
    case = a_case(catalogue_key=category().catalogue_key, appeal_type="help")
    joined = strict.post(f"/citizen/cases/{case.pk}/support/", {"then": "support", "phone": "13812345678"})
    assert (joined.status_code, "13812345678" in read(joined)) == (403, True)
    assert not case.supporters.exists()


def test_the_language_button_of_a_public_page_stays_public(strict: Client):
    page = read(strict.post("/ui/language/", {"next": "/citizen/", "language": "en"}))
    assert WAY_BACK in page
    assert "页面已过期" in page


def test_scripts_are_told_in_json(strict: Client):
    answer = strict.post("/citizen/report/code/", {"phone": "13812345678"})
    assert answer.status_code == 403
    assert "刷新" in answer.json()["message"]


def test_nothing_there_and_our_own_faults_have_a_way_back(client: Client, rf):
    answer = client.get("/citizen/nowhere/")
    assert answer.status_code == 404
    failed = get_resolver().resolve_error_handler(500)
    for page in (read(answer), read(failed(rf.get("/citizen/")))):
        assert WAY_BACK in page
        assert "tel:12345" in page
        assert "系统管理员" not in page
    assert "系统管理员" in read(failed(rf.get("/lists/")))


def test_too_much_is_said_to_be_too_much(client: Client, settings):
    typed = urlencode(problem(client, description="路" * 20_000))
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    answer = client.post(REPORT, typed, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert "删短" in read(answer)


@pytest.mark.parametrize("way", ["add", "rate", "reopen"])
def test_the_address_of_a_form_leads_back_to_its_page(client: Client, way: str):
    token = tell(client)
    assert client.get(f"/citizen/mine/{token}/{way}/").headers["Location"] == f"/citizen/mine/{token}/"


@pytest.mark.parametrize("way", ["nan", "inf", "-inf", "x", "1e999"])
def test_a_point_that_is_none(client: Client, way: str):
    assert client.get(f"/citizen/locate.json?lng={way}&lat=31").status_code == 422
