"""What a citizen's answer to a request for a rating says. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chengyun.cases.process.kinds import Satisfaction

# As the message asks: 5 is best (好差评, five grades).
BY_FIGURE = {
    "5": Satisfaction.VERY_SATISFIED,
    "4": Satisfaction.SATISFIED,
    "3": Satisfaction.FAIR,
    "2": Satisfaction.DISSATISFIED,
    "1": Satisfaction.VERY_DISSATISFIED,
}
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_SPELT = {"五": "5", "四": "4", "三": "3", "二": "2", "一": "1"}
# Longest first: 不满意 holds 满意.
_BY_WORD = sorted({one.zh: one for one in BY_FIGURE.values()}.items(), key=lambda pair: -len(pair[0]))
_APART = r"[\s,，.。!！;；:：、~…()（）【】\[\]\"'“”‘’]"
_FIGURE = re.compile(
    rf"{_APART}*([1-5五四三二一])(?:分|星|颗星)?(?:{_APART}+|$|(?=非常|基本|满意|不满意))(.*)", re.DOTALL
)
_WORD = re.compile(rf"{_APART}*({'|'.join(word for word, _one in _BY_WORD)})(?:{_APART}+|$)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Grade:
    """A clear answer, and what was said beside it."""

    satisfaction: Satisfaction
    said: str


def grade_of(text: str) -> Grade | None:
    """The grade, if the answer begins with one and nothing in it speaks against it; else None.

    ``5``, ``５。谢谢``, ``5分``, ``五``, ``非常满意`` and ``2 不满意，灯还是坏的`` are clear. ``1号楼还漏水``, ``1-5``,
    ``6`` and ``1 非常满意`` (which of the two?) are not.
    """
    plain = text.translate(_WIDE).strip()
    if found := _FIGURE.fullmatch(plain):
        figure = _SPELT.get(found[1], found[1])
        return _unless_denied(BY_FIGURE[figure], found[2].strip())
    if found := _WORD.fullmatch(plain):
        return _unless_denied(dict(_BY_WORD)[found[1]], found[2].strip())
    return None


def _unless_denied(satisfaction: Satisfaction, said: str) -> Grade | None:
    """None if another grade's word or another figure stands beside it."""
    word = next((one for name, one in _BY_WORD if name in said), satisfaction)
    if word is not satisfaction or re.match(r"[0-9]", said):
        return None
    return Grade(satisfaction, said)
