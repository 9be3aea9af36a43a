from __future__ import annotations

import pytest

from chengyun.geography import aliases
from chengyun.geography.models import Area, AreaKind
from chengyun.geography.places import places_sample
from chengyun.geography.queries import match_address, suggest_addresses

pytestmark = pytest.mark.usefixtures("baoshan")


@pytest.mark.parametrize(
    ("text", "street", "community", "least"),
    [
        ("上海市宝山区大场镇大华二村四居委 环镇北路123弄5号", "大场镇", "大华二村四居委会", 0.9),
        ("宝山区友谊路街道宝钢八村居委会", "友谊路街道", "宝钢八村居委会", 0.9),
        ("宝钢一村5号楼楼下垃圾没人清", "友谊路街道", "宝钢一村居委会", 0.7),
        ("泗塘7村门口", "张庙街道", "泗塘七村居委会", 0.7),
        ("张庙新桥居委", "张庙街道", "新桥居委会", 0.9),
        ("罗店新桥居委会", "罗店镇", "新桥居委会", 0.9),
        ("杨行 泗塘村", "杨行镇", "泗塘村村委会", 0.7),
        ("海滨二村第1居委", "吴淞街道", "海滨二村第一居委会", 0.7),
        ("大场镇", "大场镇", "", 0.9),
        ("大场", "大场镇", "", 0.5),
        ("宝山工业园", "宝山工业园区", "", 0.5),
        ("友谊路街道办事处", "友谊路街道", "", 0.9),
    ],
)
def test_the_first_match(text, street, community, least):
    first = match_address(text)[0]
    assert (first.street, first.community) == (street, community)
    assert first.confidence >= least
    assert "写有" in first.why
    area = Area.objects.get(pk=first.area_id)
    assert area.name == (community or street)
    assert first.street_id == (area.parent_id if community else area.pk)


def test_namesakes_share_the_doubt():
    first, second = match_address("新桥居委会")[:2]
    assert {first.street, second.street} == {"张庙街道", "罗店镇"}
    assert first.confidence == second.confidence < 0.5
    assert "同名" in first.why


def test_an_estate_of_several_committees_gives_the_street():
    matches = match_address("海滨二村12号")
    assert (matches[0].street, matches[0].community) == ("吴淞街道", "")
    assert {match.community for match in matches[1:]} == {"海滨二村第一居委会", "海滨二村第二居委会"}


def test_a_road_is_weak_evidence():
    assert match_address("大场路12号") == []
    road = match_address("宝山区友谊路500号")[0]
    assert road.confidence <= 0.3
    assert "路名" in road.why


def test_a_contradiction_lowers_the_confidence():
    first = match_address("罗店镇宝钢一村")
    community = next(match for match in first if match.community)
    assert community.confidence < 0.5
    assert "罗店镇" in community.why
    assert first[0].street == "罗店镇"


def test_another_district_lowers_everything():
    first = match_address("上海市杨浦区大场镇宝钢一村")[0]
    assert first.confidence < 0.3
    assert "杨浦区" in first.why


@pytest.mark.parametrize("text", ["", " ", "路灯坏了", "A市A3区某小区", "🙂" * 40, "宝山区", "上海市宝山区"])
def test_nothing_recognised(text):
    assert match_address(text) == []


def test_every_sample_address_is_found():
    for place in places_sample(150, seed=5):
        first = match_address(place.address)[0]
        assert (first.community_id, first.street_id) == (place.community_id, place.street_id), place.address
        assert first.confidence > 0.8


def test_the_name_without_street_finds_most_communities():
    areas = list(Area.objects.filter(kind=AreaKind.COMMUNITY))
    found = [any(match.area_id == area.pk for match in match_address(area.name)) for area in areas]
    assert all(found)


def test_a_long_message_finds_what_its_first_sentence_finds():
    text = "我家住在宝山区大场镇大华二村，楼下的垃圾没有人清理，已经投诉很多次了，请尽快处理。"
    assert match_address(text * 20)[0].area_id == match_address(text)[0].area_id


def test_suggestions_begin_with_what_was_typed():
    assert suggest_addresses("大")[0].label == "大场镇"
    assert suggest_addresses("大场镇大华")[0].label.startswith("大场镇 大华")
    assert [line.label for line in suggest_addresses("宝山区宝钢一")] == ["友谊路街道 宝钢一村居委会"]
    assert suggest_addresses("没有这个地方") == suggest_addresses("") == []
    assert len(suggest_addresses("村", limit=7)) == 7


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五")]
)
def test_numerals(number, text):
    assert aliases.numeral(number) == text


def test_spelling_is_made_one():
    assert aliases.tidy("宝钢１村 ５号，（东门）") == "宝钢一村5号东门"
    assert aliases.community_stem("海滨二村第一居委会") == "海滨二村"
    assert aliases.community_stem("宝钢一村居委会") == ""
