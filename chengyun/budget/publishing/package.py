"""A Fiscal Data Package (https://fiscal.datapackage.org): CSV with ``datapackage.json`` in one zip.

It says no more than the tables do: functions for all lines, economic classes for basic expenditure, names of
projects whose note is published. The columns carry the element names of 预算管理一体化 as ``mof``.
"""

from __future__ import annotations

import csv
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from chengyun.budget.compiling.document import Document
from chengyun.budget.compiling.figures import is_table_eight
from chengyun.budget.compiling.rows import NIL, BudgetFacts

# A zip carries a time for every file; a fixed one keeps equal data equal to the byte.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_Fields = tuple[
    tuple[str, str, str, str, str], ...
]  # name, type, columnType, Chinese title, element of 一体化

_COMMON: _Fields = (
    ("fiscal_year", "integer", "date:fiscal-year", "预算年度", "FISCAL_YEAR"),
    ("organisation", "string", "administrative-classification:generic:label", "预算单位", ""),
    ("direction", "string", "direction", "收支方向", ""),
    ("phase", "string", "phase:id", "预算阶段", ""),
)
_VALUE: _Fields = (
    ("currency", "string", "value-currency:code", "币种", ""),
    ("amount", "number", "value", "金额（元）", ""),
)
_SOURCE: _Fields = (
    ("source", "string", "fin-source:generic:level1:label", "资金来源", "SOURCE_TYPE_CODE"),
    ("fund", "string", "fin-source:generic:level2:label", "预算类型", "FUND_TYPE_CODE"),
)
_FUNCTION: _Fields = tuple(
    field
    for level, word in ((1, "类"), (2, "款"), (3, "项"))
    for field in (
        (
            f"function{level}_code",
            "string",
            f"functional-classification:generic:level{level}:code",
            f"功能分类{word}编码",
            "EXP_FUNC_CODE" if level == 3 else "",
        ),
        (
            f"function{level}",
            "string",
            f"functional-classification:generic:level{level}:label",
            f"功能分类{word}名称",
            "",
        ),
    )
)
_ECONOMIC: _Fields = tuple(
    field
    for level, word in ((1, "类"), (2, "款"))
    for field in (
        (
            f"economic{level}_code",
            "string",
            f"economic-classification:generic:level{level}:code",
            f"经济分类{word}编码",
            "DEP_BGT_ECO_CODE" if level == 2 else "",
        ),
        (
            f"economic{level}",
            "string",
            f"economic-classification:generic:level{level}:label",
            f"经济分类{word}名称",
            "",
        ),
    )
)
_KIND: _Fields = (("kind", "string", "activity:generic:program:label", "支出类别", ""),)
_PROJECT: _Fields = (
    ("project_code", "string", "activity:generic:project:code", "项目编码", "PRO_CODE"),
    ("project", "string", "activity:generic:project:label", "项目名称", ""),
)
_RESOURCES: dict[str, tuple[str, _Fields]] = {
    "expenditure": ("支出预算", (*_COMMON, *_FUNCTION, *_KIND, *_SOURCE, *_PROJECT, *_VALUE)),
    "basic-by-economic-class": ("一般公共预算基本支出（经济分类）", (*_COMMON, *_ECONOMIC, *_VALUE)),
    "income": (
        "收入预算",
        (
            *_COMMON,
            *_SOURCE,
            ("carried_over", "boolean", "fin-source:generic:level3:label", "上年结转", ""),
            *_VALUE,
        ),
    ),
}


def as_package(facts: BudgetFacts, document: Document) -> bytes:
    """The zip's bytes; equal facts give equal bytes."""
    rows = {
        "expenditure": _expenditure(facts),
        "basic-by-economic-class": _economic(facts),
        "income": _income(facts),
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(
            archive,
            "datapackage.json",
            json.dumps(_description(facts, document), ensure_ascii=False, indent=1),
        )
        for name, lines in rows.items():
            _put(archive, f"{name}.csv", _csv(_RESOURCES[name][1], lines))
    return out.getvalue()


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, text.encode("utf-8"))


def _csv(fields: _Fields, lines: Iterable[dict[str, Any]]) -> str:
    out = StringIO()
    writer = csv.DictWriter(out, [name for name, *_ in fields], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue()


def _common(facts: BudgetFacts, direction: str, amount: Decimal) -> dict[str, Any]:
    return {
        "fiscal_year": facts.fiscal_year,
        "organisation": facts.org,
        "direction": direction,
        "phase": "approved",
        "currency": "CNY",
        "amount": f"{amount:.2f}",
    }


def _levels(prefix: str, code: str, names: Any) -> dict[str, str]:
    found = {}
    for level, end in enumerate(range(3, len(code) + 1, 2), 1):
        found[f"{prefix}{level}_code"] = code[:end]
        found[f"{prefix}{level}"] = names.get(code[:end], "")
    return found


def _expenditure(facts: BudgetFacts) -> list[dict[str, Any]]:
    named = {project.code: project.name for project in facts.projects if project.published}
    sums: dict[tuple[str, ...], Decimal] = defaultdict(lambda: NIL)
    for line in facts.lines:
        project = line.project if line.project in named else ""
        sums[line.func_code, line.kind.zh, line.source.zh, line.fund.zh, project] += line.amount
    return [
        {
            **_common(facts, "expenditure", amount),
            **_levels("function", code, facts.functions),
            "kind": kind,
            "source": source,
            "fund": fund,
            "project_code": project,
            "project": named.get(project, ""),
        }
        for (code, kind, source, fund, project), amount in sorted(sums.items())
    ]


def _economic(facts: BudgetFacts) -> list[dict[str, Any]]:
    sums: dict[str, Decimal] = defaultdict(lambda: NIL)
    for line in facts.lines:
        if is_table_eight(line):
            sums[line.eco_code] += line.amount
    return [
        {**_common(facts, "expenditure", amount), **_levels("economic", code, facts.economics)}
        for code, amount in sorted(sums.items())
    ]


def _income(facts: BudgetFacts) -> list[dict[str, Any]]:
    return [
        {
            **_common(facts, "revenue", one.amount),
            "source": one.source.zh,
            "fund": one.fund.zh,
            "carried_over": "true" if one.carried_over else "false",
        }
        for one in facts.incomes
    ]


def _description(facts: BudgetFacts, document: Document) -> dict[str, Any]:
    return {
        "profile": "fiscal-data-package",
        "name": f"budget-{facts.fiscal_year}",
        "title": document.title,
        "publishedBy": facts.org,
        "countryCode": "CN",
        "fiscalPeriod": {"start": f"{facts.fiscal_year}-01-01", "end": f"{facts.fiscal_year}-12-31"},
        "resources": [
            {
                "name": name,
                "title": title,
                "path": f"{name}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {"fields": [_field(*field) for field in fields], "missingValues": [""]},
            }
            for name, (title, fields) in _RESOURCES.items()
        ],
    }


def _field(name: str, kind: str, column: str, title: str, element: str) -> dict[str, Any]:
    said = {"name": name, "type": kind, "columnType": column, "title": title}
    if name == "amount":
        said["decimalChar"] = "."
    return {**said, "mof": element} if element else said
