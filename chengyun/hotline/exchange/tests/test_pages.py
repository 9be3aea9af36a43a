"""Pages of the exchange: who may let a platform in, its key, the log, and conversations made into orders."""

import json
import re
import time

import pytest
from django.test import Client
from django.urls import reverse

from chengyun.cases.models import Case
from chengyun.hotline.exchange.keys import key_of, token_of, wechat_signature_of
from chengyun.hotline.models import Exchange, Partner, WechatMessage
from chengyun.kernel import clock
from chengyun.organisation.posts import Post
from chengyun.organisation.tests import people
from chengyun.worktime.loading import load_reference as load_worktime

pytestmark = pytest.mark.django_db
CITY = "/api/exchange/city/orders"
PHONE = "13812341234"


@pytest.fixture
def keeper() -> Client:
    load_worktime(now=clock.now())
    return people.enter(Client(), people.person("sina", Post.SECURITY_ADMIN))


def _as(*posts: Post) -> Client:
    return people.enter(Client(), people.person(f"p{posts[0].value}", *posts))


def _let_in(keeper: Client, **said) -> str:
    """Let a platform in; the secret that its page shows."""
    facts = {"kind": "city", "name": "市平台", "code": "city", "unit": "", **said}
    page = keeper.post(reverse("hotline:exchange-new"), facts)
    assert page.status_code == 200, page.content.decode()[:2000]
    found = re.search(r'<code class="secret">([^<]+)<', page.content.decode())
    assert found is not None
    assert "no-store" in page.headers["Cache-Control"]
    return found[1]


def _push(token: str, **said):
    facts = {"number": "SH1", "content": "友谊路口路灯三天不亮", "appeal_type": "求助", **said}
    headers = {"Authorization": f"Bearer {token}"}
    return Client().post(CITY, json.dumps(facts), content_type="application/json", headers=headers)


def _words(client: Client, name: str = "exchange", status: int = 200, **query: str) -> str:
    answer = client.get(reverse(f"hotline:{name}"), query)
    assert answer.status_code == status
    return answer.content.decode()


def test_who_sees_the_exchange_and_who_lets_in(keeper: Client):
    _let_in(keeper)
    assert "换发密钥" in _words(keeper)
    shift = _as(Post.SHIFT_LEADER)
    assert "市平台" in _words(shift)
    assert "换发密钥" not in _words(shift)
    partner = Partner.objects.get()
    for name, args in (
        ("exchange-new", []),
        ("exchange-key", [partner.pk]),
        ("exchange-switch", [partner.pk]),
    ):
        assert shift.post(reverse(f"hotline:{name}", args=args)).status_code == 403
    partner.refresh_from_db()
    assert (partner.key_no, partner.active) == (1, True)
    _words(_as(Post.INTAKE), status=403)
    assert keeper.get(reverse("hotline:exchange-key", args=[999])).status_code == 404


def test_the_key_that_is_shown_opens_the_door_until_the_next_one_is_given(keeper: Client):
    first = _let_in(keeper)
    assert _push(first).status_code == 201
    again = keeper.post(reverse("hotline:exchange-key", args=[Partner.objects.get().pk])).content.decode()
    second = re.search(r'<code class="secret">([^<]+)<', again)[1]
    assert (_push(first).status_code, _push(second).status_code) == (401, 200)
    assert second not in _words(keeper)
    switch = reverse("hotline:exchange-switch", args=[Partner.objects.get().pk])
    assert keeper.post(switch).status_code == 302
    assert _push(second).status_code == 401
    keeper.post(switch)
    assert _push(second).status_code == 200
    told = list(Exchange.objects.filter(path="").values_list("message", flat=True))
    assert [one.partition("：")[0] for one in told] == ["新接入", "换发密钥", "停止接入", "恢复接入"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"code": "Großstadt"}, "小写字母、数字或短横"),
        ({"code": "x"}, "2 到 32 个"),
        ({"name": "  "}, "请填写此项"),
        ({"kind": "street"}, "街镇平台须选它所在的单位"),
        ({"kind": "province"}, "province"),
        ({"unit": "9999"}, "9999"),
    ],
)
def test_a_wrong_field_is_named_and_no_key_is_made(keeper: Client, changed: dict[str, str], said: str):
    facts = {"kind": "city", "name": "市平台", "code": "city", "unit": "", **changed}
    page = keeper.post(reverse("hotline:exchange-new"), facts)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert 'aria-invalid="true"' in page.content.decode()
    assert not Partner.objects.exists()


def test_a_code_that_is_taken_is_said_so(keeper: Client):
    _let_in(keeper)
    page = keeper.post(reverse("hotline:exchange-new"), {"kind": "city", "name": "又一个", "code": "city"})
    assert page.status_code == 422
    assert "已有代码为“city”的接入方" in page.content.decode()


def test_the_log_is_masked_filtered_and_only_text(keeper: Client):
    token = _let_in(keeper)
    script = "<script>alert(1)</script>"
    _push(token, content=f"{script}电话{PHONE}", caller={"name": "张三丰", "phone": PHONE})
    _push(token, number="SH2", appeal_type="要求")
    _push("city.wrong")
    page = _words(keeper)
    assert PHONE not in page
    assert "张三丰" not in page
    assert script not in page
    assert "&lt;script&gt;" in page
    assert "来路不明" in page
    refused = _words(keeper, partner="city", result="refused")
    assert "SH2" in refused
    assert "SH1" not in refused
    assert "SH1" not in _words(keeper, partner="-")
    assert "没有记录" in _words(keeper, partner="nobody")


def _say(account: Partner, text: str, number: int) -> None:
    stamp = str(int(time.time()))
    signature = wechat_signature_of(key_of(account), stamp, "n")
    body = (
        "<xml><ToUserName>gh</ToUserName><FromUserName>oFollower</FromUserName><CreateTime>1</CreateTime>"
        f"<MsgType>text</MsgType><Content>{text}</Content><MsgId>{number}</MsgId></xml>"
    )
    address = f"/api/exchange/wechat/messages?timestamp={stamp}&nonce=n&signature={signature}"
    assert Client().post(address, body, content_type="text/xml").status_code == 200


def test_the_desk_makes_an_order_of_an_unfinished_conversation_once(keeper: Client):
    desk = _as(Post.INTAKE)
    assert "还没有会话" in _words(desk, "wechat")
    shown = _let_in(keeper, kind="wechat", name="公众号", code="gzh")
    account = Partner.objects.get()
    assert shown == key_of(account) != token_of(account)
    _say(account, f"友谊路路灯不亮，我的电话{PHONE}", 1)
    page = _words(desk, "wechat")
    assert "oFol****" in page
    assert PHONE not in page
    talk = WechatMessage.objects.first().talk_id
    address = reverse("hotline:wechat")
    wrong = desk.post(address, {"talk": talk, "appeal_type": "shout"}, follow=True).content.decode()
    assert "已生成工单" not in wrong
    assert not Case.objects.exists()
    said = desk.post(address, {"talk": talk, "appeal_type": "complaint"}, follow=True).content.decode()
    case = Case.objects.get()
    assert f"已生成工单 {case.number}" in said
    assert (case.channel, case.appeal_type, case.contact.phone) == ("wechat", "complaint", PHONE)
    twice = desk.post(address, {"talk": talk, "appeal_type": "complaint"}, follow=True).content.decode()
    assert "还没有内容" in twice
    assert Case.objects.count() == 1
    for nobody in ("999", "x", "", "1" * 30):
        assert desk.post(address, {"talk": nobody}).status_code == 404
    _words(keeper, "wechat", status=403)
