"""The official forms as files: for Word and for spreadsheets."""

from chengyun.budget.performance.files.docx import form_docx
from chengyun.budget.performance.files.xlsx import form_xlsx

__all__ = ["form_docx", "form_xlsx"]
