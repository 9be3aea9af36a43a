"""我要上报 without script: what is taken, what is kept when something is wrong, and what is never doubled."""

from __future__ import annotations

import re
import threading
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from chengyun.cases.models import Attachment, Case, Contact
from chengyun.cases.tests.files import HEIC, HTML, PDF, camera_photo, photo, upload
from chengyun.citizen.models import CitizenRule, FollowLink, Report
from chengyun.citizen.rules import forget_rules
from chengyun.citizen.tests.people import PLACE, REPORT, category, problem, read, tell
from chengyun.geography import freshness
from chengyun.geography.models import Area

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rows")]


def test_a_report_becomes_an_order_of_the_hotline(client: Client):
    token = tell(client, phone="138 1234-5678", name="王阿姨", **PLACE, accuracy="12")
    case = Case.objects.get()
    assert (case.kind, case.state, case.channel) == ("hotline", "registered", "web")
    assert (case.catalogue_key, case.appeal_type) == (category().catalogue_key, "help")
    assert (case.longitude, case.latitude, case.accuracy) == (121.4892, 31.4053, 12.0)
    assert case.title.startswith("道路与路灯：路口的路灯")
    assert case.wants_reply
    assert not case.secret
    contact = Contact.objects.get()
    assert (contact.name, contact.phone, contact.phone_tail) == ("王阿姨", "13812345678", "5678")
    assert case.events.get().actor_name == "市民（网上）"
    assert token not in str(FollowLink.objects.values())
    done = read(client.get(f"/citizen/mine/{token}/done/"))
    assert case.number in done
    assert f"http://testserver/citizen/mine/{token}/" in done


def test_words_alone_are_enough(client: Client):
    tell(client)
    case = Case.objects.get()
    assert case.longitude is None
    assert not case.wants_reply
    assert not Contact.objects.exists()


def test_two_presses_make_one_order_and_the_same_page(client: Client):
    said = problem(client)
    first, second = client.post(REPORT, said), client.post(REPORT, said)
    assert first.headers["Location"] == second.headers["Location"]
    assert Case.objects.count() == FollowLink.objects.count() == Report.objects.count() == 1


def test_a_form_changed_after_it_was_taken_is_another_report(client: Client):
    said = problem(client)
    client.post(REPORT, said)
    answer = client.post(REPORT, {**said, "description": "还有一处。"})
    assert answer.status_code == 422
    assert "您后来改动了内容" in read(answer)
    assert said["client_id"] not in read(answer)
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"description": "  "}, "请写几句"),
        ({"description": "长" * 2001}, "最多 2000 字，现在 2001 字"),
        ({"category": None}, "请选一类"),
        ({"category": "99999"}, "请从列出的类别中选"),
        ({"address": ""}, "请写明地点"),
        ({"address": "", "longitude": "abc", "latitude": "1"}, "请写明地点"),
        ({"address": "", "longitude": "nan", "latitude": "31"}, "请写明地点"),
        ({"address": "", "longitude": "999", "latitude": "31"}, "请写明地点"),
        ({"phone": "1380013800x"}, "电话应为数字"),
        ({"phone": "12 345"}, "这个电话打不通"),
        ({"description": "路灯\x00"}, "不可见的控制字符"),
        ({"name": "长" * 61}, "最多 60 字"),
        ({"answer": ""}, "请回答这个小问题"),
        ({"answer": "不知道"}, "回答不对"),
        ({"proof": "damaged"}, "页面打开得太久"),
        ({"website": "http://spam"}, "没有通过验证"),
        ({"phone": "13812345678", "code": "123456"}, "还没有获取过验证码"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_lost(client: Client, changed: dict[str, Any], said: str):
    answer = client.post(REPORT, problem(client, **{"name": "李", **changed}))
    page = read(answer)
    assert answer.status_code == 422
    assert said in page
    assert "还没有提交" in page
    if "description" not in changed:
        assert "路口的路灯三天没亮了" in page
    assert not Case.objects.exists()


def test_a_megabyte_of_text_is_answered_clearly(client: Client):
    answer = client.post(REPORT, problem(client, description="字" * 350_000))
    assert answer.status_code == 422
    assert "最多 2000 字，现在 350000 字" in read(answer)


def test_scripts_and_smileys_are_only_words(client: Client):
    token = tell(client, description="灯坏了 😀<script>alert(1)</script>\n第二行")
    page = read(client.get(f"/citizen/mine/{token}/"))
    assert "😀&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_an_invisible_sign_is_refused(client: Client):
    assert client.post(REPORT, problem(client, description="灯\x00坏了")).status_code == 422
    assert not Case.objects.exists()


def test_a_right_answer_stays_when_something_else_is_wrong(client: Client):
    said = problem(client, address="")
    page = read(client.post(REPORT, said))
    assert said["proof"] in page
    assert f'value="{said["answer"]}"' in page


def test_an_answered_question_opens_nothing_twice(client: Client):
    said = problem(client)
    client.post(REPORT, said)
    again = client.post(REPORT, {**said, "client_id": str(uuid.uuid4()), "address": "别处"})
    assert again.status_code == 422
    assert "这个问题已经用过" in read(again)
    assert Case.objects.count() == 1


def test_photos_come_along_without_what_the_camera_wrote(client: Client):
    token = tell(client, photos=[upload(camera_photo()), upload(photo(form="PNG"))])
    photos = Attachment.objects.filter(case=Case.objects.get(), event_seq=1)
    assert photos.count() == 2
    assert not photos.filter(public=True).exists()
    shown = client.get(f"/citizen/mine/{token}/photo/{photos[0].pk}/display/")
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert b"Exif" not in b"".join(shown.streaming_content)


@pytest.mark.parametrize(
    ("content", "said"), [(HTML, "不是照片"), (PDF, "不是照片"), (b"", "不是照片"), (HEIC, "HEIC 照片")]
)
def test_a_photo_that_is_none_is_named_and_the_others_are_kept(client: Client, content: bytes, said: str):
    answer = client.post(REPORT, problem(client, photos=[upload(content), upload(photo())]))
    page = read(answer)
    assert answer.status_code == 422
    assert said in page
    kept = re.findall(r'name="photo_tokens" value="([^"]+)"', page)
    assert len(kept) == 1
    assert client.get(f"/citizen/report/photo/{kept[0]}/").status_code == 200
    tell(client, photo_tokens=kept)
    assert Case.objects.get().attachments.count() == 1
    assert client.get(f"/citizen/report/photo/{kept[0]}/").status_code == 404


def test_too_many_photos_are_told_and_six_are_kept(client: Client):
    page = read(client.post(REPORT, problem(client, photos=[upload(photo()) for _one in range(8)])))
    assert "一次最多 6 张照片" in page
    assert page.count('name="photo_tokens"') == 6


def test_somebody_elses_waiting_photo_cannot_be_taken_by_its_id(client: Client):
    client.post(REPORT, problem(client, address="", photos=[upload(photo())]))
    other = Attachment.objects.get()
    tell(Client(), photo_tokens=[str(other.pk), f"{other.pk}:x:y"])
    assert not Case.objects.get().attachments.exists()


def test_secrecy_as_wished_and_for_wrongdoing_by_itself(client: Client):
    tell(client, secret="on")
    tell(client, category=str(category("举报违法").pk), address="某店")
    assert list(Case.objects.values_list("secret", flat=True)) == [True, True]


def test_a_place_outside_is_kept_and_told(client: Client):
    square = '{"type":"Polygon","coordinates":[[[121.3,31.3],[121.5,31.3],[121.5,31.5],[121.3,31.5],[121.3,31.3]]]}'
    Area.objects.create(
        kind="district", code="310113", name="宝山区", boundary=square, valid_from="2020-01-01", source="test"
    )
    freshness.forget()
    inside = tell(client, **PLACE)
    outside = tell(client, longitude="120.1", latitude="30.2")
    assert "不在本区范围内" not in read(client.get(f"/citizen/mine/{inside}/done/"))
    assert "不在本区范围内" in read(client.get(f"/citizen/mine/{outside}/done/"))
    case = Case.objects.latest("id")
    assert (case.longitude, case.latitude) == (120.1, 30.2)


def test_limits_are_told_and_the_form_stays(client: Client):
    CitizenRule.objects.filter(name="reports_per_phone").update(value=1)
    forget_rules()
    tell(client, phone="13812345678")
    second = problem(client, phone="13812345678", description="第二件", address="别处")
    answer = client.post(REPORT, second)
    assert answer.status_code == 429
    assert "今天用这个电话办理的次数已到上限" in read(answer)
    assert "第二件" in read(answer)
    assert Case.objects.count() == 1
    tell(client, phone="13900000000", description="别人", address="还有别处")


def test_the_address_is_limited_too(client: Client):
    CitizenRule.objects.filter(name="reports_per_address").update(value=2)
    forget_rules()
    for number in range(2):
        tell(client, address=f"某路 {number} 号")
    third = problem(client, address="某路 3 号")
    assert client.post(REPORT, third).status_code == 429
    assert client.post(REPORT, third, REMOTE_ADDR="10.9.9.9").status_code == 302


def test_a_form_sent_too_quickly_is_asked_again(client: Client):
    CitizenRule.objects.filter(name="proof_seconds").update(value=30)
    forget_rules()
    answer = client.post(REPORT, problem(client))
    assert "提交得太快" in read(answer)
    assert not Case.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_form_at_the_same_moment_is_one_order():
    said = problem(Client())
    start, found = threading.Barrier(5), []

    def press() -> None:
        try:
            start.wait(10)
            found.append(Client().post(REPORT, said).headers.get("Location", ""))
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _press in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(found) == 5
    assert len(set(found)) == 1
    assert found[0].endswith("/done/")
    assert Case.objects.count() == Report.objects.count() == 1
