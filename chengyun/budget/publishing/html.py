"""The document as one web page that stands by itself: real tables, an anchor for every row, its style inside."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from django.template import engines

from chengyun.budget.compiling.document import Document
from chengyun.budget.publishing.plain import plain

_STYLE = Path(__file__).parents[1] / "static" / "budget" / "document.css"


def as_html(document: Document) -> bytes:
    """UTF-8; needs no other file."""
    data = plain(document)
    body = fragment(data)
    style = _STYLE.read_text(encoding="utf-8")
    page = (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
    return page.encode("utf-8")


def fragment(data: dict[str, Any]) -> str:
    """The document's own part, from plain values."""
    return str(engines["jinja2"].get_template("budget/publishing/_document.html").render({"doc": data}))
