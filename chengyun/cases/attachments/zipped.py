"""Office documents: ZIP archives whose parts tell what they are. Only the list of parts is read."""

from __future__ import annotations

import zipfile
from mmap import mmap
from typing import IO, cast

from django.utils.translation import gettext as _

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFD = "application/ofd"  # GB/T 33190
TYPES = frozenset({DOCX, XLSX, OFD})

_TELLING_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "OFD.xml": OFD}
_MOST_PARTS = 3000
_MOST_UNPACKED = (
    300 * 1024 * 1024
)  # bytes, as the archive claims; what claims less cannot be unpacked to more
_MOST_RATIO = 200
_CENTRAL, _END = b"PK\x01\x02", b"PK\x05\x06"


class Unfit(Exception):
    """Why the archive is refused, to stand after the file's name."""


def media_type(content: mmap) -> str:
    """The type of an archive that begins at the first byte and ends at the last; raises ``Unfit``."""
    try:
        with zipfile.ZipFile(cast(IO[bytes], content)) as archive:
            parts = archive.infolist()
            start_of_list, comment = archive.start_dir, archive.comment
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Unfit(_("已损坏，打不开，请重新保存后再传")) from error
    _harmless(parts)
    names = {part.filename for part in parts}
    found = {kind for part, kind in _TELLING_PARTS.items() if part in names}
    if len(found) != 1 or (found != {OFD} and "[Content_Types].xml" not in names):
        raise Unfit(_("是压缩包，不能接收；请解压后逐个上传其中的文件"))
    first = min(part.header_offset for part in parts)
    if (
        first != 0
        or comment
        or content[start_of_list : start_of_list + 4] != _CENTRAL
        or content[-22:-18] != _END
    ):
        raise Unfit(_("里夹带了其他类型的内容，不能接收；请用 Office 或 WPS 重新保存后再传"))
    return found.pop()


def _harmless(parts: list[zipfile.ZipInfo]) -> None:
    if len({part.filename for part in parts}) != len(parts) or len(parts) > _MOST_PARTS:
        raise Unfit(_("内部结构异常，请重新保存后再传"))
    for part in parts:
        name = part.filename
        if part.flag_bits & 0x1:
            raise Unfit(_("有密码保护，请去掉密码后再传"))
        if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/"):
            raise Unfit(_("内部结构异常，请重新保存后再传"))
        if name.lower().endswith(("vbaproject.bin", ".exe", ".dll", ".js", ".vbs", ".bat")):
            raise Unfit(_("含有宏或程序，请另存为不含宏的文件再传"))
        if part.file_size > 1_000_000 and part.file_size > _MOST_RATIO * max(part.compress_size, 1):
            raise Unfit(_("压缩率异常，疑似压缩炸弹，不能接收"))
    if sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise Unfit(_("解压后过大，疑似压缩炸弹，不能接收"))
