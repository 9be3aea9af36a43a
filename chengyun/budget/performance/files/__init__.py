"""The official forms as files: for Word and for spreadsheets."""

from __future__ import annotations

from chengyun.budget.compiling.document import Form


def form_docx(form: Form) -> bytes:
    """The form for Word. Its library is loaded when it is first asked for, not with the product."""
    from chengyun.budget.performance.files.docx import form_docx as made

    return made(form)


def form_xlsx(form: Form) -> bytes:
    """The form for spreadsheets."""
    from chengyun.budget.performance.files.xlsx import form_xlsx as made

    return made(form)
