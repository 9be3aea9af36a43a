"""Project notes and forms: PRJ-…, BAS-YEAR, PROC-…."""

from __future__ import annotations

import re
from decimal import Decimal

from chengyun.budget.check import columns as c
from chengyun.budget.check.amounts import money
from chengyun.budget.check.catalogue import Severity
from chengyun.budget.check.facts import fact
from chengyun.budget.check.findings import Book
from chengyun.budget.check.projects import HEADINGS, Note, ProjectForm, amount_in, forms, notes
from chengyun.budget.check.source import Place

_DECLARED = re.compile(r"编报绩效目标的项目共?(\d+)个，涉及(?:项目)?预算资金([\d,]+(?:\.\d+)?)万元")
_OVERLAPS = (
    (r"手机|短信|通讯|通信|流量|宽带", "30207"),
    (r"物业", "30209"),
    (r"印刷", "30202"),
    (r"培训费", "30216"),
    (r"维修|维护费", "30213"),
)


def run(book: Book) -> None:
    """Ask notes and forms."""
    found, declared_forms = notes(book.budget), forms(book.budget)
    _declared(book, found, declared_forms)
    for form in declared_forms:
        _funding(book, form)
    for note in found:
        _headings(book, note)
        _basis(book, note)
        _overlap(book, note)
        own = _form_of(note, found, declared_forms)
        if own is not None:
            _same(book, note, own)
    _procurement(book, found)


def _declared(book: Book, found: list[Note], declared: list[ProjectForm]) -> None:
    for paragraph in book.budget.paragraphs:
        match = _DECLARED.search(paragraph.text)
        if match is None:
            continue
        place, count = paragraph.at(match.start()), int(match[1])
        funds = Decimal(match[2].replace(",", "")) * 10_000
        _coverage(book, funds, place)
        if book.budget.edition != "department":
            continue
        if len(found) == count and len(declared) == count:
            book.ok("PRJ-DISC")
        else:
            short = count - max(len(found), len(declared))
            zh = f"编报绩效目标{count}个，项目说明{len(found)}个、申报表{len(declared)}个" + (
                f"，缺{short}个" if short > 0 else ""
            )
            en = f"{count} projects declared, {len(found)} notes and {len(declared)} forms published"
            here = found[0].place if found else place
            book.fail(
                "PRJ-DISC",
                zh,
                en,
                place=here,
                left=Decimal(count),
                right=Decimal(max(len(found), len(declared))),
            )
        total = sum((form.funding.get("year", Decimal(0)) for form in declared), Decimal(0))
        if len(declared) == count and abs(total - funds) > 50:
            zh = f"申报表金额之和{money(total)}元，说明为{match[2]}万元"
            en = f"The forms add up to {money(total)} 元, the text says {match[2]} 万元"
            book.fail("PRJ-DISC", zh, en, place=place, left=funds, right=total)


def _coverage(book: Book, funds: Decimal, place: Place) -> None:
    project = fact(book.budget, c.PROJECT)
    if project is None:
        return
    gap = project - funds
    if abs(gap) <= 50:
        book.ok("PRJ-COV")
        return
    more = gap < 0
    zh = f"绩效目标涉及{money(funds)}元，项目支出{money(project)}元，" + (
        f"多出{money(-gap)}元" if more else f"{money(gap)}元项目支出无绩效目标"
    )
    en = (
        f"Targets cover {money(funds)} 元 of {money(project)} 元 project spending, difference {money(gap)} 元"
    )
    severity = Severity.ERROR if more else Severity.WARNING
    book.fail(
        "PRJ-COV",
        zh,
        en,
        severity=severity,
        table=3,
        column=c.PROJECT,
        place=place,
        left=project,
        right=funds,
    )


def _funding(book: Book, form: ProjectForm) -> None:
    f = form.funding
    zero = Decimal(0)
    name = form.fields.get("项目名称", form.form.title)
    place = form.funding_place or form.form.place
    checks = []
    if {"total", "grant"} <= set(f):
        checks.append(("项目资金总额", f["total"], f["grant"] + f.get("other", zero), False))
    if {"year", "year_grant"} <= set(f):
        parts = f["year_grant"] + f.get("carried", zero) + f.get("year_other", zero)
        checks.append(("年度资金申请总额", f["year"], parts, False))
    if {"total", "year"} <= set(f):
        checks.append(("年度资金不超过总额", f["total"], f["year"], True))
    for label, left, right, least in checks:
        if left == right or (least and right <= left):
            book.ok("PRJ-FORM")
            continue
        zh = f"“{name}”申报表{label}：{money(left)}元，分项{money(right)}元，差{money(left - right)}元"
        en = f"Form {name}, {label}: {money(left)} 元 against {money(right)} 元, difference {money(left - right)} 元"
        book.fail("PRJ-FORM", zh, en, row=name, column=label, place=place, left=left, right=right)


def _headings(book: Book, note: Note) -> None:
    for heading in HEADINGS:
        content = note.text(heading)
        place = note.parts[heading][0].place if note.parts.get(heading) else note.place
        fault = ""
        if not content:
            fault = "内容缺失|is missing or empty"
        elif re.fullmatch(r"[^，。；：\d（(]{2,16}", content) and re.search(
            r"职责|相关|内容|要求|情况$", content
        ):
            fault = "内容疑为模板残留|looks like words of the template"
        elif heading == "年度预算安排" and not re.search(r"\d", content):
            fault = "未列金额|gives no amount"
        if not fault:
            book.ok("PRJ-7")
            continue
        zh, _, en = fault.partition("|")
        said = f"：{content[:30]}" if content else ""
        book.fail(
            "PRJ-7",
            f"“{heading}”{zh}{said}",
            f"{heading} {en}{said}",
            row=heading,
            place=place,
            left=content[:60] or None,
        )


def _basis(book: Book, note: Note) -> None:
    year = book.budget.year
    for paragraph in note.parts.get("立项依据", []):
        for match in re.finditer(r"《[^》]*?(20\d\d)年[^》]*》", paragraph.text):
            if int(match[1]) >= year:
                book.ok("BAS-YEAR")
                continue
            zh, en = (
                f"立项依据适用{match[1]}年度：{match[0]}",
                f"The basis is titled for {match[1]}: {match[0]}",
            )
            book.fail("BAS-YEAR", zh, en, place=paragraph.at(match.start()), left=match[1], right=str(year))


def _overlap(book: Book, note: Note) -> None:
    eight = book.budget.tables.get(8)
    text = note.text("项目概述", "实施方案")
    for pattern, code in _OVERLAPS:
        row = eight.row(code) if eight else None
        if row is None or not row.amount(c.TOTAL) or len(re.findall(pattern, text)) < 2:
            continue
        zh = f"“{note.title or '项目'}”与基本支出{row.label}（{money(row.amount(c.TOTAL))}元）可能重复"
        en = f"The project {note.title} may overlap basic line {row.label} ({money(row.amount(c.TOTAL))} 元)"
        book.fail("PRJ-ECO", zh, en, table=8, row=row.label, place=note.place, right=row.amount(c.TOTAL))


def _form_of(note: Note, found: list[Note], declared: list[ProjectForm]) -> ProjectForm | None:
    named = [
        form for form in declared if form.fields.get("项目名称") and form.fields["项目名称"] == note.title
    ]
    if named:
        return named[0]
    return declared[0] if len(found) == len(declared) == 1 and not note.title else None


def _same(book: Book, note: Note, form: ProjectForm) -> None:
    amount, year = amount_in(note.text("年度预算安排")), form.funding.get("year")
    if amount is None or year is None:
        book.defer(
            "PRJ-AMT",
            "项目说明或申报表未列年度金额",
            "No yearly amount in the note or the form",
            place=note.place,
        )
    elif amount == year:
        book.ok("PRJ-AMT")
    else:
        zh = f"项目说明年度预算{money(amount)}元，申报表{money(year)}元"
        en = f"The note budgets {money(amount)} 元, the form {money(year)} 元"
        book.fail("PRJ-AMT", zh, en, row=note.title, place=note.place, left=amount, right=year)
    period = re.findall(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日", note.text("实施周期"))
    dates = [form.fields.get(label, "") for label in ("计划开始日期", "计划完成日期")]
    if len(period) != 2 or not all(re.fullmatch(r"\d{4}-\d\d-\d\d", date) for date in dates):
        return
    first = int(period[0][0] or book.budget.year)
    said = [f"{int(year or first)}-{int(month):02d}-{int(day):02d}" for year, month, day in period]
    if said == dates:
        book.ok("PRJ-DATE")
    else:
        zh, en = (
            f"实施周期{'至'.join(said)}，申报表{'至'.join(dates)}",
            f"Period {' to '.join(said)}, form {' to '.join(dates)}",
        )
        book.fail(
            "PRJ-DATE", zh, en, row=note.title, place=note.place, left="/".join(said), right="/".join(dates)
        )


def _procurement(book: Book, found: list[Note]) -> None:
    for paragraph in book.budget.text("other"):
        text = paragraph.text
        total = re.search(r"政府采购预算([\d,]+(?:\.\d+)?)万元", text)
        parts = re.findall(r"政府采购(货物|工程|服务)预算([\d,]+(?:\.\d+)?)万元", text)
        if total and len(parts) == 3:
            _parts(book, paragraph.at(total.start()), Decimal(total[1].replace(",", "")), parts)
        small = re.search(
            r"预留[^。]*?金额([\d,]+(?:\.\d+)?)万元[^。]*?小型和微型[^。]*?([\d,]+(?:\.\d+)?)万元", text
        )
        if small and Decimal(small[2].replace(",", "")) > Decimal(small[1].replace(",", "")):
            zh, en = (
                "预留小微企业金额大于中小企业预留总额",
                "Reserved for small and micro exceeds all reserved",
            )
            book.fail(
                "PROC-02", zh, en, place=paragraph.place, left=Decimal(small[1]), right=Decimal(small[2])
            )
        nil = re.search(r"未安排政府采购预算|无政府采购预算|政府采购预算(为)?0(\.0+)?万元", text)
        if nil:
            _nil(book, paragraph.at(nil.start()), found)
        elif total:
            book.ok("PROC-01")


def _parts(book: Book, place: Place, total: Decimal, parts: list[tuple[str, str]]) -> None:
    summed = sum((Decimal(number.replace(",", "")) for _, number in parts), Decimal(0))
    if summed == total:
        book.ok("PROC-02")
        return
    zh, en = (
        f"采购预算{total}万元，货物、工程、服务之和{summed}万元",
        f"Procurement {total} 万元, its parts {summed} 万元",
    )
    severity = Severity.INFO if abs(summed - total) <= Decimal("0.02") else None
    book.fail("PROC-02", zh, en, severity=severity, place=place, left=total * 10_000, right=summed * 10_000)


def _nil(book: Book, place: Place, found: list[Note]) -> None:
    eight = book.budget.tables.get(8)
    lines = [eight.row(code) for code in ("31002", "31003", "31007", "30209", "30227")] if eight else []
    said = [
        f"{line.label}{money(line.amount(c.TOTAL))}元"
        for line in lines
        if line is not None and line.amount(c.TOTAL)
    ]
    if any("采购" in note.text() for note in found):
        said.append("项目说明中的采购")
    if not said:
        book.ok("PROC-01")
        return
    zh, en = f"采购预算为零，但有{'、'.join(said)}", f"Procurement is nil, but there is {', '.join(said)}"
    book.fail("PROC-01", zh, en, place=place)
