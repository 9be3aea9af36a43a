"""The name of the organisation and its role: ORG-01."""

from __future__ import annotations

import re
from collections import Counter

from chengyun.budget.check.findings import Book
from chengyun.budget.check.prose import clean
from chengyun.budget.check.source import Gap, Line, Place

_BY = re.compile(r"(编制|预算)(部门|单位|主管部门)[:：](.+?)(?=\(?（?(?:金额)?单位[:：]|$)")


def run(book: Book) -> None:
    """Compare every line 编制部门：… with the others and with the edition."""
    said: list[tuple[str, str, Place]] = []
    for block in book.budget.source.blocks:
        if isinstance(block, Gap):
            continue
        text = block.text if isinstance(block, Line) else "".join(piece.text for piece in block.filled)
        match = _BY.search(clean(text)) if len(text) < 120 else None
        if match:
            said.append((match[3], match[1] + match[2], block.place))
    if len(said) < 2:
        return
    usual = Counter(name for name, _, _ in said).most_common(1)[0][0]
    wrong_role = "编制单位" if book.budget.edition == "department" else "编制部门"
    for name, role, place in said:
        if name != usual:
            zh, en = (
                f"单位名称“{name}”与“{usual}”不一",
                f"The organisation is {name} here and {usual} elsewhere",
            )
            book.fail("ORG-01", zh, en, place=place, left=name, right=usual)
        elif role == wrong_role:
            zh, en = f"称谓“{role}”与本文件类别不一", f"The role {role} does not fit this edition"
            book.fail("ORG-01", zh, en, place=place, left=role)
        else:
            book.ok("ORG-01")
