"""Pages: everybody reads, an administrator changes, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils import translation

from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import NotAllowed, NotThere
from chengyun.worktime import queries
from chengyun.worktime.loading import load_reference
from chengyun.worktime.models import (
    CalendarChange,
    CalendarYear,
    DayRule,
    OfficeHours,
    TimeLimit,
    UnitMeaning,
)
from chengyun.worktime.vocabulary import register_terms, term

pytestmark = pytest.mark.django_db

Visit = Callable[..., HttpResponse]


@pytest.fixture
def visit(now: datetime) -> Visit:
    """Open an address as somebody; with ``said``, send a form."""
    load_reference(now=now)

    def open_page(actor: Actor | None, address: str, said: dict[str, str] | None = None) -> HttpResponse:
        made = RequestFactory()
        request: Any = made.get(address) if said is None else made.post(address, said)
        request.actor, request.now, request.user, request.htmx = actor, now, AnonymousUser(), False
        request._messages = CookieStorage(request)
        request.resolver_match = match = resolve(request.path)
        answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
        return answer

    return open_page


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


READ = ["worktime:calendar", "worktime:hours", "worktime:limits"]


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_everybody_at_work_reads_and_is_not_offered_to_change(name, language, visit, alice, bob):
    with translation.override(language):
        page = text(visit(bob, reverse(name)))
        assert "btn-primary" not in page
        assert "btn-primary" in text(visit(alice, reverse(name))) or name == "worktime:calendar"
    with pytest.raises(NotAllowed):
        visit(None, reverse(name))


def test_the_year_shows_holidays_in_words_and_its_source(visit, bob):
    page = text(visit(bob, reverse("worktime:calendar") + "?year=2026"))
    assert "国庆节" in page
    assert "调休上班，春节" in page
    assert "chinesecalendar" in page
    assert "<small>班</small>" in page
    assert "2027 年还没有官方放假安排" in page  # next year


def test_a_year_without_a_table_warns(visit, alice):
    page = text(visit(alice, reverse("worktime:calendar") + "?year=2027"))
    assert "2027 年还没有官方放假安排，暂按周一至周五上班计算" in page
    assert "发布 2027 年日历" in page
    for year in ("2003", "2051", "x", "９"):
        with pytest.raises(NotThere):
            visit(alice, reverse("worktime:calendar") + f"?year={year}")


EDIT = [
    reverse("worktime:publish", args=[2027]),
    reverse("worktime:day", args=["2026-11-24"]),
    reverse("worktime:edit-hours"),
    reverse("worktime:edit-meaning"),
    reverse("worktime:new-limit"),
]


@pytest.mark.parametrize("address", EDIT)
def test_only_an_administrator_opens_a_form(address, visit, alice, bob):
    assert visit(alice, address).status_code == 200
    for other in (bob, None):
        with pytest.raises(NotAllowed):
            visit(other, address)
        with pytest.raises(NotAllowed):
            visit(other, address, {})


@pytest.mark.parametrize("address", EDIT)
def test_an_empty_form_comes_back_with_sentences_and_saves_nothing(address, visit, alice):
    before = CalendarChange.objects.count()
    answer = visit(alice, address, {"why": "typed"})
    assert answer.status_code == 422
    assert "请填写" in text(answer) or "请选择" in text(answer)
    assert CalendarChange.objects.count() == before


def test_publishing_a_year(visit, alice):
    address = reverse("worktime:publish", args=[2027])
    said = {"source": "国办发明电〔2026〕9号", "rules": "01-01 至 01-03 放假 元旦\n01-09 上班 元旦\nx"}
    answer = visit(alice, address, said)
    assert answer.status_code == 422
    assert "第 3 行" in text(answer)
    assert "01-09 上班 元旦" in text(answer)
    assert not CalendarYear.objects.filter(year=2027).exists()
    answer = visit(alice, address, {**said, "rules": "01-01 放假 元旦\n01-04 上班 元旦"})
    assert answer.status_code == 422
    assert "不是周末" in text(answer)
    answer = visit(alice, address, {**said, "rules": said["rules"].removesuffix("x")})
    assert answer.status_code == 302
    assert DayRule.objects.filter(date__year=2027).count() == 4
    assert "01-01 至 01-03 放假 元旦" in text(visit(alice, address))
    with pytest.raises(NotThere):
        visit(alice, reverse("worktime:publish", args=[1999]))


def test_editing_a_day(visit, alice):
    address = reverse("worktime:day", args=["2026-11-24"])
    assert visit(alice, address, {"kind": "holiday", "why": "台风"}).status_code == 422
    said = {"kind": "holiday", "name": "临时放假", "source": "通知", "why": "台风"}
    assert visit(alice, address, said).status_code == 302
    assert not queries.current_calendar().is_working_day(date(2026, 11, 24))
    assert visit(alice, address, {"kind": "ordinary", "why": "取消"}).status_code == 302
    assert queries.current_calendar().is_working_day(date(2026, 11, 24))
    for day in ("2026-02-30", "today", "1999-01-01"):
        with pytest.raises(NotThere):
            visit(alice, reverse("worktime:day", args=[day]))


def test_editing_office_hours(visit, alice, bob):
    address = reverse("worktime:edit-hours")
    said = {
        "valid_from": "2026-12-01",
        "morning_start": "08:30",
        "morning_end": "12:00",
        "source": "s",
        "why": "w",
    }
    assert visit(alice, address, {**said, "afternoon_start": "13:00"}).status_code == 422
    assert visit(alice, address, {**said, "morning_end": "08:00"}).status_code == 422
    wrong_order = {**said, "afternoon_start": "11:00", "afternoon_end": "17:00"}
    assert visit(alice, address, wrong_order).status_code == 422
    assert visit(alice, address, said).status_code == 302
    assert str(OfficeHours.objects.get(valid_from="2026-12-01").value) == "08:30-12:00"
    assert "08:30-12:00" in text(visit(bob, reverse("worktime:hours")))


def test_choosing_what_a_working_day_means(visit, alice, bob):
    said = {
        "valid_from": "2026-12-01",
        "workday_end": "closing",
        "start_day": "before_opening",
        "source": "s",
        "why": "w",
    }
    assert visit(alice, reverse("worktime:edit-meaning"), said).status_code == 302
    assert UnitMeaning.objects.get().start_day == "before_opening"
    assert "上班前起算的计当日" in text(visit(bob, reverse("worktime:hours")))


def test_limits_are_filtered_and_show_how_well_they_are_known(visit, bob):
    address = reverse("worktime:limits")
    page = text(visit(bob, address + "?process=hotline&stage=audit"))
    assert "共 1 条" in page
    assert "无出处，未经证实" in page
    assert "已核实" in text(visit(bob, address + "?process=hotline&stage=rehandle"))
    assert "共 0 条" in text(visit(bob, address + "?q=没有这个词"))
    assert "险情缺失" in text(visit(bob, address + "?q=01001 险情&page=zzz&provenance=secondary"))


LIMIT = {
    "amount": "2",
    "unit": "workday",
    "valid_from": "2026-12-01",
    "source": "区规定",
    "provenance": "primary",
    "confirmed": "on",
    "remark": "",
    "why": "修订",
}


def test_changing_a_limit_keeps_the_old_row(visit, alice, bob):
    row = TimeLimit.objects.get(process="hotline", stage="audit")
    address = reverse("worktime:limit", args=[row.pk])
    with pytest.raises(NotAllowed):
        visit(bob, address)
    answer = visit(alice, address, {**LIMIT, "amount": "0.5"})
    assert answer.status_code == 422
    assert "须为整数" in text(answer)
    assert visit(alice, address, {**LIMIT, "amount": "NaN"}).status_code == 422
    assert visit(alice, address, {**LIMIT, "unit": "week"}).status_code == 422
    assert visit(alice, address, LIMIT).status_code == 302
    assert TimeLimit.objects.filter(process="hotline", stage="audit").count() == 2
    assert "历次时限" in text(visit(alice, address))
    with pytest.raises(NotThere):
        visit(alice, reverse("worktime:limit", args=[10**9]))


def test_a_new_limit_and_its_end(visit, alice):
    said = {**LIMIT, "process": "hotline", "stage": "audit", "catalogue": "db44t2479-2024/0101"}
    answer = visit(alice, reverse("worktime:new-limit"), {**said, "stage": "check"})
    assert answer.status_code == 422
    assert "没有该环节" in text(answer)
    assert visit(alice, reverse("worktime:new-limit"), said).status_code == 302
    row = TimeLimit.objects.get(catalogue="db44t2479-2024/0101")
    end = reverse("worktime:end-limit", args=[row.pk])
    assert visit(alice, end).status_code == 200
    assert visit(alice, end, {"last_day": "2020-01-01", "why": "x"}).status_code == 422
    assert visit(alice, end, {"last_day": "2026-12-31", "why": "x"}).status_code == 302
    row.refresh_from_db()
    assert row.valid_until == date(2026, 12, 31)


def test_a_failed_recomputation_is_offered_again(visit, alice, bob):
    change = CalendarChange.objects.filter(moves_deadlines=True, heard_at=None).first()
    assert change is not None  # the test's transaction is not committed, so nobody was told
    assert "时限重算未完成" in text(visit(bob, reverse("worktime:calendar")))
    address = reverse("worktime:recompute", args=[change.pk])
    assert visit(alice, address).status_code == 405
    assert visit(alice, address, {}).status_code == 302
    change.refresh_from_db()
    assert change.heard_at is not None


def test_terms_of_upper_rooms_are_handed_in(monkeypatch):
    from chengyun.worktime import vocabulary
    from chengyun.worktime.vocabulary import DayKind

    monkeypatch.setattr(vocabulary, "_terms", {})
    monkeypatch.setattr(vocabulary, "_catalogue_name", None)
    assert term("appeal_type", "holiday") == "holiday"
    register_terms(appeal_types=DayKind, urgencies=DayKind, catalogue_name={"k": "供水井盖"}.get)
    assert term("appeal_type", "holiday") == "放假"
    assert term("appeal_type", "unknown") == "unknown"
    assert term("catalogue", "k") == "供水井盖（k）"
    assert term("catalogue", "other") == "other"
