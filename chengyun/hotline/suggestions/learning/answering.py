"""Answering JSON lines with a learnt model. Reads the database without Django's rooms: it starts at once."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

from chengyun.hotline.suggestions.learning.classifier import Classifier, read_classifier
from chengyun.hotline.suggestions.learning.features import normalised
from chengyun.kernel.errors import Refused

_TABLE = "hotline_learntmodel"
_NEWEST = f"SELECT file_digest FROM {_TABLE} WHERE name = %s ORDER BY version DESC LIMIT 1"  # noqa: S608
_KNOWN = f"SELECT DISTINCT name FROM {_TABLE} ORDER BY name"  # noqa: S608


def newest(name: str) -> Classifier:
    """The newest version of a model. Raises ``Refused`` if there is none."""
    from django.conf import settings
    from django.db import connection

    rows: list[Any] = []
    known: list[str] = []
    # Django warns where its rooms are not loaded; that they are not is what makes this quick.
    warnings.filterwarnings("ignore", message="Accessing the database during app initialization")
    with connection.cursor() as cursor:
        if _TABLE in connection.introspection.table_names(cursor):
            cursor.execute(_NEWEST, [name])
            rows = cursor.fetchall()
            cursor.execute(_KNOWN)
            known = [one for (one,) in cursor.fetchall()]
    connection.close()
    if not rows:
        raise Refused(
            f"没有名为 {name} 的模型；现有：{'、'.join(known) or '无'}。先用 chengyun learn 学一个 "
            f"(no such model: run `chengyun learn … --name {name}` first)"
        )
    return read_classifier(Path(settings.DATA_FOLDER) / "models" / f"{rows[0][0]}.npz")


def answer(line: bytes, model: Classifier, limit: int) -> bytes:
    """The answer to one line, ending in a line feed; ``suggestions`` is always there, empty beside an ``error``."""
    try:
        said: dict[str, Any] = {"suggestions": _suggestions(line, model, limit)}
    except ValueError as error:
        said = {"suggestions": [], "error": str(error)}
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _suggestions(line: bytes, model: Classifier, limit: int) -> list[dict[str, Any]]:
    text = _text(line)
    found = model.guesses(text, limit)
    return [{"label": one.label, "score": round(one.score, 4)} for one in found]


def _text(line: bytes) -> str:
    """The text of a line, or ``ValueError`` that says what is wrong with it."""
    try:
        said = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("the line is not UTF-8 (不是 UTF-8)") from None
    except (ValueError, RecursionError) as error:
        raise ValueError(f"the line is not JSON (不是 JSON): {error}") from None
    if not isinstance(said, dict) or "text" not in said:
        raise ValueError('expected an object with "text" (缺少 text)')
    if not isinstance(said["text"], str):
        raise ValueError('"text" must be a string (text 应是字符串)')
    if not normalised(said["text"]):
        raise ValueError('"text" holds no words (text 没有文字)')
    return said["text"]
