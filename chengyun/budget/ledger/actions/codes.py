"""Codes that the year's table lacks."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from chengyun.budget.ledger.codes import version_of
from chengyun.budget.ledger.policies import WRITING
from chengyun.budget.models.codes import Code, CodeKind
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid
from chengyun.kernel.writing import writing
from chengyun.organisation.policies import require

_WIDTHS = {CodeKind.FUNCTION: (3, 5, 7), CodeKind.ECONOMIC: (3, 5)}


@writing()
def add_code(
    *, kind: str, fiscal_year: int, code: str, name: str, source: str, actor: Actor, now: datetime
) -> Code:
    """Add a code to the version of a year. Its parent must be there. Raises ``Invalid`` (kind, code, name, source)."""
    require(actor, *WRITING)
    if kind not in set(CodeKind):
        raise Invalid({"kind": _("请从列出的分类中选。")})
    version, code = version_of(CodeKind(kind), fiscal_year), code.strip()
    faults: dict[str, str] = {}
    if version is None:
        raise Invalid({"kind": _("还没有这一年的科目表。")})
    if not code.isdigit() or len(code) not in _WIDTHS[CodeKind(kind)]:
        faults["code"] = _("功能科目 3、5、7 位数字，经济科目 3、5 位数字。")
    elif Code.objects.filter(version=version, code=code).exists():
        faults["code"] = _("已有这个编码。")
    elif len(code) > 3 and not Code.objects.filter(version=version, code=code[:-2]).exists():
        faults["code"] = _("没有上级科目 %(code)s，请先新增上级。") % {"code": code[:-2]}
    for field, text in (("name", name), ("source", source)):
        if not text.strip():
            faults[field] = _("请填写此项。")
    if faults:
        raise Invalid(faults)
    return Code.objects.create(
        version=version,
        code=code,
        name=name.strip()[:80],
        mark="added",
        source=source.strip()[:200],
        added_by=actor.name,
    )
