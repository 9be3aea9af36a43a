"""Callers: masked for everybody, hidden from units when secret, shown in full with a reason that is kept."""

from __future__ import annotations

import pytest

from chengyun.cases import privacy
from chengyun.cases.actions.reveal import reveal
from chengyun.cases.models import Case, Contact
from chengyun.cases.tests.scene import NOW, a_caller, a_case, a_unit, somebody
from chengyun.kernel.actor import SYSTEM, Actor, Holding
from chengyun.kernel.errors import Invalid, NotAllowed, NotThere
from chengyun.organisation.models import AccessLog
from chengyun.organisation.posts import Post

pytestmark = pytest.mark.django_db

REASON = "回拨核实地址"
FULL = {"张三丰", "13812345678", "310113199001011234", "友谊路12号301室"}


def view_of(case: Case, contact: Contact | None, actor: Actor) -> privacy.ContactView:
    return privacy.contact_seen_by(case, contact, actor)


@pytest.mark.parametrize("post", [post.value for post in Post])
def test_nobody_sees_a_caller_in_full_by_default(post):
    case = a_case()
    view = view_of(case, a_caller(case), somebody("某人", post, a_unit("某处")))
    assert (view.name, view.phone, view.id_number) == ("张*", "138****5678", "310113********1234")
    assert view.address_detail == "友谊路*号*室"
    assert not FULL & {view.name, view.phone, view.id_number, view.address_detail}


def test_a_unit_learns_nothing_of_a_secret_caller_but_that_they_asked_for_secrecy():
    bureau = a_unit("绿化局")
    case = a_case(secret=True, lead_unit=bureau)
    contact = a_caller(case)
    for post in ("unit", "handler", "inspector"):
        view = view_of(case, contact, somebody("赵", post, bureau))
        assert view.hidden
        assert view.empty
        assert view.notice == "来电人要求保密"
        assert not view.may_reveal
        assert view == view_of(case, None, somebody("赵", post, bureau))


def test_the_centre_sees_a_secret_caller_masked_and_is_reminded():
    case = a_case(secret=True)
    view = view_of(case, a_caller(case), somebody("李受理", "intake", a_unit("受理科")))
    assert view.phone == "138****5678"
    assert "保密" in view.notice
    assert not view.hidden


def test_a_case_without_a_caller_shows_an_empty_one():
    view = view_of(a_case(), None, somebody("李受理", "intake", a_unit("受理科")))
    assert view.empty
    assert not view.hidden


@pytest.mark.parametrize("post", ["intake", "shift_leader", "dispatcher", "callback", "supervision"])
def test_posts_that_speak_with_callers_may_see_them_with_a_reason(post):
    case = a_case(secret=True)
    a_caller(case)
    actor = somebody("李四", post, a_unit("中心"))
    assert reveal(case.pk, ["phone", "name"], REASON, actor=actor, now=NOW) == {
        "phone": "13812345678",
        "name": "张三丰",
    }


@pytest.mark.parametrize("post", ["assessor", "duty", "leader"])
def test_other_posts_of_the_centre_may_not(post):
    case = a_case()
    a_caller(case)
    with pytest.raises(NotAllowed):
        reveal(case.pk, ["phone"], REASON, actor=somebody("王五", post, a_unit("中心")), now=NOW)
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize("post", ["budget", "admin", "security_admin", "auditor"])
def test_who_may_not_see_the_case_is_told_it_is_not_there(post):
    case = a_case()
    a_caller(case)
    with pytest.raises(NotThere):
        reveal(case.pk, ["phone"], REASON, actor=somebody("孙六", post, a_unit("中心")), now=NOW)


@pytest.mark.parametrize(
    ("kind", "state", "allowed"),
    [
        ("hotline", "dispatched", False),
        ("hotline", "signed", True),
        ("hotline", "in_hand", True),
        ("hotline", "rehandling", True),
        ("hotline", "closed", False),
        ("hotline", "sent_back", False),
        ("grid", "dispatched", True),
        ("grid", "closed", False),
    ],
)
def test_a_unit_may_from_signing_until_it_is_done(kind, state, allowed):
    bureau = a_unit("绿化局")
    case = a_case(kind=kind, state=state, lead_unit=bureau)
    a_caller(case)
    liaison = somebody("赵联络", "unit", bureau)
    if allowed:
        assert reveal(case.pk, ["phone"], REASON, actor=liaison, now=NOW)["phone"] == "13812345678"
    else:
        with pytest.raises(NotAllowed):
            reveal(case.pk, ["phone"], REASON, actor=liaison, now=NOW)


def test_a_unit_may_not_see_a_secret_caller_nor_anybody_elses():
    bureau, other = a_unit("绿化局"), a_unit("水务局")
    secret, theirs = a_case(secret=True, lead_unit=bureau), a_case(lead_unit=other)
    liaison = somebody("赵联络", "unit", bureau)
    for case, error in ((secret, NotAllowed), (theirs, NotThere)):
        a_caller(case)
        with pytest.raises(error):
            reveal(case.pk, ["phone"], REASON, actor=liaison, now=NOW)


def test_the_system_never_looks():
    case = a_case()
    a_caller(case)
    nobody = Actor(None, "无名", (Holding("intake", 1),))
    for actor in (SYSTEM, nobody):
        with pytest.raises(NotAllowed):
            reveal(case.pk, ["phone"], REASON, actor=actor, now=NOW)


@pytest.mark.parametrize(
    ("fields", "reason", "wrong"),
    [
        ([], REASON, "fields"),
        (["case_id"], REASON, "fields"),
        (["phone", "pk"], REASON, "fields"),
        (["phone"], "", "reason"),
        (["phone"], "  想看  ", "reason"),
        (["phone"], "长" * 201, "reason"),
    ],
)
def test_a_look_without_reason_or_field_is_refused_and_shows_nothing(fields, reason, wrong):
    case = a_case()
    a_caller(case)
    with pytest.raises(Invalid) as refusal:
        reveal(case.pk, fields, reason, actor=somebody("李四", "intake", a_unit("中心")), now=NOW)
    assert wrong in refusal.value.fields
    assert not AccessLog.objects.exists()


def test_every_field_looked_at_is_in_the_log():
    case = a_case()
    a_caller(case)
    actor = somebody("李四", "intake", a_unit("中心"))
    reveal(case.pk, ["phone", "address_detail", "phone"], REASON, actor=actor, now=NOW)
    rows = AccessLog.objects.order_by("id")
    assert [
        (row.field, row.by_name, row.subject, row.subject_ref, row.reason, row.address, row.at)
        for row in rows
    ] == [
        (field, "李四", "case", case.number, REASON, "10.0.0.7", NOW) for field in ("phone", "address_detail")
    ]
    with pytest.raises(TypeError):
        AccessLog.objects.all().delete()


def test_nothing_is_shown_if_the_log_cannot_be_written(monkeypatch):
    case = a_case()
    a_caller(case)

    def broken(**_said):
        raise OSError("disk full")

    monkeypatch.setattr("chengyun.cases.actions.reveal.note_access", broken)
    with pytest.raises(OSError, match="disk full"):
        reveal(case.pk, ["phone"], REASON, actor=somebody("李四", "intake", a_unit("中心")), now=NOW)


def test_a_look_at_a_case_without_caller_says_so():
    with pytest.raises(NotThere, match="来电人"):
        reveal(a_case().pk, ["phone"], REASON, actor=somebody("李四", "intake", a_unit("中心")), now=NOW)


@pytest.mark.parametrize(
    ("said", "masked"),
    [
        ("请拨13812345678联系", "请拨138****5678联系"),
        ("电话１３８１２３４５６７８。", "电话138****5678。"),
        ("身份证310113199001011234", "身份证310113********1234"),
        ("友谊路１２号", "友谊路１２号"),
        ("2026年9月1日路灯不亮", "2026年9月1日路灯不亮"),
        ("", ""),
    ],
)
def test_numbers_in_free_text_are_masked(said, masked):
    assert privacy.mask_text(said) == masked


def test_the_callers_own_name_is_masked_in_free_text():
    contact = a_caller(a_case())
    assert privacy.mask_text("张三丰先生来电，13812345678", contact) == "张*先生来电，138****5678"
    contact.name = "王"
    assert privacy.mask_text("国王", contact) == "国王"


def test_a_contact_never_writes_itself_into_a_log():
    assert not any(part in f"{a_caller(a_case())!r}" for part in FULL)
