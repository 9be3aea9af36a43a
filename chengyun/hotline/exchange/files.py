"""Files that come with an order: as base64, judged by their content, or by reference."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from chengyun.cases.actions.attachments import add_attachment
from chengyun.cases.vocabulary import AttachmentKind
from chengyun.kernel.actor import Actor
from chengyun.kernel.errors import Invalid

MOST_FILES = 9
_LONGEST_ADDRESS = 500


@dataclass(frozen=True, slots=True)
class FileSaid:
    """One file: its bytes, or the address where the partner keeps it, which is noted and never fetched."""

    name: str
    content: bytes = b""
    url: str = ""

    @property
    def size(self) -> int:
        """Bytes of the content."""
        return len(self.content)

    def chunks(self) -> Iterable[bytes]:
        """The content, as an upload hands it in."""
        yield self.content


def files_of(said: Any, wrong: dict[str, str]) -> list[FileSaid]:
    """Read the list; what is wrong is noted as ``attachments.0`` and so on."""
    if said is None:
        return []
    if not isinstance(said, list) or len(said) > MOST_FILES:
        wrong["attachments"] = _("应为数组，最多 %(most)d 个") % {"most": MOST_FILES}
        return []
    files = []
    for place, one in enumerate(said):
        try:
            files.append(_file(one))
        except ValueError as error:
            wrong[f"attachments.{place}"] = str(error)
    return files


def _file(said: Any) -> FileSaid:
    if not isinstance(said, dict) or not isinstance(said.get("name"), str) or not said["name"].strip():
        raise ValueError(_("应为 {name, content} 或 {name, url}"))
    content, url = said.get("content"), said.get("url")
    if isinstance(content, str) and url is None:
        try:
            raw = base64.b64decode("".join(content.split()), validate=True)
        except (binascii.Error, ValueError):
            raise ValueError(_("content 不是正确的 base64")) from None
        if not raw:
            raise ValueError(_("这是空文件"))
        return FileSaid(said["name"].strip()[:200], raw)
    if isinstance(url, str) and content is None:
        try:
            whole = urlsplit(url.strip())
        except ValueError:
            raise ValueError(_("url 应为 http 或 https 地址")) from None
        if whole.scheme not in {"http", "https"} or not whole.netloc or len(url) > _LONGEST_ADDRESS:
            raise ValueError(_("url 应为 http 或 https 地址"))
        return FileSaid(said["name"].strip()[:200], url="".join(url.split()))
    raise ValueError(_("应为 {name, content} 或 {name, url}"))


def take_in_files(files: list[FileSaid], *, order: UUID, actor: Actor, now: datetime) -> list[int]:
    """Put the files that came whole into the store, to be tied to the order; return their ids.

    The same file of the same order is stored once. Raises ``Invalid`` naming each file that is not what it says.
    """
    ids, wrong = [], {}
    for place, file in enumerate(files):
        if file.url:
            continue
        try:
            row = add_attachment(
                None,
                file,
                kind=AttachmentKind.EVIDENCE,
                actor=actor,
                now=now,
                client_id=uuid5(order, f"{place}:{file.size}:{file.name}"),
            )
        except Invalid as error:
            wrong[f"attachments.{place}"] = error.message
        else:
            ids.append(row.pk)
    if wrong:
        raise Invalid(wrong)
    return ids


def references(files: list[FileSaid]) -> str:
    """Lines for the order's words: which files lie with the partner, and where."""
    return "".join(f"\n【来件附件】{file.name} {file.url}" for file in files if file.url)
