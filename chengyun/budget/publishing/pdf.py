"""The document on paper, set by typst with its Chinese font embedded (docs/decisions/0020-pdf-and-fonts.md)."""

from __future__ import annotations

import importlib.util
import json
import threading
from functools import cache
from pathlib import Path
from typing import Any

from chengyun.budget.compiling.document import Document
from chengyun.budget.publishing.plain import plain

_TEMPLATE = Path(__file__).parents[1] / "typst" / "budget.typ"
_FONT_PACKAGE = "cvttf_NotoSansCJK_Regular"
# One compiler is kept per process: its fonts are read once. It is not made for several threads at a time.
_one_at_a_time = threading.Lock()


def as_pdf(document: Document) -> bytes:
    """The file's bytes; its text can be searched and copied."""
    return set_in_type(plain(document))


def set_in_type(data: dict[str, Any]) -> bytes:
    """The same from plain values."""
    with _one_at_a_time:
        made = _compiler().compile(sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, format="pdf")
    assert isinstance(made, bytes)
    return made


@cache
def _compiler() -> Any:
    import typst  # a large library, needed only where somebody prints

    return typst.Compiler(str(_TEMPLATE), font_paths=[str(_fonts())], ignore_system_fonts=True)


def _fonts() -> Path:
    found = importlib.util.find_spec(_FONT_PACKAGE)
    if found is None or found.origin is None:
        raise RuntimeError(
            f"the font package {_FONT_PACKAGE} is not installed: run `make run` or pip install ."
        )
    return Path(found.origin).parent
