"""Verbs on contracts and bills: what they write, what they refuse, who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chengyun.budget.contracts import actions, jobs
from chengyun.budget.contracts.ends import span_of, standing_on
from chengyun.budget.contracts.loading import load_reference
from chengyun.budget.contracts.queries import notices_for
from chengyun.budget.contracts.tests.scene import (
    CARDS,
    CLERK,
    FACTS,
    JUNE,
    NOW,
    TEXTS,
    bill,
    contract,
    holder,
    item_of,
    use,
)
from chengyun.budget.contracts.words import BillState, DocumentKind, ItemKind, Standing
from chengyun.budget.models.contracts import (
    Bill,
    Contract,
    ContractDocument,
    ContractEvent,
    ContractItem,
    ContractWarning,
    UsageRecord,
    YearAmount,
)
from chengyun.kernel.errors import Invalid, NotAllowed, NotThere, Refused, Stale
from chengyun.kernel.measures import measure
from chengyun.organisation.posts import Post

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def again(row):
    return type(row).objects.get(pk=row.pk)


@pytest.mark.parametrize("post", [Post.LEADER, Post.AUDITOR, Post.ADMIN])
def test_only_the_budget_clerk_writes(post: Post):
    with pytest.raises(NotAllowed):
        actions.enter_contract(FACTS, actor=holder(post), now=NOW)
    row = contract()
    with pytest.raises(NotAllowed):
        actions.enter_usage(
            item_of(row).pk, month=JUNE, quantity=Decimal(1), reference="x", actor=holder(post), now=NOW
        )
    assert Contract.objects.seen_by(holder(post)).exists() is (post is not Post.ADMIN)


def test_every_fault_of_a_contract_is_told_at_once():
    contract()
    facts = replace(FACTS, title=" ", ends_on=date(2025, 1, 1), procurement="by_lot", source="")
    with pytest.raises(Invalid) as told:
        actions.enter_contract(facts, actor=CLERK, now=NOW)
    assert set(told.value.fields) == {"number", "title", "ends_on", "procurement", "source"}
    assert Contract.objects.count() == 1


def test_a_correction_is_a_row_of_the_history_and_the_second_of_two_is_refused():
    row = contract()
    facts = replace(FACTS, supplier="另一运营商")
    actions.correct_contract(row.pk, facts, seen=row.version, actor=CLERK, now=NOW)
    event = ContractEvent.objects.filter(verb="correct").get()
    assert event.said == {"supplier": ["某运营商", "另一运营商"]}
    with pytest.raises(Stale):
        actions.correct_contract(row.pk, replace(FACTS, title="新"), seen=row.version, actor=CLERK, now=NOW)
    with pytest.raises(TypeError):
        ContractEvent.objects.all().delete()


def test_a_renewal_takes_the_items_along_and_ends_the_older_where_they_overlap():
    old = contract()
    facts = replace(FACTS, number="HT-2026-02", begins_on=date(2026, 12, 1), ends_on=date(2027, 11, 30))
    new = actions.renew_contract(old.pk, facts, actor=CLERK, now=NOW)
    assert [item.unit_price for item in new.items.all()] == [128]
    assert span_of(again(old)).end == date(2026, 11, 30)
    assert standing_on(again(old), date(2026, 12, 2)) is Standing.RENEWED
    early = replace(facts, number="HT-3", begins_on=date(2026, 1, 1))
    with pytest.raises(Invalid, match="续签须晚于"):
        actions.renew_contract(old.pk, early, actor=CLERK, now=NOW)


def test_an_early_stop_lies_before_the_end():
    row = contract()
    with pytest.raises(Invalid, match="提前终止要早于这一天"):
        actions.stop_contract(
            row.pk, stopped_on=FACTS.ends_on, reason="x", seen=row.version, actor=CLERK, now=NOW
        )
    actions.stop_contract(row.pk, stopped_on=JUNE, reason="设备更换", seen=row.version, actor=CLERK, now=NOW)
    assert standing_on(again(row), TODAY) is Standing.STOPPED


def test_items_that_make_no_sense_are_refused():
    row = contract()
    wrong = replace(CARDS, unit_price=Decimal(-1), kind=ItemKind.ONE_OFF)
    with pytest.raises(Invalid) as told:
        actions.add_item(row.pk, wrong, seen=row.version, actor=CLERK, now=NOW)
    assert set(told.value.fields) == {"name", "unit_price", "due_month", "feed"}
    use(item_of(row), 43)
    with pytest.raises(Invalid, match="不能删除"):
        actions.remove_item(item_of(row).pk, seen=row.version, actor=CLERK, now=NOW)


class TestBills:
    def test_due_by_the_contract_s_days_and_paid_late_or_in_time(self):
        row = bill(contract(), "5504.00")
        assert row.due_on == date(2026, 7, 18)
        assert row.state_on(date(2026, 7, 10)) is BillState.OPEN
        assert row.state_on(date(2026, 7, 18)) is BillState.DUE_SOON
        assert row.state_on(date(2026, 7, 19)) is BillState.OVERDUE
        paid = actions.pay_bill(row.pk, paid_on=TODAY, voucher="V1", seen=1, actor=CLERK, now=NOW)
        assert paid.state_on(date(2026, 8, 1)) is BillState.PAID
        with pytest.raises(Refused):
            actions.pay_bill(row.pk, paid_on=TODAY, seen=2, actor=CLERK, now=NOW)

    def test_a_payment_taken_back_and_a_bill_made_void_are_on_record(self):
        row = bill(contract(), "5504.00")
        actions.pay_bill(row.pk, paid_on=TODAY, seen=1, actor=CLERK, now=NOW)
        with pytest.raises(Refused, match="先撤销"):
            actions.void_bill(row.pk, reason="x", seen=2, actor=CLERK, now=NOW)
        with pytest.raises(Stale):
            actions.take_back_payment(row.pk, reason="登记错", seen=1, actor=CLERK, now=NOW)
        actions.take_back_payment(row.pk, reason="登记错", seen=2, actor=CLERK, now=NOW)
        actions.void_bill(row.pk, reason="金额录错", seen=3, actor=CLERK, now=NOW)
        assert again(row).state_on(TODAY) is BillState.VOID
        assert bill(row.contract, "5505.00").number == row.number
        verbs = list(ContractEvent.objects.values_list("verb", flat=True))
        assert verbs[-5:] == ["enter_bill", "pay_bill", "take_back_payment", "void_bill", "enter_bill"]

    @pytest.mark.parametrize("amount", ["0", "-1", "1.001", "NaN"])
    def test_an_amount_that_is_none(self, amount: str):
        with pytest.raises(Invalid):
            bill(contract(), amount)
        assert not Bill.objects.exists()

    def test_paid_in_time_is_measured(self):
        row = contract()
        late, good = bill(row, "1.00", date(2026, 5, 1), "F-5"), bill(row, "2.00", date(2026, 4, 1), "F-4")
        bill(row, "3.00")  # falls due after the period
        actions.pay_bill(good.pk, paid_on=good.due_on, seen=1, actor=CLERK, now=NOW)
        actions.pay_bill(late.pk, paid_on=late.due_on + timedelta(days=1), seen=1, actor=CLERK, now=NOW)
        found = measure("budget.bills_paid_in_time")
        assert found is not None
        measured = found.compute(NOW.replace(month=1, day=1, hour=0), NOW.replace(day=1, hour=0))
        assert [measured.numerator, measured.denominator, measured.value] == [
            Decimal(1),
            Decimal(2),
            Decimal(50),
        ]
        assert measured.coverage == Decimal(3) / 6  # six months are over, three have a bill
        empty = found.compute(NOW.replace(year=2020), NOW.replace(year=2021))
        assert (empty.value, empty.coverage) == (None, None)


class TestWarnings:
    def test_each_bound_once_and_not_after_a_renewal(self):
        row = contract(ends_on=date(2026, 12, 31))
        for when, expected in (("2026-10-01", 0), ("2026-10-02", 1), ("2026-11-15", 2), ("2026-12-05", 3)):
            moment = NOW.replace(month=int(when[5:7]), day=int(when[8:]))
            jobs.watch_ends(now=moment)
            jobs.watch_ends(now=moment)
            assert ContractWarning.objects.count() == expected, when
        assert ContractEvent.objects.filter(verb="notice_end").count() == 3
        december = NOW.replace(month=12, day=6)
        assert [one.left for one in notices_for(CLERK, december)] == [25]
        assert notices_for(holder(Post.AUDITOR), december) == []
        facts = replace(FACTS, number="HT-2", begins_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))
        actions.renew_contract(row.pk, facts, actor=CLERK, now=december)
        assert notices_for(CLERK, december) == []

    def test_entered_late_is_warned_of_in_one_breath_and_can_be_taken_in(self):
        row = contract(ends_on=TODAY + timedelta(days=20))
        jobs.watch_ends(now=NOW)
        assert ContractWarning.objects.count() == 3
        assert ContractEvent.objects.filter(verb="notice_end").count() == 1
        actions.see_notice(row.pk, actor=CLERK, now=NOW)
        assert notices_for(CLERK, NOW) == []
        with pytest.raises(NotThere):
            actions.see_notice(row.pk, actor=CLERK, now=NOW)


class TestUsage:
    def test_the_newest_record_counts_and_the_older_stays(self):
        item = item_of(contract())
        use(item, 43)
        use(item, 41)
        assert [row.quantity for row in UsageRecord.objects.all()] == [43, 41]
        with pytest.raises(Invalid, match="今后"):
            use(item, 1, date(2026, 8, 1))

    def test_a_file_comes_in_row_by_row_and_twice_changes_nothing(self):
        contract()
        lines = [
            "合同编号,项目,月份,数量,依据",
            "HT-2026-01,月费,2026-05,42,五月清单",
            'HT-2026-01,月费,2026年6月,"1,041",',
            "HT-9,月费,2026-05,1,",
            "HT-2026-01,没有,2026-13,四十,",
            "HT-2026-01,月费,2026-12,43,",
        ]
        text = "\n".join(lines).encode("gb18030")

        def taken():
            file = SimpleUploadedFile("cards.csv", text)
            return actions.import_usage(file, actor=CLERK, now=NOW)

        run = taken()
        assert (run.read, run.taken, run.known) == (5, 2, 0)
        told = [(one["line"], one["field"]) for one in run.rejects]
        assert told == [(4, "合同编号"), (5, "项目"), (5, "月份"), (5, "数量"), (6, "月份")]
        assert (taken().taken, UsageRecord.objects.count()) == (0, 2)

    def test_what_is_no_table_is_refused_in_words(self):
        with pytest.raises(Invalid, match="CSV 或 XLSX"):
            actions.import_usage(SimpleUploadedFile("cards.pdf", b"%PDF"), actor=CLERK, now=NOW)
        with pytest.raises(Refused, match=r"cards\.xlsx"):
            actions.import_usage(SimpleUploadedFile("cards.xlsx", b"PK\x03\x04"), actor=CLERK, now=NOW)


class TestDocuments:
    @pytest.fixture(autouse=True)
    def _folder(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path

    def test_judged_by_content_and_kept_once(self):
        row = contract()
        pdf = b"%PDF-1.4\n1 0 obj\nendobj\n%%EOF\n"
        kind = DocumentKind.CONTRACT

        def hand_in(name: str, content: bytes) -> ContractDocument:
            return actions.add_document(
                row.pk, SimpleUploadedFile(name, content), kind=kind, actor=CLERK, now=NOW
            )

        found = hand_in("../合同.docx", pdf)
        assert (found.media_type, found.original_name, found.download_name) == (
            "application/pdf",
            "合同.docx",
            "合同.pdf",
        )
        with pytest.raises(Invalid, match="内容相同"):
            hand_in("again.pdf", pdf)
        for content in (b"MZ\x90\x00program", b""):
            with pytest.raises(Invalid):
                hand_in("合同.pdf", content)
        actions.withdraw_document(found.pk, reason="传错", actor=CLERK, now=NOW)
        assert again(found).withdrawn_at == NOW


def test_the_example_is_loaded_once_and_never_over_somebody_s_work():
    load_reference(now=NOW)
    load_reference(now=NOW)
    assert ContractItem.objects.count() == Contract.objects.filter(example=True).count() == 2
    assert YearAmount.objects.get().amount == Decimal("152500.00")
    row = Contract.objects.get(service="监督员手机卡")
    item = item_of(row)
    wanted = replace(CARDS, name=item.name, unit_price=Decimal(120))
    actions.correct_item(item.pk, wanted, seen=row.version, actor=CLERK, now=NOW)
    load_reference(now=NOW)
    assert (again(item).unit_price, again(row).example) == (120, False)


def test_an_item_of_a_package_keeps_only_what_belongs_to_it():
    row = contract(replace(TEXTS, quantity=Decimal(7), due_month=JUNE))
    assert (item_of(row).quantity, item_of(row).due_month) == (Decimal(1), None)
