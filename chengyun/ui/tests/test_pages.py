"""The shell's own pages, their weight, and the parts."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import Http404
from django.template import engines
from django.test import RequestFactory

from chengyun.kernel.actor import Actor, Holding
from chengyun.ui import bell, shapes, views
from chengyun.ui.style import Sample

STATIC = Path(__file__).resolve().parent.parent / "static"
NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)


@pytest.fixture
def request_by(monkeypatch):
    monkeypatch.setattr(bell, "_counts", [lambda _actor: 3])  # the rooms above ask the database

    def make(post="admin", path="/ui/style/", **query):
        request = RequestFactory().get(path, query)
        request.user, request.session, request.now = AnonymousUser(), {}, NOW
        request._messages = FallbackStorage(request)
        request.actor = Actor(1, "王演练", (Holding(post, 1),)) if post else None
        return request

    return make


def _weight(*files):
    return sum(len(gzip.compress(file, 9)) for file in files)


def _draw(request, source, **context):
    return engines["jinja2"].from_string(source).render(context, request)


def test_a_first_load_of_the_page_of_parts_weighs_at_most_60_kb(request_by):
    html = views.style(request_by()).content
    named = set(re.findall(rb'(?:src|href)="/static/([\w/.-]+\.(?:css|js))"', html))
    seldom = dict(
        re.findall(
            r'\["\[([\w-]+)\][^"]*", \(\) => import\("\./(.+?)"\)\]', (STATIC / "ui" / "app.js").read_text()
        )
    )
    assert seldom
    unused = {
        f"ui/{module}".encode() for attribute, module in seldom.items() if attribute.encode() not in html
    }
    modules = {str(path.relative_to(STATIC)).encode() for path in (STATIC / "ui" / "behaviours").glob("*.js")}
    files = [(STATIC / name.decode()).read_bytes() for name in sorted((named | modules) - unused)]
    assert len(files) > 15
    assert _weight(html, *files) <= 60_000


def test_only_an_administrator_sees_the_page_of_parts(request_by, settings):
    settings.DEBUG = False
    assert views.style(request_by("admin")).status_code == 200
    for post in ("intake", None):
        with pytest.raises(Http404):
            views.style(request_by(post))


@pytest.mark.parametrize(
    ("page", "status", "says"),
    [
        (views.bad_request, 400, "请求有误"),
        (views.not_allowed, 403, "没有权限"),
        (views.not_there, 404, "没有找到"),
        (views.failed, 500, "系统出错"),
        (views.csrf_failed, 403, "页面已过期"),
        (views.offline, 200, "网络不通"),
    ],
)
def test_errors_say_what_is_wrong_and_what_next(request_by, page, status, says):
    answer = page(request_by(None))
    assert answer.status_code == status
    assert says in answer.content.decode()
    assert "回到首页" in answer.content.decode()


def test_a_fragment_that_fails_stays_a_fragment(request_by):
    request = request_by(None)
    request.htmx = True
    assert b"<html" not in views.not_there(request).content


def test_the_server_says_a_readers_own_text_without_running_it(request_by):
    answer = views.not_allowed(request_by(None), PermissionError("<script>alert(1)</script>"))
    assert b"<script>alert" not in answer.content


def test_a_field_ties_its_hint_and_its_error(request_by):
    form = Sample({"unit": "1", "reason": "短"})
    drawn = _draw(
        request_by(),
        '{% from "ui/components/form.html" import field %}{{ field(form["reason"]) }}',
        form=form,
    )
    assert 'aria-describedby="id_reason_hint id_reason_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'id="id_reason_error"' in drawn
    assert "必填" in drawn


def test_a_value_that_somebody_typed_is_escaped(request_by):
    class Name(forms.Form):
        name = forms.CharField()

    form = Name({"name": '"><script>alert(1)</script>'})
    drawn = _draw(
        request_by(), '{% from "ui/components/form.html" import fields %}{{ fields(form) }}', form=form
    )
    assert "<script>" not in drawn


def test_a_table_sorts_the_other_way_and_keeps_the_filter(request_by):
    source = (
        '{% from "ui/components/table.html" import table %}'
        '{% call(row) table("t", columns, rows, request=request) %}<td>{{ row }}</td>{% endcall %}'
    )
    columns = [{"key": "due", "label": "截止", "sort": "due"}]
    drawn = _draw(request_by(sort="due", street="3", page="4"), source, columns=columns, rows=["甲"])
    assert 'aria-sort="ascending"' in drawn
    assert 'href="?sort=-due&amp;street=3"' in drawn


def test_an_empty_table_says_what_to_do(request_by):
    source = (
        '{% from "ui/components/table.html" import table %}'
        '{% call(row) table("t", [], [], empty_title="没有待签收的工单") %}{% endcall %}'
    )
    drawn = _draw(request_by(), source)
    assert "没有待签收的工单" in drawn
    assert "<table" not in drawn


def test_a_paused_clock_says_why_and_a_share_stays_in_its_bar(request_by):
    source = (
        '{% from "ui/components/clock.html" import clock %}'
        '{{ clock("处置", "暂停计时", share=1.7, paused="等待补充") }}'
    )
    drawn = _draw(request_by(), source)
    assert "暂停：等待补充" in drawn
    assert 'value="100"' in drawn
    assert "clock-stopped" in drawn


def test_events_fold_by_the_day_in_shanghai():
    late = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)  # 00:30 of the 23rd in Shanghai
    events = [{"moment": NOW}, {"moment": late}, {"moment": late - timedelta(hours=1)}]
    assert [len(day.events) for day in shapes.groupby_day(events)] == [2, 1]


def test_a_trend_fits_its_box():
    assert shapes.spark([1, 3, 2]) == "0.0,26.0 50.0,2.0 100.0,14.0"
    assert shapes.spark([5, 5]) == "0.0,26.0 100.0,26.0"
    assert shapes.spark([7]) == ""
