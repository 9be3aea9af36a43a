"""The one-screen intake: elements, decision table, drafts, bad input."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from chengyun.cases.audit import verify
from chengyun.cases.models import Case, CaseClock, CaseEvent, CaseLink
from chengyun.geography.actions.load_reference import load_reference as load_areas
from chengyun.geography.models import Area
from chengyun.hotline.desk.elements import Elements
from chengyun.hotline.desk.lines import hints_for
from chengyun.hotline.desk.loading import load_reference
from chengyun.hotline.desk.tests.orders import order
from chengyun.hotline.jobs import forget_old_drafts
from chengyun.hotline.knowledge.first_call import first_call_resolution
from chengyun.hotline.models import DecisionLine, DecisionUse, OrderDraft, OrderElements
from chengyun.kernel.actor import SYSTEM
from chengyun.kernel.clock import local, now
from chengyun.organisation.posts import Post
from chengyun.organisation.tests import people

pytestmark = pytest.mark.django_db
ADDRESS, DRAFT = "/hotline/register/", "/hotline/register/draft/"


@pytest.fixture
def clerk(client: Client) -> Client:
    load_reference(now=now())
    return people.enter(client, people.person("alice", Post.INTAKE))


def line(code: str) -> DecisionLine:
    return DecisionLine.objects.get(code=code)


def verbs() -> list[str]:
    return list(CaseEvent.objects.order_by("seq").values_list("verb", flat=True))


def test_the_elements_make_the_description_and_stay_apart():
    told = Elements("王女士和邻居", "昨晚 10 点", "友谊路", "灯泡坏了", "三楼没有灯，要求修复。")
    assert told.described() == "三楼没有灯，要求修复。\n何人：王女士和邻居\n何时：昨晚 10 点\n何因：灯泡坏了"
    assert Elements(course="三楼没有灯").described() == "三楼没有灯"


def test_an_order_keeps_its_elements(clerk: Client):
    clerk.post(ADDRESS, order(who="三号楼居民", when="一周前起", cause="灯泡坏了"))
    case, told = Case.objects.get(), OrderElements.objects.get()
    assert (told.who, told.when, told.cause) == ("三号楼居民", "一周前起", "灯泡坏了")
    assert (told.where, told.course) == (case.address, "三楼楼道灯坏了一周，要求修复。")
    assert "何时：一周前起" in case.description


def test_an_order_of_the_city_carries_the_citys_deadline(clerk: Client):
    due = local(now() + timedelta(days=3)).replace(second=0, microsecond=0)
    city = {"channel": "city", "source_number": "SH1", "city_due_at": f"{due:%Y-%m-%dT%H:%M}"}
    clerk.post(ADDRESS, order(**city))
    assert CaseClock.objects.get(stage="city").due_at == due
    page = clerk.post(ADDRESS, order(**{**city, "source_number": "SH2", "city_due_at": "2062-01-01T00:00"}))
    assert page.status_code == 422
    assert "超过一年" in page.content.decode()
    clerk.post(ADDRESS, order(city_due_at="2026-01-01T00:00"))  # of another channel it is left out
    assert CaseClock.objects.filter(stage="city").count() == 1


def test_an_address_without_a_street_goes_where_the_operator_says(clerk: Client):
    load_areas(now=now())
    told = clerk.get("/geography/match.json", {"address": "友谊路1600弄3号"}).json()["matches"]
    assert told[0]["street"] == "友谊路街道"
    assert told[0]["confidence"] < 0.5
    clerk.post(ADDRESS, order(address="友谊路1600弄3号"))
    assert Case.objects.latest("pk").street is None
    clerk.post(ADDRESS, order(address="友谊路1600弄3号", area=told[0]["area_id"]))
    assert str(Case.objects.latest("pk").street.name) == "友谊路街道"
    for nonsense in ("x", "999999999", "-1", "9" * 40):
        assert clerk.post(ADDRESS, order(area=nonsense)).status_code == 302


def test_words_point_to_lines_and_nothing_is_taken_by_itself(clerk: Client):
    found = hints_for("小区有燃气泄漏，有人昏迷", now())
    assert [(one.line.code, one.words) for one in found] == [("life_safety", ("燃气泄漏", "昏迷"))]
    said = {"title": "我对法院判决不服", "description": "要求改判"}
    page = clerk.post("/hotline/register/hints/", said).content.decode()
    assert "已有法定渠道" in page
    assert "法院、判决" in page
    assert clerk.post("/hotline/register/hints/", {"title": "路灯不亮"}).content.decode().strip() == ""
    clerk.post(ADDRESS, order(title="我对法院判决不服"))
    assert (Case.objects.get().state, DecisionUse.objects.count()) == ("registered", 0)


def test_an_emergency_is_handed_over_and_recorded(clerk: Client):
    said = {"decision": line("life_safety").pk, "emergency_line": "119", "told": "三方通话转接，119 已接警。"}
    clerk.post(ADDRESS, order(title="燃气泄漏", **said))
    case, use = Case.objects.get(), DecisionUse.objects.get()
    assert (case.state, case.outcome, verbs()) == ("closed", "", ["register", "hand_over"])
    assert (use.line.code, use.route, use.event_seq) == ("life_safety", "119", case.version)
    clerk.post(ADDRESS, order(title="燃气泄漏", remains="on", **said))
    assert Case.objects.latest("pk").state == "registered"
    assert list(verify([case.number])) == [1]


def test_what_has_a_statutory_route_is_explained_and_closed_but_no_first_call_resolution(clerk: Client):
    said = {
        "decision": line("statutory_route").pk,
        "decision_route": "行政复议",
        "told": "请向区司法局提出。",
    }
    page = clerk.post(ADDRESS, order(**said, then="next"), follow=True).content.decode()
    case = Case.objects.get()
    assert (case.state, case.outcome, verbs()) == ("closed", "explained", ["register", "explain"])
    assert "按判定表" in page
    event = CaseEvent.objects.get(verb="explain")
    assert event.said == {
        "basis": line("statutory_route").situation,
        "route": "行政复议",
        "reply": "请向区司法局提出。",
    }
    today = local(now()).date()
    assert first_call_resolution(today, today, actor=SYSTEM).numerator == 0
    shown = clerk.get(f"/cases/{case.number}/").content.decode()
    assert "适用判定" in shown
    assert "行政复议" in shown


@pytest.mark.parametrize(("code", "state"), [("unlawful", "closed"), ("harassing", "closed"),
    ("department_duty", "registered"), ("unclear_body", "registered"), ("in_scope", "registered")])  # fmt: skip
def test_every_line_is_applied_in_its_own_way(clerk: Client, code: str, state: str):
    clerk.post(ADDRESS, order(decision=line(code).pk, told="已说明原因。"))
    case = Case.objects.get()
    assert case.state == state
    assert DecisionUse.objects.get().line.code == code
    assert line(code).situation in str(CaseEvent.objects.latest("seq").said)


def test_a_departments_own_duty_is_suggested_to_no_street_at_the_desk_or_to_the_dispatcher(clerk: Client):
    load_areas(now=now())
    street = people.street("友谊路街道办", Area.objects.get(name="友谊路街道"))
    asked = {"title": "乱设摊", "description": "夜市占道", "address": "友谊路街道友谊路"}
    suggest = "/hotline/suggest/"
    assert street.name in clerk.post(suggest, asked).content.decode()
    judged = clerk.post(suggest, {**asked, "decision": line("department_duty").pk}).content.decode()
    assert street.name not in judged
    assert "不推给街镇" in judged
    clerk.post(ADDRESS, order(address="友谊路街道友谊路"))
    clerk.post(ADDRESS, order(address="友谊路街道友谊路", decision=line("department_duty").pk))
    free, bound = (_suggested_to_dispatcher(case) for case in Case.objects.order_by("pk"))
    assert street.name in free
    assert street.name not in bound


def _suggested_to_dispatcher(case: Case) -> str:
    """The units that the form of the dispatch suggests."""
    dave = people.person(f"dave{case.pk}", Post.DISPATCHER)
    page = people.enter(Client(), dave).get(f"/cases/{case.number}/do/dispatch/").content.decode()
    return page.partition('label="建议"')[2].partition("</optgroup>")[0]


def test_a_repeat_is_merged(clerk: Client):
    clerk.post(ADDRESS, order())
    first = Case.objects.get()
    clerk.post(ADDRESS, order(decision=line("repeated").pk, repeat_of=first.number, repeat_how="merge"))
    case = Case.objects.latest("pk")
    assert (case.state, case.merged_into) == ("merged", first)
    assert DecisionUse.objects.get().case == case


def test_without_the_table_a_repeat_is_merged_or_linked_too(clerk: Client):
    clerk.post(ADDRESS, order())
    first = Case.objects.get()
    clerk.post(ADDRESS, order(repeat_of=first.number, repeat_how="merge"))
    assert Case.objects.latest("pk").merged_into == first
    clerk.post(ADDRESS, order(repeat_of=first.number, repeat_how="link"))
    assert CaseLink.objects.filter(kind="related", other=first).count() == 1


@pytest.mark.parametrize(
    ("code", "said", "field"),
    [
        ("life_safety", {"told": "已转"}, "请选择移交给哪条紧急线路"),
        ("life_safety", {"emergency_line": "110"}, "请写移交情况"),
        ("life_safety", {"emergency_line": "911", "told": "x"}, "请从列出的紧急线路中选"),
        ("statutory_route", {"told": "请去复议"}, "请写明告知的渠道"),
        ("unlawful", {}, "请写向来电人作的解释"),
        ("repeated", {}, "请填要并入的工单编号"),
        ("repeated", {"repeat_of": "RX000"}, "没有编号为 RX000 的工单"),
        ("unlawful", {"told": "不行", "then": "resolve", "reply": "x"}, "不计入首呼解决"),
    ],
)
def test_what_a_line_needs_is_asked_for(clerk: Client, code: str, said: dict[str, Any], field: str):
    answer = clerk.post(ADDRESS, order(decision=line(code).pk, **said))
    assert answer.status_code == 422
    assert field in answer.content.decode()
    assert not Case.objects.exists()


def test_a_line_that_is_not_in_force_is_refused(clerk: Client):
    for wrong in ("0", "99999", "abc"):
        assert clerk.post(ADDRESS, order(decision=wrong)).status_code == (302 if wrong == "0" else 422)


def test_the_administrator_changes_a_line_from_a_day_on(clerk: Client):
    admin, row = people.enter(Client(), people.person("root", Post.ADMIN)), line("unlawful")
    tomorrow = local(now()).date() + timedelta(days=1)
    said = {
        "situation": "违法要求", "order": 30, "treatment": "explain_only", "required": "说明理由",
        "keywords": "假证\n代开\n假证", "valid_from": tomorrow.isoformat(), "source": "本中心规定",
        "provenance": "primary",
    }  # fmt: skip
    address = f"/hotline/decision-table/{row.pk}/"
    assert clerk.post(address, said).status_code == 403
    assert admin.post(address, {**said, "valid_from": "2025-01-01"}).status_code == 422
    assert admin.post(address, {**said, "treatment": "explain_route"}).status_code == 422
    assert admin.post(address, said).status_code == 302
    row.refresh_from_db()
    new = DecisionLine.objects.get(code="unlawful", valid_from=tomorrow)
    assert (row.valid_until, new.keywords) == (local(now()).date(), ["假证", "代开"])
    page = clerk.get("/hotline/decision-table/").content.decode()
    assert "以后生效和已停用" in page
    assert "二手资料，未经证实" in page
    load_reference(now=now())  # changes nothing that a person edited
    assert DecisionLine.objects.filter(code="unlawful").count() == 2


def test_a_draft_is_kept_for_its_operator_alone_and_goes_with_the_order(clerk: Client):
    form = order(title="没写完的一件事", who="一位老人")
    assert "草稿已存到服务器" in clerk.post(DRAFT, form).json()["message"]
    clerk.post(DRAFT, {**form, "title": "没写完的第二版"})
    draft = OrderDraft.objects.get()
    assert (draft.title, draft.typed["who"]) == ("没写完的第二版", ["一位老人"])
    elsewhere = people.enter(Client(), people.person("bob", Post.INTAKE))
    assert elsewhere.post(DRAFT, form).status_code == 403
    assert "没写完" not in elsewhere.get(f"{ADDRESS}?draft={form['client_id']}").content.decode()
    listed = clerk.get(ADDRESS).content.decode()
    assert "没有登记完的草稿 1 份" in listed
    again = clerk.get(f"{ADDRESS}?draft={form['client_id']}").content.decode()
    assert 'value="没写完的第二版"' in again
    assert form["client_id"] in again
    clerk.post(ADDRESS, form)
    assert not OrderDraft.objects.exists()
    assert clerk.post(DRAFT, form).status_code == 410  # a late packet brings nothing back
    assert not OrderDraft.objects.exists()


def test_drafts_too_long_or_old_are_not_kept(clerk: Client):
    form = order(description="长" * 200_000)
    assert clerk.post(DRAFT, form).status_code == 422
    clerk.post(DRAFT, order())
    assert forget_old_drafts(now=now() + timedelta(days=6)) == 0
    assert forget_old_drafts(now=now() + timedelta(days=8)) == 1
    assert clerk.post(DRAFT, {"client_id": "x"}).status_code == 422


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"description": "长" * 1_000_000}, "最多 20000 字，现在 1000000 字"),
        ({"cause": "因" * 2_001}, "最多 2000 字"),
        ({"description": "长" * 19_000, "cause": "因" * 2_000}, "各要素合起来最多 20000 字"),
        ({"who": "一\x00"}, "不可见的控制字符"),
        ({"title": "一\x00"}, "不可见的控制字符"),
        ({"phone": "1381234567"}, "手机号应为 11 位，现在 10 位"),
        ({"call": "9" * 25}, "没有这通来电"),
        ({"decision": "9" * 25}, "请从判定表里选"),
        ({"suggested_unit": "9" * 25}, "没有这个单位"),
        ({"description": " \n\t "}, "请写明经过与诉求"),
        ({"repeat_of": "RX1"}, "请选择并入还是关联"),
        ({"repeat_of": "RX1", "repeat_how": "link"}, "没有编号为 RX1 的工单"),
        ({"suggested_unit": "abc"}, "没有这个单位"),
        ({"article_version": "9999", "then": "resolve", "reply": "答"}, "没有这一版知识"),
    ],
)
def test_bad_input_is_named_and_nothing_is_lost_or_saved(clerk: Client, changed: dict[str, Any], said: str):
    answer = clerk.post(ADDRESS, order(**changed))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert any(words in page for words in said.split("|"))
    assert "楼道路灯不亮" in page
    assert not Case.objects.exists()


def test_a_place_outside_the_district_is_taken_and_said_so(clerk: Client):
    load_areas(now=now())
    there = order(longitude="116.400000", latitude="39.900000")
    assert "没有归入网格" in clerk.post(ADDRESS, there, follow=True).content.decode()
    here = order(longitude="121.489200", latitude="31.405300")
    assert "没有归入网格" not in clerk.post(ADDRESS, here, follow=True).content.decode()


def test_emoji_and_scripts_are_only_text(clerk: Client):
    nasty = '<script>alert("😀")</script>{{ 7*7 }}'
    clerk.post(ADDRESS, order(title=nasty[:100], who=nasty, description=nasty, address=nasty))
    case = Case.objects.get()
    assert case.description.startswith(nasty)
    for address in (f"/cases/{case.number}/", ADDRESS, f"{ADDRESS}?draft={uuid.uuid4()}"):
        page = clerk.get(address).content.decode()
        assert "<script>alert" not in page
    panel = clerk.post("/hotline/register/earlier/", {"phone": "13812345678"}).content.decode()
    assert "&lt;script&gt;" in panel
    assert "<script>" not in panel


def test_known_addresses_and_secret_orders_are_shown(clerk: Client):
    clerk.post(ADDRESS, order(appeal_type="report"))
    panel = clerk.post("/hotline/register/earlier/", {"phone": "+86 138 1234 5678"}).content.decode()
    assert 'data-fill-value="友谊路街道友谊路1600弄3号"' in panel
    assert "1 件保密工单" in panel
