"""What a file is: its content decides, and whatever is not plainly one of the known kinds is refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from chengyun.cases.attachments import judge, pictures
from chengyun.cases.tests import files
from chengyun.kernel.errors import Invalid


def judged(content: bytes, tmp_path: Path) -> str:
    path = tmp_path / "incoming"
    path.write_bytes(content)
    return judge.judge(path, "现场.jpg").media_type


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (files.photo(), "image/jpeg"),
        (files.photo(form="PNG"), "image/png"),
        (files.photo(form="WEBP"), "image/webp"),
        (files.PDF, "application/pdf"),
        (files.docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (
            files.archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (files.archive({"OFD.xml": b"<OFD/>"}), "application/ofd"),
        (files.mp3(), "audio/mpeg"),
        (files.wav(), "audio/wav"),
        (files.AMR, "audio/amr"),
        (files.OGG, "audio/ogg"),
        (files.mp4(b"M4A ", b"soun"), "audio/mp4"),
        (files.mp4(), "video/mp4"),
        (files.mp4(b"qt  "), "video/quicktime"),
    ],
)
def test_a_file_is_what_its_content_says(content, media_type, tmp_path):
    assert judged(content, tmp_path) == media_type
    assert media_type in judge.SUFFIXES


@pytest.mark.parametrize(
    ("content", "mend"),
    [
        (b"", "空文件"),
        (files.HTML, "可传照片"),
        (files.SVG, "可传照片"),
        (b"MZ" + bytes(500), "可传照片"),
        (b"just words", "可传照片"),
        (files.HEIC, "兼容性最佳"),
        (files.OLD_WORD, ".docx"),
        (b"GIF89a" + bytes(50), "GIF"),
        (files.PDF[:-8], "可传照片"),
        (b"\n" + files.PDF, "可传照片"),
        (files.mp4()[:-4], "可传照片"),
        (files.mp3()[:200], "可传照片"),
        (b"\xff\xd8\xff\xe0 not a photo at all", "损坏"),
        (files.photo(form="PNG")[:20], "损坏"),
        (files.archive({"readme.txt": b"hello"}), "压缩包"),
        (files.docx()[:-10], "打不开"),
    ],
)
def test_anything_else_is_refused_with_the_name_and_the_mend(content, mend, tmp_path):
    with pytest.raises(Invalid) as refusal:
        judged(content, tmp_path)
    assert "现场.jpg" in refusal.value.fields["file"]
    assert mend in refusal.value.fields["file"]


@pytest.mark.parametrize(
    "content",
    [
        files.photo() + files.archive({"a.txt": b"x"}),
        files.photo() + files.HTML,
        files.photo() + files.PDF,
        files.photo()[:-2] + b"<ScRiPt src=x>" + b"\xff\xd9",
        files.photo(form="PNG") + b"<?php system(1);",
        files.PDF + files.archive({"a.txt": b"x"}) + b"%%EOF",
        files.PDF[:9] + b"<script>1</script>" + files.PDF[9:],
        files.mp4() + files.archive({"a.txt": b"x"}),
        files.wav() + files.HTML,
        files.docx() + files.HTML,
    ],
)
def test_a_file_with_another_inside_is_refused(content, tmp_path):
    with pytest.raises(Invalid):
        judged(content, tmp_path)


def test_a_document_may_not_hold_macros_stray_paths_or_bombs(tmp_path):
    for content, word in [
        (files.docx(**{"word/vbaProject.bin": b"macro"}), "宏"),
        (files.docx(**{"word/../../evil": b"x"}), "异常"),
        (files.docx(**{"bomb.xml": bytes(60_000_000)}), "炸弹"),
    ]:
        with pytest.raises(Invalid, match=word):
            judged(content, tmp_path)


def test_an_archive_that_unpacks_to_too_much_is_refused_without_unpacking(tmp_path):
    # Stored, so that no single part has a suspicious ratio; the sizes are a claim in the list of parts.
    content = bytearray(
        files.archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"x"}, zipfile.ZIP_STORED)
    )
    start = content.rfind(b"PK\x01\x02")
    content[start + 24 : start + 28] = (3_000_000_000).to_bytes(4, "little")
    with pytest.raises(Invalid, match="炸弹"):
        judged(bytes(content), tmp_path)


@pytest.mark.parametrize("size", [(30_000, 30_000), (65_000, 1), (6000, 6000)])
def test_a_pixel_bomb_is_refused_before_it_is_unpacked(size, tmp_path):
    with pytest.raises(Invalid, match="像素过大"):
        judged(files.png_claiming(*size), tmp_path)


@pytest.mark.parametrize(
    "gps",
    [
        {},
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {1: "N", 2: (95.0, 0.0, 0.0), 3: "E", 4: (10.0, 0.0, 0.0)},
        {1: "N", 2: (5.0, 0.0), 3: "E", 4: (10.0, 0.0, 0.0)},
        {1: "N", 2: (float("nan"), 0.0, 0.0), 3: "E", 4: (10.0, 0.0, 0.0)},
    ],
)
def test_a_place_that_cannot_be_is_not_believed(gps):
    assert pictures._place(gps) == (None, None)
