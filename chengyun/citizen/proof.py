"""Telling people from programmes without pictures or sound: a plain question, a little time, a hidden field.

It works without script and with any reading aid. The question travels in a signed token, so that nothing is
kept until it is answered; a token opens one door once.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from chengyun.citizen.models import PlainQuestion, SpentProof
from chengyun.citizen.rules import rule
from chengyun.citizen.vocabulary import CitizenRuleName as Name
from chengyun.kernel.errors import Invalid
from chengyun.ui.formats import english

TOKEN, ANSWER, TRAP = "proof", "answer", "website"
_SALT = "chengyun.citizen.proof"


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask, and the token that goes into the form beside it."""

    text: str
    token: str
    answer: str = ""  # what was typed already and is right


def again(posted: Any, *, now: datetime) -> Question:
    """The same question with its right answer for a form that is shown again; else another one."""
    try:
        check(posted, now=now)
    except Invalid:
        return ask(now=now)
    said = _read(str(posted[TOKEN])) or {}
    return Question(_text_of(said), str(posted[TOKEN]), str(posted[ANSWER]))


def ask(*, now: datetime) -> Question:
    """Choose a question. Without rows it asks a sum."""
    rows = list(PlainQuestion.objects.filter(active=True).values_list("pk", flat=True))
    said = {
        "at": int(now.timestamp()),
        "nonce": secrets.token_hex(12),
        "row": secrets.choice(rows) if rows else 0,
        "sum": [secrets.randbelow(5) + 1, secrets.randbelow(4) + 1],
    }
    return Question(_text_of(said), signing.dumps(said, salt=_SALT))


def _text_of(said: dict[str, Any]) -> str:
    row = PlainQuestion.objects.filter(pk=said["row"]).first()
    if row is not None:
        return row.en if english() else row.zh
    one, two = said["sum"]
    return _("%(one)d 加 %(two)d 等于几？") % {"one": one, "two": two}


def check(posted: Any, *, now: datetime) -> str:
    """Judge the answer in a form; return the token's nonce for ``spend``.

    Raises ``Invalid`` (field answer) with a sentence that says what to do.
    """
    said = _read(str(posted.get(TOKEN, "")))
    age = now.timestamp() - said["at"] if said else 0
    if said is None or age > rule(Name.PROOF_MINUTES, now) * 60 or age < -60:
        raise Invalid({ANSWER: _("页面打开得太久，请回答新的问题后再提交。填好的内容都还在。")})
    if posted.get(TRAP):
        raise Invalid({ANSWER: _("没有通过验证，请回答新的问题后再提交。填好的内容都还在。")})
    if SpentProof.objects.filter(nonce=said["nonce"]).exists():
        raise Invalid({ANSWER: _("这个问题已经用过，请回答新的问题后再提交。填好的内容都还在。")})
    if age < rule(Name.PROOF_SECONDS, now):
        raise Invalid({ANSWER: _("提交得太快，请稍等几秒，回答新的问题后再提交。")})
    if not str(posted.get(ANSWER, "")).strip():
        raise Invalid({ANSWER: _("请回答这个小问题，证明您不是机器程序。")})
    if _plain(str(posted[ANSWER])) not in _answers(said):
        raise Invalid({ANSWER: _("回答不对，请换一题再试，填数字或汉字都可以。")})
    return str(said["nonce"])


def spend(nonce: str, *, now: datetime) -> None:
    """Use a token up; call it in the transaction of what it opened. Raises ``Invalid`` if somebody was quicker."""
    try:
        with transaction.atomic():
            SpentProof.objects.create(nonce=nonce, at=now)
    except IntegrityError:
        raise Invalid({ANSWER: _("这个问题已经用过，请回答新的问题后再提交。填好的内容都还在。")}) from None


def longest_life(now: datetime) -> timedelta:
    """How long a token can be good: spent ones may be forgotten afterwards."""
    return timedelta(minutes=rule(Name.PROOF_MINUTES, now)) + timedelta(hours=1)


def _read(token: str) -> dict[str, Any] | None:
    try:
        said = signing.loads(token[:2000], salt=_SALT)
    except signing.BadSignature:
        return None
    return said if isinstance(said, dict) else None


def _answers(said: dict[str, Any]) -> set[str]:
    row = PlainQuestion.objects.filter(pk=said["row"]).values_list("answers", flat=True).first()
    if row is None:
        return {str(sum(said["sum"]))}
    return {_plain(one) for one in re.split("[,，]", row) if one.strip()}


def _plain(text: str) -> str:
    """An answer without blanks, full stops, measure words and width, so that 五 个 and ５ are both understood."""
    text = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\s.。,，!！]|[个只条天月色市区岁]$", "", re.sub(r"[\s.。,，!！]", "", text))
