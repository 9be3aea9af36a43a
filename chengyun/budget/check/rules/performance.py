"""Performance forms: PERF-…."""

from __future__ import annotations

import re
from decimal import Decimal

from chengyun.budget.check.contracts import terms
from chengyun.budget.check.findings import Book
from chengyun.budget.check.projects import Note, ProjectForm, forms, notes
from chengyun.budget.check.source import Row

_MEASURABLE = re.compile(r"\d|全覆盖|^(是|否)$")
_GOAL = re.compile(
    r"^(确保|保障|保证)?[^，。；]{0,12}(正常|平稳|顺利|有序)[^，。；]{0,6}(运行|开展|进行)[。]?$"
)
_COSTS = ((r"短信", "短信"), (r"手机卡|流量|套餐资费", "手机|流量|卡"))
_UNITS = r"(G|GB|M|条|次|人|场|个)"


def run(book: Book) -> None:
    """Ask every form; one finding a form and check, the rows named in it."""
    found = notes(book.budget)
    for form in forms(book.budget):
        if not form.indicators:
            continue
        _columns(book, form)
        _levels(book, form)
        _measurable(book, form)
        _goal(book, form)
        _weights(book, form)
        note = next((note for note in found if note.title == form.fields.get("项目名称")), None)
        if note is not None:
            _scope(book, form, note)
            _coverage(book, form, note)
            _surveyed(book, form, note)


def _name(form: ProjectForm) -> str:
    return form.fields.get("项目名称", form.form.title)


def _columns(book: Book, form: ProjectForm) -> None:
    for one in form.indicators:
        if not one.shift:
            book.ok("PERF-COL")
            continue
        said = next((word for word in (one.level_two, one.level_one) if word), "")
        shown = "、".join(dict.fromkeys(word for word in (one.level_two, one.name) if word))
        zh = f"“{_name(form)}”指标行错列（左移{one.shift}列）：{shown}"
        en = f"{_name(form)}: row shifted {one.shift} column(s) to the left: {shown}"
        book.fail("PERF-COL", zh, en, row=said, place=one.place)


def _levels(book: Book, form: ProjectForm) -> None:
    have = {one.level_one for one in form.indicators if one.name}
    for level in ("产出指标", "效益指标", "满意度指标"):
        if level in have:
            book.ok("PERF-MIN")
        else:
            zh, en = f"“{_name(form)}”缺{level}", f"{_name(form)}: no {level}"
            book.fail("PERF-MIN", zh, en, row=level, place=form.form.place)
    costs = [one for one in form.indicators if "成本" in one.level_one + one.level_two]
    if costs and not any(one.name for one in costs):
        zh, en = f"“{_name(form)}”成本指标为空", f"{_name(form)}: the cost indicator is empty"
        book.fail("PERF-MIN", zh, en, row="成本指标", place=costs[0].place)


def _measurable(book: Book, form: ProjectForm) -> None:
    vague = [one for one in form.indicators if one.name and not _MEASURABLE.search(one.target)]
    if not vague:
        book.ok("PERF-MEAS")
        return
    shown = "、".join(f"{one.name}（{one.target or '无'}）" for one in vague[:6])
    more = f"等{len(vague)}项" if len(vague) > 6 else ""
    zh = f"“{_name(form)}”指标不可衡量：{shown}{more}"
    en = f"{_name(form)}: {len(vague)} indicators without a number or a band: {shown}"
    book.fail("PERF-MEAS", zh, en, row=vague[0].name, place=vague[0].place, left=vague[0].target or None)


def _goal(book: Book, form: ProjectForm) -> None:
    if not form.goals:
        return
    faults = []
    if _GOAL.match(form.goals[0]) or (len(form.goals[0]) < 25 and not re.search(r"\d", form.goals[0])):
        faults.append(("总目标空泛", "the goal is generic"))
    if len(form.goals) > 1 and form.goals[0] == form.goals[1]:
        faults.append(("年度目标照抄总目标", "the year's goal copies it"))
    if not faults:
        book.ok("PERF-GOAL")
        return
    zh = f"“{_name(form)}”{'，'.join(fault[0] for fault in faults)}：{form.goals[0][:40]}"
    en = f"{_name(form)}: {', '.join(fault[1] for fault in faults)}: {form.goals[0][:40]}"
    book.fail("PERF-GOAL", zh, en, place=form.form.place, left=form.goals[0][:60])


def _weights(book: Book, form: ProjectForm) -> None:
    weights = [Decimal(match[1]) for row in form.form.rows for match in [_weight(row)] if match]
    if not weights:
        return
    if sum(weights) == 100:
        book.ok("PERF-WT")
    else:
        zh, en = f"“{_name(form)}”权重合计{sum(weights)}", f"{_name(form)}: weights add up to {sum(weights)}"
        book.fail("PERF-WT", zh, en, place=form.form.place, left=sum(weights, Decimal(0)), right=Decimal(100))


def _weight(row: Row) -> re.Match[str] | None:
    texts = [piece.text for piece in row.filled]
    return next((m for text in texts if (m := re.fullmatch(r"权重[:：]?(\d+(?:\.\d+)?)", text))), None)


def _scope(book: Book, form: ProjectForm, note: Note) -> None:
    """A target that repeats one card's monthly quantity is not the project's quantity."""
    told = terms(note)
    for one in form.indicators:
        match = re.fullmatch(rf"[≥=≤]?(\d+){_UNITS}", one.target)
        if match is None:
            continue
        single = re.search(rf"每月{match[1]}{match[2]}", note.text())
        if single is None or not told.per_unit:
            book.ok("PERF-UNIT")
            continue
        quantity, word, _ = told.per_unit[0]
        total = quantity * Decimal(match[1])
        zh = f"“{one.name}”{one.target}为每{word}每月口径，合同口径应为每月{total}{match[2]}（{quantity}{word}）"
        en = f"{one.name}: {one.target} is for one of {quantity} a month; the contract gives {total}{match[2]} a month"
        book.fail(
            "PERF-UNIT", zh, en, row=one.name, place=one.place, left=one.target, right=f"{total}{match[2]}/月"
        )


def _coverage(book: Book, form: ProjectForm, note: Note) -> None:
    told, budget = terms(note), form.funding.get("year")
    if not budget or not (told.per_unit or told.fixed):
        return
    named = "".join(one.name + one.target for one in form.indicators)
    units = sum((12 * quantity * price for quantity, _, price in told.per_unit), Decimal(0))
    shares = (
        ("短信", r"短信", budget - units if told.overage else 12 * sum(told.fixed, Decimal(0))),
        ("手机卡", r"手机|流量|卡", units),
    )
    for label, pattern, cost in shares:
        share = cost / budget
        if share <= Decimal("0.1") or label[:2] not in note.text():
            continue
        if re.search(pattern, named.replace("手机上报", "")):
            book.ok("PERF-COVER")
            continue
        zh = f"{share:.1%}资金（{label}，{cost:,.2f}元）无对应指标"
        en = f"{share:.1%} of the money ({label}, {cost:,.2f} 元) has no indicator"
        book.fail("PERF-COVER", zh, en, row=label, place=form.form.place, left=cost, right=budget)


def _surveyed(book: Book, form: ProjectForm, note: Note) -> None:
    for one in form.indicators:
        group = re.match(r"(.{2,8}?)满意度", one.name)
        if one.level_one != "满意度指标" or group is None:
            continue
        if group[1] in note.text() or group[1][:2] in note.text("项目概述"):
            book.ok("PERF-SAT")
            continue
        zh = f"满意度对象“{group[1]}”不在项目受益对象之中"
        book.fail(
            "PERF-SAT",
            zh,
            f"The surveyed ({group[1]}) are not among the beneficiaries",
            row=one.name,
            place=one.place,
        )
