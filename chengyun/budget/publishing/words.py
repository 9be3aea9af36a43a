"""The words of publishing: states, kinds of file, what was done."""

from __future__ import annotations

from chengyun.kernel.labelled import Labelled


class PublicationState(Labelled):
    """Where a publication stands."""

    PREPARED = "prepared", "待公开", "Ready to publish", "due-soon"
    RELEASED = "released", "已公开", "Published", "good"
    DROPPED = "dropped", "已作废", "Dropped", "stopped"


class FileKind(Labelled):
    """The files of a publication."""

    HTML = "html", "网页", "Web page"
    PDF = "pdf", "PDF", "PDF"
    DOCX = "docx", "DOCX", "DOCX"
    XLSX = "xlsx", "XLSX", "XLSX"
    TXT = "txt", "纯文本", "Plain text"
    PACKAGE = "package", "财政数据包", "Fiscal Data Package"


# kind → how the name ends, media type
MEDIA: dict[FileKind, tuple[str, str]] = {
    FileKind.HTML: (".html", "text/html; charset=utf-8"),
    FileKind.PDF: (".pdf", "application/pdf"),
    FileKind.DOCX: (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    FileKind.XLSX: (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    FileKind.TXT: (".txt", "text/plain; charset=utf-8"),
    FileKind.PACKAGE: ("-data.zip", "application/zip"),
}


class PublicationDeed(Labelled):
    """What was done with a publication."""

    PREPARED = "prepared", "生成发布件", "Prepared"
    EXPLAINED = "explained", "说明错误", "Error explained"
    RELEASED = "released", "公开", "Published", "good"
    DROPPED = "dropped", "作废", "Dropped", "stopped"
