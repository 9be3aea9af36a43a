"""The shorter names by which people call streets and communities. Pure."""

from __future__ import annotations

import re
import unicodedata

STREET_ENDINGS = ("街道办事处", "街道", "镇", "工业园区")
COMMUNITY_ENDINGS = ("居民委员会", "村民委员会", "居委会", "村委会", "居委", "村委")
_NUMERALS = "零一二三四五六七八九"
_NUMBERED = re.compile(r"(?<!\d)(\d{1,2})(?=村|居|小区|街坊)")
_PART = re.compile(r"(?P<stem>.*(?:村|苑|城|园|里|坊|家园|新城))第?(?P<number>[一二三四五六七八九十]{1,3})$")
_SHORTEST = 2


def tidy(text: str) -> str:
    """Bring a name or address to one spelling: full-width to half-width, no blanks, 7村 written 七村."""
    folded = re.sub(r"[\s,，。、;；:：()（）\"“”'·-]+", "", unicodedata.normalize("NFKC", text))
    return _NUMBERED.sub(lambda found: numeral(int(found.group(1))), folded)


def numeral(number: int) -> str:
    """Write 1 to 99 as it stands in names: 7 → 七, 12 → 十二, 20 → 二十."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


def street_aliases(name: str) -> list[str]:
    """大场镇 → 大场; 友谊路街道 → 友谊路, 友谊路街道办事处, 友谊路街道办."""
    found = [name.removesuffix(ending) for ending in STREET_ENDINGS if name.endswith(ending)]
    if name.endswith("街道"):
        found += [f"{name}办事处", f"{name}办"]
    elif name.endswith("镇"):
        found += [f"{name}人民政府", f"{name}政府"]
    elif name.endswith("工业园区"):
        found = [name.removesuffix("区"), "宝山园区"] if name.startswith("宝山") else []
    return _distinct(found, name)


def community_aliases(name: str) -> list[str]:
    """宝钢一村居委会 → 宝钢一村, 宝钢一村居委, 宝钢一村居民区, 宝钢一村社区; 泗塘村村委会 → 泗塘村, …"""
    base = community_base(name)
    if name.endswith("村委会"):
        return _distinct([base, f"{base}委会", f"{base}村委", f"{base}委", f"{base}村民委员会"], name)
    found = [base, f"{base}居委", f"{base}居民委员会", f"{base}居民区", f"{base}社区"]
    if part := _PART.match(base):
        stem, number = part["stem"], part["number"]
        found += [f"{stem}{number}", f"{stem}第{number}"]
        found += [f"{stem}{order}{number}居委{end}" for order in ("", "第") for end in ("", "会")]
    return _distinct(found, name)


def community_base(name: str) -> str:
    """The name without the committee: 宝钢一村, 泗塘村."""
    for ending in COMMUNITY_ENDINGS:
        if name.endswith(ending):
            return name.removesuffix(ending)
    return name


def community_stem(name: str) -> str:
    """The estate that several committees share: 海滨二村第一居委会 → 海滨二村; nothing if it stands alone."""
    part = _PART.match(community_base(name))
    return part["stem"] if part else ""


def _distinct(found: list[str], name: str) -> list[str]:
    return [alias for alias in dict.fromkeys(found) if alias != name and len(alias) >= _SHORTEST]
