"""导入和导出: the lines of a budget as a table."""

from __future__ import annotations

import io
import tempfile
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath
from typing import Any

import xlsxwriter
from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengyun.budget.kinds import Fund, LineKind, Source
from chengyun.budget.ledger.actions import import_lines
from chengyun.budget.ledger.actions.importing import COLUMNS, Taken
from chengyun.budget.ledger.codes import codes_of
from chengyun.budget.ledger.facts import budget_of
from chengyun.budget.ledger.forms import FileForm
from chengyun.budget.ledger.policies import READING, WRITING
from chengyun.budget.models.ledger import Budget, BudgetLine
from chengyun.kernel.errors import NotThere, Refused
from chengyun.organisation.access import needs
from chengyun.organisation.requests import StaffRequest

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def folder() -> Path:
    """Where rejected rows wait to be fetched; no web server serves it."""
    found = Path(settings.DATA_FOLDER) / "budget-imports"
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


def take_in(request: StaffRequest, budget: Budget, run: Callable[..., Taken], **page: Any) -> HttpResponse:
    """The page on which a file is handed in; below it what became of its rows."""
    form = FileForm(request.POST or None, request.FILES or None)
    done: Taken | None = None
    key = uuid.uuid4()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        with tempfile.TemporaryDirectory(dir=folder()) as place:
            path = Path(place) / f"lines{PurePath(file.name).suffix.lower()}"
            with path.open("wb") as kept:
                for chunk in file.chunks():
                    kept.write(chunk)
            try:
                done = run(budget.pk, path, _rejects(key), actor=request.actor, now=request.now)
            except Refused as error:
                # The file is called by its stored name there; the reader knows it by another.
                form.add_error("file", error.message.replace(path.name, PurePath(file.name).name))
    said = {
        "budget": budget,
        "form": form,
        "done": done,
        "rejects": key if done and done.refused else "",
        **page,
    }
    return render(request, "budget/ledger/import.html", said, status=422 if form.errors else 200)


@needs(*WRITING)
@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: StaffRequest, budget_id: int) -> HttpResponse:
    """Hand in a table of lines."""
    budget = budget_of(budget_id, actor=request.actor)
    return take_in(
        request,
        budget,
        import_lines,
        title=_("导入支出"),
        columns=COLUMNS,
        hint=_(
            "按科目、项目和资金找到各行，改为文件里的金额；没有的新增，文件没有提到的不动。整次导入可一次撤销。"
        ),
        back=reverse("budget:ledger", args=[budget.pk]),
        example=reverse("budget:lines-file", args=[budget.pk]),
    )


@needs(*WRITING)
@require_safe
def rejected(request: StaffRequest, budget_id: int, key: uuid.UUID) -> HttpResponseBase:
    """The rows that were not written: line, field, reason and the row as it was."""
    budget_of(budget_id, actor=request.actor)
    path = _rejects(key)
    if not path.is_file():
        raise NotThere(_("没有退回的行，或已清理。"))
    answer = FileResponse(
        path.open("rb"), as_attachment=True, filename=_("预算退回.csv"), content_type="text/csv"
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _rejects(key: uuid.UUID) -> Path:
    return folder() / f"{key.hex}.rejects.csv"


@needs(*READING)
@require_safe
def lines_file(request: StaffRequest, budget_id: int) -> HttpResponse:
    """All lines as XLSX; what is exported can be imported again."""
    budget = budget_of(budget_id, actor=request.actor)
    return as_xlsx(COLUMNS, _rows(budget), f"budget-{budget.fiscal_year}.xlsx", codes=(1, 3, 5))


def _rows(budget: Budget) -> Iterable[list[Any]]:
    names = codes_of(budget.fiscal_year)
    for line in BudgetLine.objects.filter(budget=budget).select_related("project"):
        yield [
            LineKind(line.kind).zh,
            line.func_code,
            names.name(line.func_code),
            line.eco_code,
            names.name(line.eco_code, economic=True),
            line.project.code if line.project else "",
            line.project.name if line.project else "",
            Source(line.source).zh,
            Fund(line.fund).zh,
            line.amount,
            line.note,
        ]


def as_xlsx(
    columns: Iterable[str], rows: Iterable[list[Any]], name: str, *, codes: tuple[int, ...] = ()
) -> HttpResponse:
    """A table as an XLSX answer. ``codes`` are the columns kept as text."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("lines")
        head, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        text = book.add_format({"num_format": "@"})
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column, head)
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, place, value, text if place in codes else None)
                else:
                    sheet.write_number(number, place, float(value), money)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 10, 18)
    answer = HttpResponse(file.getvalue(), content_type=_XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
