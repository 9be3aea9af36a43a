"""All files of one publication, rendered from the same document."""

from __future__ import annotations

import re

from chengyun.budget.compiling.document import Document
from chengyun.budget.compiling.rows import BudgetFacts
from chengyun.budget.publishing.html import as_html
from chengyun.budget.publishing.package import as_package
from chengyun.budget.publishing.pdf import as_pdf
from chengyun.budget.publishing.txt import as_txt
from chengyun.budget.publishing.words import MEDIA, FileKind


def rendered(facts: BudgetFacts, document: Document) -> dict[FileKind, bytes]:
    """Every kind of file; about a second, most of it PDF and DOCX."""
    # The libraries of office files are loaded with the first publication, not with the product.
    from chengyun.budget.publishing.docx import as_docx
    from chengyun.budget.publishing.xlsx import as_xlsx

    return {
        FileKind.HTML: as_html(document),
        FileKind.PDF: as_pdf(document),
        FileKind.DOCX: as_docx(document),
        FileKind.XLSX: as_xlsx(document),
        FileKind.TXT: as_txt(document),
        FileKind.PACKAGE: as_package(facts, document),
    }


def file_name(title: str, number: int, kind: FileKind) -> str:
    """``上海市宝山区2024年区级部门预算-第2版.pdf``; the first version carries no number."""
    version = f"-第{number}版" if number > 1 else ""
    plain_title = re.sub(r"\W+", "", title)
    return f"{plain_title}{version}{MEDIA[kind][0]}"
