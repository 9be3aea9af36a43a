"""What stands on the page of a case, for whom, and what happens when something is wrong."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from chengyun.cases.actions import move
from chengyun.cases.models import Attachment, Case, CaseEvent, Contact
from chengyun.geography.models import Grid
from chengyun.kernel import clock
from chengyun.kernel.actor import SYSTEM
from chengyun.organisation.models import AccessLog, GridDuty
from chengyun.organisation.posts import Post
from chengyun.organisation.tests.people import bureau
from chengyun.workbench.case_record import record_of
from chengyun.workbench.case_sheet import sheet_data
from chengyun.workbench.tests.pages import Staff, finding, limit, order, staff

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def people() -> Staff:
    return staff()


@pytest.fixture
def grid():
    """A unit grid."""
    return Grid.objects.create(kind="unit", code="310113003001001", name="一号网格", valid_from="2000-01-01")


def to_unit(people: Staff, **said) -> str:
    """An order that lies with the bureau, unsigned."""
    case = order(people[Post.INTAKE], clock.now() - timedelta(minutes=5), **said)
    actor, now = people[Post.DISPATCHER].who.actor, clock.now()
    move(case.id, "dispatch", actor=actor, seen=1, now=now, said={"unit": people.unit.pk})
    return str(case["number"])


def address(name: str, number: str, *more: str) -> str:
    return reverse(f"workbench:{name}", args=[number, *more])


def photo(name: str = "现场.png") -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), "image/png")


def test_a_case_that_one_may_not_see_is_not_there(people):
    number = order(people[Post.INTAKE])["number"]
    for name in ("case", "case-head", "case-similar", "case-contact", "case-history-check", "case-sheet"):
        assert people[Post.UNIT].client.get(address(name, number)).status_code == 404, name
    assert people[Post.UNIT].client.get(address("case-verb", number, "sign")).status_code == 404
    assert people[Post.INTAKE].client.get(address("case", "RX310113-20000101-00001")).status_code == 404


def test_only_permitted_verbs_are_offered(people):
    number = to_unit(people)
    unit, intake = people[Post.UNIT].page(number), people[Post.INTAKE].page(number)
    assert address("case-verb", number, "sign") in unit
    assert address("case-verb", number, "sign") not in intake
    assert address("case-verb", number, "recall") not in unit
    answer = people[Post.INTAKE].client.post(address("case-verb", number, "sign"), {"seen": "2"})
    assert answer.status_code == 403
    assert Case.objects.get(number=number).state == "dispatched"


def test_an_unknown_verb_is_refused_in_words(people):
    number = to_unit(people)
    answer = people[Post.UNIT].client.get(address("case-verb", number, "explode"))
    assert answer.status_code == 400
    assert "没有“explode”这个操作" in answer.content.decode()


def test_the_second_clerk_is_told_who_was_first_and_keeps_what_was_typed(people):
    number = order(people[Post.INTAKE])["number"]
    leader, dispatcher = people[Post.SHIFT_LEADER], people[Post.DISPATCHER]
    form = dispatcher.form(number, "merge")
    leader.do(number, "note", note="先放一放")
    said = {**form.values, "into": "RX310113-20261101-00009", "note": "写了很长的说明"}
    answer = dispatcher.client.post(form.action, said)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "shift_leader 已于" in page
    assert "对本案做了“备注”" in page
    assert "写了很长的说明" in page
    assert "RX310113-20261101-00009" in page
    assert 'name="seen" value="2"' in page  # having seen it, the clerk may send again
    fragment = dispatcher.client.post(form.action, said, headers=HTMX)
    assert fragment.status_code == 409
    assert 'hx-swap-oob="innerHTML"' in fragment.content.decode()
    assert CaseEvent.objects.filter(case__number=number).count() == 2


def test_a_version_that_is_no_number_is_stale(people):
    number = to_unit(people)
    answer = people[Post.UNIT].client.post(address("case-verb", number, "sign"), {"seen": "二"})
    assert answer.status_code == 409


def test_what_is_wrong_stands_beside_the_field(people):
    number = to_unit(people)
    unit = people[Post.UNIT]
    form = unit.form(number, "send_back")
    answer = unit.send(form, reason="x" * 4001)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写建议承办单位" in page
    assert "最多 4000 字，现在 4001 字" in page
    assert "x" * 4001 in page
    assert page.count('aria-invalid="true"') == 2
    assert Case.objects.get(number=number).version == 2


def test_for_htmx_only_the_form_comes_back_and_success_leads_to_the_case(people):
    number = to_unit(people)
    client, target = people[Post.UNIT].client, address("case-verb", number, "sign")
    form = client.get(target, headers=HTMX).content.decode()
    assert form.lstrip().startswith("<section")
    answer = client.post(target, {"seen": "2"}, headers=HTMX)
    assert answer.headers["HX-Redirect"] == address("case", number)


def test_the_caller_is_masked_and_revealed_with_a_reason(people):
    number = order(people[Post.INTAKE])["number"]
    client, target = people[Post.DISPATCHER].client, address("case-contact", number)
    page = people[Post.DISPATCHER].page(number)
    assert "138****5678" in page
    assert "13812345678" not in page
    assert "王小明" not in page
    refused = client.post(target, {"fields": ["phone"], "reason": "看"}, headers=HTMX)
    assert refused.status_code == 422
    assert "请写明查看理由" in refused.content.decode()
    assert "13812345678" not in refused.content.decode()
    shown = client.post(target, {"fields": ["phone"], "reason": "联系市民核实地点"}).content.decode()
    assert "13812345678" in shown
    assert "王小明" not in shown
    row = AccessLog.objects.get(subject="case")
    assert (row.subject_ref, row.field, row.reason) == (number, "phone", "联系市民核实地点")


def test_a_unit_never_learns_of_a_secret_caller(people):
    number = to_unit(people, appeal_type="report", description="我是王小明，电话 13812345678，请查。")
    page = people[Post.UNIT].page(number)
    assert "来电人要求保密" in page
    for told in ("王", "5678", address("case-contact", number)):
        assert told not in page
    answer = people[Post.UNIT].client.post(
        address("case-contact", number), {"fields": ["phone"], "reason": "想知道是谁"}
    )
    assert answer.status_code == 403
    assert "138****5678" in people[Post.DISPATCHER].page(number)  # the centre reads the text, masked


def test_a_letter_of_the_text_is_never_markup(people):
    number = order(people[Post.INTAKE], title="<b>标题</b>", description="<script>alert(1)</script>")[
        "number"
    ]
    page = people[Post.INTAKE].page(number)
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_clocks_show_limit_source_and_how_well_it_is_known(people):
    limit("hotline", "sign", 2)
    page = people[Post.UNIT].page(to_unit(people))
    assert "2 工作日" in page
    assert "测试资料" in page
    assert "二手资料，未经证实" in page
    assert "还剩" in page


def test_who_did_it_for_whom_is_told(people):
    number = to_unit(people)
    event = CaseEvent.objects.get(case__number=number, seq=2)
    CaseEvent.objects.filter(pk=event.pk).update(behalf_of=people[Post.SHIFT_LEADER].who.person)
    assert "代 shift_leader" in people[Post.UNIT].page(number)


def test_the_history_is_held_against_itself(people):
    number = to_unit(people)
    client, target = people[Post.DISPATCHER].client, address("case-history-check", number)
    assert "历史完整" in client.get(target, headers=HTMX).content.decode()
    CaseEvent.objects.filter(case__number=number, seq=1).update(actor_name="别人")
    answer = client.get(target).content.decode()
    assert "历史有问题" in answer
    assert "第 1 行被改动" in answer


def test_the_head_alone_tells_of_a_move(people):
    number = to_unit(people)
    client = people[Post.INTAKE].client
    quiet = client.get(address("case-head", number), {"seen": "2"}).content.decode()
    assert "待签收" in quiet
    assert "案件刚有新进展" not in quiet
    people[Post.UNIT].do(number, "sign")
    moved = client.get(address("case-head", number), {"seen": "2"}).content.decode()
    assert "待先行联系" in moved
    assert "案件刚有新进展" in moved


def test_files_come_in_once_however_often_the_form_is_sent(people):
    number = to_unit(people)
    client = people[Post.DISPATCHER].client
    for _ in range(2):
        said = {
            "client_id": "7f7f2d34-54c2-4a5e-9a28-2f3d1a7b8c90",
            "kind": "before",
            "files": [photo(), photo("二.png")],
        }
        assert client.post(address("case-files", number), said).status_code == 302
    assert Attachment.objects.filter(case__number=number, kind="before").count() == 2
    page = people[Post.UNIT].page(number)
    assert "现场.png" in page
    assert "处置前" in page
    assert reverse("cases:attachment", args=[Attachment.objects.first().pk, "thumb"]) in page
    assert reverse("cases:attachment", args=[Attachment.objects.first().pk, "original"]) not in page


def test_a_file_that_is_not_what_it_says_is_refused_in_words(people):
    number = to_unit(people)
    client = people[Post.DISPATCHER].client
    wrong = SimpleUploadedFile("照片.png", b"MZ\x90\x00 not a picture", "image/png")
    answer = client.post(address("case-files", number), {"kind": "before", "files": [wrong]}, follow=True)
    assert "照片.png" in answer.content.decode()
    assert not Attachment.objects.exists()
    assert "请先选择文件" in client.post(address("case-files", number), follow=True).content.decode()


def test_photos_of_a_verb_survive_a_refused_form_and_stand_at_its_event(people):
    number = finding(people[Post.INSPECTOR])["number"]
    people[Post.SHIFT_LEADER].do(number, "file", criterion_own="影响通行")
    people[Post.DISPATCHER].do(number, "dispatch", unit=people.unit.pk)
    handler = people[Post.HANDLER]
    people[Post.UNIT].do(number, "assign_handler", handler=handler.who.person.pk)
    form = handler.form(number, "dispose")
    answer = handler.client.post(form.action, {**form.values, "files": [photo()]})
    assert answer.status_code == 422
    waiting = Attachment.objects.get()
    assert f'name="attachments" value="{waiting.pk}"' in answer.content.decode()
    done = {**form.values, "result": "已换", "attachments": [waiting.pk]}
    assert handler.client.post(form.action, done).status_code == 303
    kept = Attachment.objects.get()
    assert (kept.case.number, kept.kind) == (number, "after")
    assert kept.event_seq == Case.objects.get(number=number).version


def test_possibly_repeated_cases_come_with_a_reason_and_open_ones_first(people):
    spot = {"longitude": 121.4801, "latitude": 31.4005}
    case = finding(people[Post.INSPECTOR], **spot)
    near = finding(people[Post.INSPECTOR], title="井盖破损严重", longitude=121.4803, latitude=31.4006)
    closed = finding(people[Post.INSPECTOR], title="井盖破损", **spot)
    move(closed.id, "void", actor=SYSTEM, seen=1, now=clock.now(), said={"reason": "重复"})
    far = finding(people[Post.INSPECTOR], title="道路积水", longitude=121.6, latitude=31.5)
    page = people[Post.INTAKE].client.get(address("case-similar", case["number"])).content.decode()
    assert page.index(near["number"]) < page.index(closed["number"])
    assert far["number"] not in page
    assert "标题相似" in page
    hidden = people[Post.UNIT].client.get(address("case-similar", case["number"]))
    assert hidden.status_code == 404


def test_the_same_telephone_is_a_reason_only_for_those_who_may_see_callers(people):
    first = order(people[Post.INTAKE], title="夜间施工噪声")["number"]
    second = order(people[Post.INTAKE], title="垃圾无人清运")["number"]
    page = people[Post.INTAKE].client.get(address("case-similar", second)).content.decode()
    assert first in page
    assert "同一来电号码" in page
    inspector = people[Post.INSPECTOR]
    Case.objects.update(reporter=inspector.who.person)
    assert first not in inspector.client.get(address("case-similar", second)).content.decode()


def test_the_inspector_of_the_grid_is_chosen_beforehand(people, grid):
    inspector = people[Post.INSPECTOR].who.person
    GridDuty.objects.create(grid=grid, inspector=inspector, valid_from="2000-01-01")
    number = finding(people[Post.INSPECTOR], channel="public")["number"]
    Case.objects.filter(number=number).update(grid=grid)
    assert people[Post.INTAKE].form(number, "order_verification").values["inspector"] == [str(inspector.pk)]


def test_the_unit_that_answers_for_the_grid_is_suggested_with_a_reason(people, grid):
    GridDuty.objects.create(grid=grid, unit=people.unit, valid_from="2000-01-01")
    bureau("另一局")
    number = order(people[Post.INTAKE])["number"]
    Case.objects.filter(number=number).update(grid=grid)
    target = address("case-verb", number, "dispatch")
    form = people[Post.DISPATCHER].client.get(target).content.decode()
    assert "网格职责" in form
    assert people[Post.DISPATCHER].form(number, "dispatch").values["unit"] == [str(people.unit.pk)]


def test_the_sheet_is_a_pdf_that_names_nobody_in_full(people):
    number = to_unit(people)
    answer = people[Post.DISPATCHER].client.get(address("case-sheet", number))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert number in answer.headers["Content-Disposition"]


def test_the_words_of_an_order_are_shown_in_full_with_a_reason_only(people):
    number = order(people[Post.INTAKE], description="请打 13912345678")["number"]
    clerk = people[Post.DISPATCHER]
    assert "13912345678" not in clerk.page(number)
    asked = {"fields": ["description"], "reason": "核对来电人留下的号码"}
    assert "13912345678" in clerk.client.post(address("case-contact", number), asked).content.decode()
    assert AccessLog.objects.get().field == "description"
    said = str(sheet_data(record_of(number, people[Post.DISPATCHER].who.actor, clock.now())))
    assert "139****5678" in said
    assert "13912345678" not in said


def test_the_sheet_says_what_the_page_says(people):
    number = to_unit(people)
    actor = people[Post.UNIT].who.actor
    said = str(sheet_data(record_of(number, actor, clock.now())))
    for words in (number, "小区门口路灯不亮", "138****5678", "派遣", "绿化局", "liaison"):
        assert words in said
    assert "13812345678" not in said
    Case.objects.filter(number=number).update(secret=True)
    secret = str(sheet_data(record_of(number, actor, clock.now())))
    assert "来电人要求保密" in secret
    assert "5678" not in secret


def test_a_page_takes_a_fixed_number_of_queries(people):
    number = to_unit(people)
    unit = people[Post.UNIT]
    unit.do(number, "sign")
    unit.do(number, "contact", reached="yes")
    unit.page(number)
    with CaptureQueriesContext(connection) as short:
        unit.page(number)
    for place in range(8):
        unit.do(number, "report_interim", report=f"进展 {place}")
        unit.do(number, "add_helper", helper=bureau(f"局 {place}").pk, task="配合")
    unit.page(number)
    with CaptureQueriesContext(connection) as long:
        unit.page(number)
    # Versions of what is kept in memory are looked at once a second: up to three queries may come on top.
    assert len(long) <= len(short) + 3
    assert len(long) <= 18, "\n".join(query["sql"][:120] for query in long.captured_queries)


def test_a_case_without_contact_place_or_class_has_a_page(people):
    number = finding(people[Post.INSPECTOR], description="")["number"]
    assert not Contact.objects.exists()
    page = people[Post.INTAKE].page(number)
    assert "没有登记联系方式" in page
    assert "没有坐标" in page
