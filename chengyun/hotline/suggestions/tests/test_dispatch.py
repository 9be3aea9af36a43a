"""派单目录: which line decides and why, what is refused, tables in and out."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chengyun.cases.catalogue_actions import load_reference as load_catalogues
from chengyun.geography.actions.load_reference import load_reference as load_areas
from chengyun.geography.models import Area, AreaKind
from chengyun.hotline.models import DispatchRule
from chengyun.hotline.suggestions.dispatch.actions import RuleSaid, end_rule, set_rule, withdraw_rule
from chengyun.hotline.suggestions.dispatch.matching import candidates
from chengyun.hotline.suggestions.loading import load_reference
from chengyun.hotline.suggestions.queries import suggest_units
from chengyun.kernel.clock import local, now
from chengyun.kernel.errors import Invalid, NotAllowed
from chengyun.organisation.actions.reference import load_reference as load_units
from chengyun.organisation.models import Unit
from chengyun.organisation.posts import Post
from chengyun.organisation.tests import people

pytestmark = pytest.mark.django_db
FACILITIES, LAMPS = "db44t2479-2024/0305", "db44t2479-2024/030501"
DAY = date(2026, 6, 1)


class Office:
    """Two streets, three units and somebody who may write the catalogue."""

    def __init__(self) -> None:
        self.here, self.there = Area.objects.filter(kind=AreaKind.STREET).order_by("code")[:2]
        self.community = Area.objects.filter(kind=AreaKind.COMMUNITY, parent=self.here).first()
        self.works, self.parks = people.bureau("区建管委"), people.bureau("区绿化局")
        self.street = people.street("友谊路街道办", self.here)
        self.alice = people.person("alice", Post.DISPATCHER)

    def line(self, unit: Unit, branch: str = FACILITIES, area: Area | None = None, **said) -> DispatchRule:
        facts = {
            "branch": branch, "lead_unit_id": unit.pk, "legal_basis": "《城市道路管理条例》", "valid_from": date(2026, 1, 1),
            "source": "派单目录 2026 版", "provenance": "未核实", "area_id": area.pk if area else None,
        }  # fmt: skip
        return set_rule(RuleSaid(**{**facts, **said}), actor=self.alice.actor, now=now())

    def found(self, key: str = LAMPS, on: date = DAY, community: bool = False) -> list[tuple[str, str]]:
        community_id = self.community.pk if community else None
        return [
            (one.rule.lead_unit.name, one.against) for one in candidates(key, self.here.pk, community_id, on)
        ]


@pytest.fixture
def office(district: None, db: None) -> Office:
    return Office()


def test_the_longer_class_then_the_smaller_area_decides(office):
    office.line(office.works, "")
    office.line(office.works)
    office.line(office.street, area=office.here)
    office.line(office.parks, area=office.there)
    assert office.found() == [("友谊路街道办", ""), ("区建管委", "地区较大"), ("区建管委", "类别较宽")]
    office.line(office.parks, LAMPS)
    assert office.found()[0] == ("区绿化局", "")
    assert office.found()[1] == ("友谊路街道办", "类别较宽")
    office.line(office.works, LAMPS, office.community)
    assert office.found(community=True)[:2] == [("区建管委", ""), ("区绿化局", "地区较大")]
    assert office.found("db44t2479-2024/010101")[0] == ("区建管委", "")


def test_a_departments_own_duty_is_not_pushed_to_a_street(office):
    office.line(office.works, own_duty=True)
    office.line(office.street, area=office.here)
    assert office.found() == [("区建管委", ""), ("友谊路街道办", "本类是部门职责，不下推街镇")]
    why = candidates(LAMPS, office.here.pk, None, DAY)[0].why
    assert "依据《城市道路管理条例》；部门职责，不下推街镇" in why
    assert "城市设施管理" in why


def test_a_new_line_ends_the_one_before_it(office):
    old = office.line(office.works)
    office.line(office.parks, valid_from=date(2026, 7, 1))
    old.refresh_from_db()
    assert old.valid_until == date(2026, 6, 30)
    assert office.found(on=date(2026, 6, 30)) == [("区建管委", "")]
    assert office.found(on=date(2026, 7, 1)) == [("区绿化局", "")]
    office.line(office.works, valid_from=date(2026, 7, 1))
    assert DispatchRule.objects.filter(withdrawn=True).count() == 1
    assert office.found(on=date(2026, 7, 1)) == [("区建管委", "")]


def test_the_same_line_said_twice_is_one(office):
    first = office.line(office.works, helper_ids=(office.parks.pk,))
    assert office.line(office.works, helper_ids=(office.parks.pk,)).pk == first.pk
    assert DispatchRule.objects.count() == 1


def test_a_line_ends_or_is_withdrawn(office):
    row, actor = office.line(office.works), office.alice.actor
    with pytest.raises(Invalid, match="不能早于生效日"):
        end_rule(row.pk, last_day=date(2025, 1, 1), actor=actor, now=now())
    end_rule(row.pk, last_day=date(2026, 5, 31), actor=actor, now=now())
    assert office.found() == []
    assert office.found(on=date(2026, 5, 31)) == [("区建管委", "")]
    withdraw_rule(row.pk, actor=actor, now=now())
    assert office.found(on=date(2026, 5, 31)) == []


def test_what_is_wrong_is_named_and_others_may_not(office):
    with pytest.raises(Invalid) as wrong:
        office.line(
            office.works, "nix", helper_ids=(office.works.pk,), legal_basis=" ", note="长" * 301,
            valid_until=date(2025, 1, 1),
        )  # fmt: skip
    assert set(wrong.value.fields) == {"branch", "helper_ids", "legal_basis", "note", "valid_until"}
    office.alice = people.person("bob", Post.UNIT)
    with pytest.raises(NotAllowed):
        office.line(office.works)
    assert not DispatchRule.objects.exists()


def test_the_deciding_line_is_suggested_with_basis_and_helpers(office):
    office.line(office.works, helper_ids=(office.parks.pk,))
    said = {"catalogue_key": LAMPS, "street_id": office.here.pk, "community_id": None}
    first = suggest_units(**said, text="路灯不亮", on=DAY)[0]
    assert (first.name, first.legal_basis, first.helpers) == (
        "区建管委",
        "《城市道路管理条例》",
        ("区绿化局",),
    )
    assert first.why.startswith("派单目录：全区的“城市设施管理”由区建管委主办")


def test_what_the_desk_judged_a_departments_own_duty_is_suggested_to_no_street(office):
    office.line(office.street, area=office.here)
    office.line(office.works, branch="")
    said = {
        "catalogue_key": LAMPS,
        "street_id": office.here.pk,
        "community_id": None,
        "text": "路灯不亮",
        "on": DAY,
    }
    assert suggest_units(**said)[0].name == "友谊路街道办"
    assert [one.name for one in suggest_units(**said, own_duty=True)] == ["区建管委"]


def test_the_starting_catalogue_is_marked_as_rehearsal_and_loaded_once():
    load_areas(now=now())
    load_units(now=now())
    load_catalogues(now=now())
    load_reference(now=now())
    count = DispatchRule.objects.count()
    assert count >= 30
    assert not DispatchRule.objects.filter(rehearsal=False).exists()
    withdraw_rule(DispatchRule.objects.first().pk, actor=people.person("alice", Post.ADMIN).actor, now=now())
    load_reference(now=now())
    assert DispatchRule.objects.count() == count
    found = candidates(LAMPS, None, None, local(now()).date())
    assert "（演练）" in found[0].why


def test_a_table_comes_back_as_it_went_out_and_bad_lines_are_rejected(office, client: Client):
    people.enter(client, office.alice)
    office.line(office.works, helper_ids=(office.parks.pk,), own_duty=True)
    office.line(office.street, area=office.here, valid_until=date(2027, 12, 31))
    answer = client.get(reverse("hotline:export-dispatch-rules"), {"every": "1"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "区绿化局" in text
    address = reverse("hotline:import-dispatch-rules")
    page = client.post(address, {"file": SimpleUploadedFile("a.csv", text.encode())}).content.decode()
    assert "读入 2 行：写入 0 行，与现有相同 2 行，退回 0 行" in page
    lines = [
        "类别编码,地区,主办单位,协办单位,部门职责,法律依据,生效日期",
        f"030503,{office.here.name},区绿化局,区建管委,否,《公路法》,2026-02-01",
        "030503,火星,没有局,区建管委；无局,也许,《公路法》,昨天",
    ]
    page = client.post(
        address, {"file": SimpleUploadedFile("b.csv", "\n".join(lines).encode("gb18030"))}
    ).content.decode()
    assert "读入 2 行：写入 1 行，与现有相同 0 行，退回 1 行" in page
    row = DispatchRule.objects.get(branch="db44t2479-2024/030503")
    assert (row.lead_unit, row.area, row.source) == (office.parks, office.here, "导入的派单目录")
    key = page.split("/rejected/")[1].split("/")[0]
    told = client.get(reverse("hotline:rejected-dispatch-rules", args=[key]))
    rejects = list(csv.DictReader(b"".join(told.streaming_content).decode("utf-8-sig").splitlines()))
    assert {one["field"] for one in rejects} == {"地区", "主办单位", "协办单位", "部门职责", "生效日期"}
    assert {one["line"] for one in rejects} == {"3"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"x", "只能导入 CSV 或 XLSX"),
        ("a.csv", "类别编码\n01".encode(), "a.csv 缺少列"),
        ("a.csv", b"", "空文件"),
        ("a.xlsx", b"PK damaged", "a.xlsx 打不开"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(office, client: Client, name, content, said):
    people.enter(client, office.alice)
    address = reverse("hotline:import-dispatch-rules")
    answer = client.post(address, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_the_page_lists_filters_and_tries(office, client: Client):
    people.enter(client, office.alice)
    office.line(office.works, own_duty=True)
    office.line(office.street, area=office.here)
    address = reverse("hotline:dispatch-catalogue")
    page = client.get(address, {"q": "路灯"}).content.decode()
    assert "没有派单规则" in page
    page = client.get(address, {"q": "公共设施"}).content.decode()
    assert "区建管委" in page
    page = client.get(
        address, {"try": "1", "branch": LAMPS, "street": office.here.pk, "on": "2026-06-01"}
    ).content.decode()
    assert "本类是部门职责，不下推街镇" in page
    assert page.index("适用") < page.index("不适用")
    assert (
        "没有适用的规则" in client.get(address, {"try": "1", "branch": "db44t2479-2024/01"}).content.decode()
    )
    assert client.get(address, {"try": "1", "branch": "nix", "on": "x", "street": "y"}).status_code == 200


def test_a_line_is_written_ended_and_withdrawn_on_pages(office, client: Client):
    people.enter(client, office.alice)
    address = reverse("hotline:set-dispatch-rule")
    said = {
        "branch": FACILITIES, "area": office.here.name, "lead_unit_id": office.street.pk, "helper_ids": [office.works.pk],
        "legal_basis": "《街道办事处条例》", "source": "街镇职责清单", "provenance": "已核实", "valid_from": "2026-01-01",
    }  # fmt: skip
    assert client.get(address).status_code == 200
    assert client.post(address, {**said, "area": "火星"}).status_code == 422
    assert client.post(address, said).status_code == 302
    row = DispatchRule.objects.get()
    assert (row.area, row.changed_by) == (office.here, office.alice.person)
    assert office.here.code in client.get(address, {"from": row.pk}).content.decode()
    assert client.get(address, {"from": "9" * 40}).status_code == 200
    ended = client.post(reverse("hotline:end-dispatch-rule", args=[row.pk]), {"last_day": "2026-12-31"})
    assert ended.status_code == 302
    assert client.post(reverse("hotline:withdraw-dispatch-rule", args=[row.pk])).status_code == 302
    assert client.get(reverse("hotline:end-dispatch-rule", args=[row.pk])).status_code == 404
    assert "已撤销" in client.get(reverse("hotline:dispatch-catalogue"), {"every": "1"}).content.decode()
