"""The document as plain values: what is kept of a publication, shown on its page, compared and typeset."""

from __future__ import annotations

from typing import Any

from chengyun.budget.compiling.document import Document, Form, Paragraph, ProjectNote, Section
from chengyun.budget.compiling.sheets import Cell, Sheet


def plain(document: Document) -> dict[str, Any]:
    """Texts only, amounts as printed; safe as JSON."""
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "org": document.org,
        "fiscal_year": document.fiscal_year,
        "contents_title": "目录",
        "contents": [[level, entry] for level, entry in document.contents()],
        "sections": [_section(one) for one in document.sections],
        "tables_title": document.tables_entry.partition("、")[2],
        "sheets": [_sheet(one) for one in document.sheets],
        "closing": [_section(one) for one in document.closing],
        "projects": [_note(one) for one in document.projects],
    }


def _section(section: Section) -> dict[str, Any]:
    return {"key": section.key, "title": section.title, "paragraphs": _paragraphs(section.paragraphs)}


def _paragraphs(paragraphs: tuple[Paragraph, ...]) -> list[dict[str, str]]:
    return [{"text": one.text, "kind": one.kind.value} for one in paragraphs]


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "number": sheet.number,
        "caption": sheet.caption,
        "prepared_by": sheet.prepared_by,
        "unit_line": f"单位：{sheet.unit}",
        "width": sheet.width,
        "head_rows": sheet.head_rows,
        "heads": [
            {"text": one.text, "row": one.row, "column": one.column, "width": one.width, "height": one.height}
            for one in sheet.heads
        ],
        "amounts": sorted(sheet.amount_columns),
        "codes": sorted(sheet.code_columns),
        "rows": [
            {
                "code": row.code,
                "level": row.level,
                "texts": [sheet.shown(slot) for slot in row.slots],
                "is_amount": [isinstance(slot, Cell) for slot in row.slots],
            }
            for row in sheet.rows
        ],
        "note": sheet.note,
    }


def _note(note: ProjectNote) -> dict[str, Any]:
    return {
        "title": note.title,
        "paragraphs": _paragraphs(note.paragraphs),
        "form": _form(note.form) if note.form is not None else None,
    }


def _form(form: Form) -> dict[str, Any]:
    return {
        "title": form.title,
        "subtitle": form.subtitle,
        "width": form.width,
        "height": form.height,
        "cells": [
            {"text": one.text, "row": one.row, "column": one.column, "width": one.width, "height": one.height}
            for one in form.cells
        ],
    }
