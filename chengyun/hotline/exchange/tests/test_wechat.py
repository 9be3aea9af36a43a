"""The public account: signed callbacks, a conversation that becomes an order, nothing unsafe in XML."""

import time
from xml.etree.ElementTree import fromstring

import pytest
from django.test import Client

from chengyun.cases.models import Case, CaseEvent, Contact
from chengyun.hotline.exchange.keys import key_of, wechat_signature_of
from chengyun.hotline.models import Exchange, Partner, WechatMessage
from chengyun.kernel import clock
from chengyun.worktime.loading import load_reference as load_worktime

pytestmark = pytest.mark.django_db
ADDRESS = "/api/exchange/wechat/messages"


@pytest.fixture
def account():
    load_worktime(now=clock.now())
    return Partner.objects.create(code="gzh", name="城运公众号", kind="wechat", made_at=clock.now())


def _query(account, **said):
    stamp = said.pop("timestamp", str(int(time.time())))
    signature = wechat_signature_of(key_of(account), stamp, "abc")
    return {"timestamp": stamp, "nonce": "abc", "signature": signature, **said}


def _post(account, body, **said):
    pairs = "&".join(f"{name}={value}" for name, value in _query(account, **said).items())
    return Client().post(f"{ADDRESS}?{pairs}", body, content_type="text/xml")


class Talk:
    def __init__(self, account, who="oFollower1"):
        self.account, self.who, self.number = account, who, 0

    def say(self, text, number=None, kind="text"):
        self.number += 1
        body = (
            f"<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[{self.who}]]></FromUserName>"
            f"<CreateTime>1</CreateTime><MsgType><![CDATA[{kind}]]></MsgType>"
            f"<Content><![CDATA[{text}]]></Content><MsgId>{number or self.number}</MsgId></xml>"
        )
        answer = _post(self.account, body.encode())
        assert answer.status_code == 200, answer.content.decode()
        said = {child.tag: child.text for child in fromstring(answer.content)}
        assert (said["ToUserName"], said["FromUserName"]) == (self.who, "gh_1")
        return said["Content"]


def test_the_handshake_is_answered_to_who_signs(account):
    good = Client().get(ADDRESS, _query(account, echostr="hello"))
    assert (good.status_code, good.content) == (200, b"hello")
    for wrong in ({"signature": "x" * 40}, {"timestamp": "1"}, {"nonce": "z"}, {"signature": ""}):
        assert Client().get(ADDRESS, {**_query(account, echostr="hello"), **wrong}).status_code == 401
    assert Client().get(ADDRESS).status_code == 401


def test_a_conversation_becomes_an_order(account):
    talk = Talk(account)
    assert "提交" in talk.say("友谊路路灯不亮")
    talk.say("在200号门口，电话13812341234")
    answer = talk.say("提交")
    case = Case.objects.get()
    assert case.number in answer
    assert (case.channel, case.title) == ("wechat", "友谊路路灯不亮")
    assert case.description == "友谊路路灯不亮\n在200号门口，电话13812341234"
    contact = Contact.objects.get(case=case)
    assert (contact.phone, contact.channel_identity) == ("13812341234", "oFollower1")
    assert case.number in talk.say("进度")
    assert case.number in talk.say("补充：晚上全黑")
    assert "晚上全黑" in CaseEvent.objects.get(case=case, verb="note").said["note"]
    assert WechatMessage.objects.filter(incoming=False).count() == 5


def test_a_second_matter_is_a_second_order(account):
    talk = Talk(account)
    for text in ("路灯不亮", "提交", "垃圾没人清", "提交"):
        talk.say(text)
    assert list(Case.objects.order_by("id").values_list("description", flat=True)) == [
        "路灯不亮",
        "垃圾没人清",
    ]


def test_a_repeat_of_wechat_does_nothing_and_gets_the_same_answer(account):
    talk = Talk(account)
    talk.say("路灯不亮")
    first = talk.say("提交", number="77")
    assert talk.say("提交", number="77") == first
    assert Case.objects.count() == 1
    assert Exchange.objects.filter(result="repeated").count() == 1


def test_cancelled_words_are_in_no_order(account):
    talk = Talk(account)
    for text in ("说错了", "取消", "提交"):
        answer = talk.say(text)
    assert "还没有内容" in answer
    talk.say("路灯不亮")
    talk.say("提交")
    assert Case.objects.get().description == "路灯不亮"


def test_two_followers_do_not_mix(account):
    one, other = Talk(account, "oA"), Talk(account, "oB")
    one.say("路灯不亮", number="1")
    other.say("垃圾没人清", number="1")
    one.say("提交", number="2")
    assert Case.objects.get().description == "路灯不亮"


def test_pictures_and_events_are_answered(account):
    talk = Talk(account)
    for kind in ("image", "event", "voice"):
        assert "文字" in talk.say("", kind=kind)
    assert "没有登记过" in talk.say("进度")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<xml>",
        b"<xml></xml>",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xml><Content>&b;</Content></xml>',
        b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><FromUserName>&f;</FromUserName></xml>',
        b"<xml><Encrypt>abc</Encrypt></xml>",
        b"{}",
        b"\xff\xfe\x00",
        b"<xml><FromUserName>a</FromUserName><ToUserName>b</ToUserName></xml>",
    ],
)
def test_unsafe_or_broken_xml_is_refused(account, body):
    answer = _post(account, body)
    assert answer.status_code == 422
    assert "root:" not in answer.content.decode()
    assert not WechatMessage.objects.exists()


def test_too_long_a_body_is_refused(account):
    assert _post(account, b"<xml>" + b"x" * 70_000).status_code == 413


def test_the_log_does_not_tell_who_it_was(account):
    Talk(account, "oVerySecretFollower").say("我的电话13812341234")
    payload = Exchange.objects.get().payload
    assert "oVerySecretFollower" not in payload
    assert "13812341234" not in payload
