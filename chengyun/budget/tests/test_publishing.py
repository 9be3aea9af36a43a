"""Publishing: the gate, the clock, corrections, who sees what. Files are the quick ones; the rest is tested beside."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from chengyun.budget.kinds import Fund, LineKind, Source, Stage
from chengyun.budget.ledger.actions.amounts import set_amount, set_income
from chengyun.budget.ledger.actions.budgets import begin_from
from chengyun.budget.ledger.actions.stages import move_stage
from chengyun.budget.ledger.actions.texts import give_reasons
from chengyun.budget.ledger.keys import LineKey
from chengyun.budget.ledger.loading import load_reference
from chengyun.budget.models import Budget, BudgetLine, Declaration, IncomeLine, Publication, PublicationEvent
from chengyun.budget.performance.loading import load_reference as load_forms
from chengyun.budget.publishing import actions, queries
from chengyun.budget.publishing.html import as_html
from chengyun.budget.publishing.package import as_package
from chengyun.budget.publishing.term import load_term
from chengyun.budget.publishing.txt import as_txt
from chengyun.budget.publishing.words import FileKind
from chengyun.kernel.errors import Invalid, NotAllowed, NotThere, Refused, Stale
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import centre, enter, person

NOW = datetime(2024, 2, 1, 2, tzinfo=UTC)
LATE = datetime(2024, 2, 15, 2, tzinfo=UTC)


@pytest.fixture
def budget(db, monkeypatch, settings, tmp_path) -> Budget:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(
        actions,
        "rendered",
        lambda facts, document: {
            FileKind.TXT: as_txt(document),
            FileKind.HTML: as_html(document),
            FileKind.PACKAGE: as_package(facts, document),
        },
    )
    centre()
    load_reference(now=NOW)
    load_term(now=NOW)
    Budget.objects.update(approved_on=date(2024, 1, 25))
    return Budget.objects.get()


@pytest.fixture
def clerk(budget):
    return person("wang", Post.BUDGET)


def published(budget: Budget, actor, now: datetime = NOW, note: str = "") -> Publication:
    made = actions.prepare(budget.pk, correction_note=note, actor=actor, now=now)
    return actions.release(made.pk, seen=made.version, actor=actor, now=now)


def more_for_offices(budget: Budget) -> None:
    """1,000.00 元 more for 办公费, as an adjustment that was approved leaves it."""
    line = BudgetLine.objects.get(eco_code="30201")
    BudgetLine.objects.filter(pk=line.pk).update(amount=line.amount + 1000)
    income = IncomeLine.objects.get()
    IncomeLine.objects.filter(pk=income.pk).update(amount=income.amount + 1000)
    Budget.objects.update(revision=budget.revision + 1)


def test_the_example_is_published_and_everybody_reads_it(budget, clerk, client) -> None:
    made = actions.prepare(budget.pk, actor=clerk.actor, now=NOW)
    assert made.failures == []
    assert (made.number, made.due_on) == (1, date(2024, 2, 14))
    assert client.get(reverse("budget:open-budget", args=[made.pk])).status_code == 404
    assert client.get(reverse("budget:open-file", args=[made.pk, "txt"])).status_code == 404
    out = actions.release(made.pk, seen=made.version, actor=clerk.actor, now=NOW)
    page = client.get(reverse("budget:open-budget", args=[out.pk])).content.decode()
    assert '<tr id="t5-2120199">' in page
    assert "6,346,395.92" in page
    assert "8,759,561.13" in client.get(reverse("budget:open-file", args=[out.pk, "txt"])).getvalue().decode()
    assert out.title in client.get(reverse("budget:open-budgets")).content.decode()
    assert [event.deed for event in out.events.all()] == ["prepared", "released"]


def test_the_declared_form_of_a_project_is_published_with_its_note(budget, clerk) -> None:
    load_forms(now=NOW)
    Declaration.objects.filter(level="project", variant="working").update(state="declared")
    made = actions.prepare(budget.pk, actor=clerk.actor, now=NOW)
    assert made.failures == []
    form = made.content["projects"][0]["form"]
    assert "工单短信告知覆盖率" in {cell["text"] for cell in form["cells"]}
    assert "PRJ-7" not in {line["id"] for line in made.findings}


def test_the_next_year_from_this_one_passes_the_check_against_it(budget, clerk) -> None:
    who = {"actor": clerk.actor, "now": NOW}
    after = begin_from(budget.pk, fiscal_year=2025, **who)
    offices = LineKey(LineKind.BASIC, "2120199", "30201")
    reception = LineKey(LineKind.BASIC, "2120199", "30217")
    set_amount(after.pk, offices, Decimal("60000.00"), **who)
    set_amount(after.pk, reception, Decimal("1000.00"), **who)
    set_income(after.pk, Source.GRANT, Fund.GENERAL, Decimal("8739761.13"), **who)
    give_reasons(after.pk, {"spending_grant": "压减办公支出", "three_public": "接待减少"}, **who)
    for stage in (Stage.FIRST_UP, Stage.FIRST_DOWN, Stage.SECOND_UP, Stage.APPROVED):
        after.refresh_from_db()
        day = date(2025, 1, 24) if stage is Stage.APPROVED else None
        move_stage(after.pk, stage, seen=after.version, approved_on=day, **who)
    made = actions.prepare(after.pk, **who)
    assert made.failures == []
    assert not {"NAR-03", "NAR-04"} & {line["id"] for line in made.findings}
    text = [one["text"] for section in made.content["sections"] for one in section["paragraphs"]]
    assert any("财政拨款支出预算873.98万元，比2024年预算减少1.98万元" in one for one in text)
    public = [one["text"] for one in made.content["closing"][0]["paragraphs"]]
    assert "（二）公务接待费0.10万元，比2024年预算减少0.19万元，主要原因是接待减少。" in public


def test_a_contradiction_is_not_published(budget, clerk) -> None:
    IncomeLine.objects.update(amount=Decimal("8759561.00"))
    made = actions.prepare(budget.pk, actor=clerk.actor, now=NOW)
    assert "BAL-01" in {line["id"] for line in made.failures}
    with pytest.raises(Refused, match="核对未通过"):
        actions.release(made.pk, seen=made.version, actor=clerk.actor, now=NOW)
    fatal = made.failures[0]["key"]
    with pytest.raises(Refused, match="致命问题"):
        actions.explain(
            made.pk, fatal, text="金额以财政批复为准", seen=made.version, actor=clerk.actor, now=NOW
        )
    assert Publication.objects.get().state == "prepared"


def test_an_error_that_is_explained_no_longer_blocks(budget, clerk) -> None:
    made = actions.prepare(budget.pk, actor=clerk.actor, now=NOW)
    error = {
        "id": "SG-02",
        "severity": "E",
        "blocking": True,
        "key": "abc",
        "message_zh": "表9小于表8",
        "consequences": [],
    }
    Publication.objects.update(findings=[error])
    with pytest.raises(Refused, match="表9小于表8"):
        actions.release(made.pk, seen=0, actor=clerk.actor, now=NOW)
    with pytest.raises(Invalid):
        actions.explain(made.pk, "abc", text="无", seen=0, actor=clerk.actor, now=NOW)
    actions.explain(made.pk, "abc", text="差额在项目支出中列支", seen=0, actor=clerk.actor, now=NOW)
    with pytest.raises(Stale):
        actions.release(made.pk, seen=0, actor=clerk.actor, now=NOW)
    assert actions.release(made.pk, seen=1, actor=clerk.actor, now=NOW).state == "released"


def test_the_clock_of_twenty_days(budget, clerk) -> None:
    def clock(now: datetime):
        return queries.standings(actor=clerk.actor, now=now)[0].clock

    assert (clock(NOW).left, clock(NOW).meaning) == (13, "calm")
    assert clock(datetime(2024, 2, 14, 15, tzinfo=UTC)).left == 0
    assert (clock(LATE).left, clock(LATE).late, clock(LATE).meaning) == (-1, True, "overdue")
    made = actions.prepare(budget.pk, actor=clerk.actor, now=LATE)
    with pytest.raises(Invalid, match="2024-02-14"):
        actions.release(made.pk, seen=made.version, actor=clerk.actor, now=LATE)
    out = actions.release(
        made.pk, seen=made.version, late_reason="批复文件送达较晚", actor=clerk.actor, now=LATE
    )
    assert out.late_reason == "批复文件送达较晚"
    assert clock(datetime(2024, 6, 1, tzinfo=UTC)).left == -1  # it stops with the publication
    actions.set_term(
        days=30,
        valid_from=date(2024, 1, 1),
        source="区财政局通知",
        provenance="primary",
        actor=clerk.actor,
        now=NOW,
    )
    assert actions.due_on(date(2024, 1, 25)) == date(2024, 2, 24)


def test_a_correction_is_a_new_version_with_a_public_difference(budget, clerk, client) -> None:
    first = published(budget, clerk.actor)
    with pytest.raises(Invalid, match="更正"):
        actions.prepare(budget.pk, actor=clerk.actor, now=NOW)
    with pytest.raises(Refused, match="完全相同"):
        actions.prepare(budget.pk, correction_note="没有改动", actor=clerk.actor, now=NOW)
    more_for_offices(budget)
    second = published(budget, clerk.actor, LATE, "办公费按批复调整")
    assert (second.number, second.supersedes_id) == (2, first.pk)
    said = client.get(reverse("budget:open-difference", args=[second.pk])).content.decode()
    for text in ("办公费按批复调整", "77,874.00", "78,874.00", "876.06万元"):
        assert text in said
    old = client.get(reverse("budget:open-budget", args=[first.pk])).content.decode()
    assert "已被更正" in old
    assert reverse("budget:open-budget", args=[second.pk]) in old
    assert len(queries.released_budgets()) == 1


def test_what_waits_is_of_one_state_of_the_ledger(budget, clerk) -> None:
    made = actions.prepare(budget.pk, actor=clerk.actor, now=NOW)
    more_for_offices(budget)
    with pytest.raises(Stale, match="台账有改动"):
        actions.release(made.pk, seen=made.version, actor=clerk.actor, now=NOW)
    again = actions.prepare(budget.pk, actor=clerk.actor, now=NOW)
    made.refresh_from_db()
    assert (made.state, again.number) == ("dropped", 1)
    actions.drop(again.pk, seen=again.version, actor=clerk.actor, now=NOW)
    assert PublicationEvent.objects.filter(deed="dropped").count() == 2
    Budget.objects.update(stage="adjusted")
    with pytest.raises(Refused, match="批复后才能公开"):
        actions.prepare(budget.pk, actor=clerk.actor, now=NOW)


def test_who_may(budget, clerk) -> None:
    leader, intake = person("li", Post.LEADER).actor, person("zhao", Post.INTAKE).actor
    made = actions.prepare(budget.pk, actor=clerk.actor, now=NOW)
    with pytest.raises(NotAllowed):
        actions.release(made.pk, seen=made.version, actor=leader, now=NOW)
    assert queries.publication_of(made.pk, actor=leader) == made
    for stranger in (intake, None):
        with pytest.raises(NotThere):
            queries.publication_of(made.pk, actor=stranger)


def test_the_clerk_prepares_and_publishes_in_the_browser(budget, clerk, client) -> None:
    enter(client, clerk)
    assert "2024-02-14" in client.get(reverse("budget:publications")).content.decode()
    answer = client.post(reverse("budget:prepare-publication", args=[budget.pk]), {})
    made = Publication.objects.get()
    assert answer.headers["Location"] == reverse("budget:publication", args=[made.pk])
    page = client.get(answer.headers["Location"]).content.decode()
    assert "核对通过" in page
    assert reverse("budget:release-publication", args=[made.pk]) in page
    late = client.post(reverse("budget:release-publication", args=[made.pk]), {"seen": made.version})
    assert late.status_code == 422  # today is long after the term
    assert "迟延原因" in late.content.decode()
    done = client.post(
        reverse("budget:release-publication", args=[made.pk]),
        {"seen": made.version, "late_reason": "系统上线前批复"},
    )
    assert done.status_code == 302
    made.refresh_from_db()
    assert made.state == "released"
