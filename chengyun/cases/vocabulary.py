"""The words of a case that are not states: kind of appeal, urgency, channel, kind of file.

Pure, so that process tables and importers may name them. The appeal types unite the sets met in published
rules (Baoshan 2014, Beijing 2021, Tianjin 2025) and add 其他.
"""

from __future__ import annotations

from chengyun.kernel.labelled import Labelled


class AppealType(Labelled):
    """诉求类型: what the caller wants."""

    CONSULTATION = "consultation", "咨询", "Consultation"
    HELP = "help", "求助", "Request for help"
    COMPLAINT = "complaint", "投诉", "Complaint"
    REPORT = "report", "举报", "Report of wrongdoing"
    SUGGESTION = "suggestion", "建议", "Suggestion"
    PRAISE = "praise", "表扬", "Praise", "good"
    OTHER = "other", "其他", "Other"


# 举报 orders are treated as secret unless the caller says otherwise.
SECRET_BY_DEFAULT = frozenset({AppealType.REPORT})


class Urgency(Labelled):
    """紧急程度."""

    NORMAL = "normal", "一般", "Normal"
    URGENT = "urgent", "紧急", "Urgent", "due-soon"
    CRITICAL = "critical", "特急", "Critical", "overdue"


class Channel(Labelled):
    """来源渠道: the door through which the case came in."""

    PHONE = "phone", "12345电话", "12345 hotline call"
    CITY = "city", "市平台下派", "Sent down by the city"
    WEB = "web", "网站", "Website"
    WECHAT = "wechat", "微信", "WeChat"
    LETTER = "letter", "来信", "Letter"
    WALK_IN = "walk_in", "来访", "Visit in person"
    PATROL = "patrol", "网格巡查", "Grid patrol"
    STREET = "street", "街镇上报", "Reported by a street"
    PUBLIC = "public", "市民上报", "Reported by a resident"
    VIDEO = "video", "视频发现", "Seen on video"
    DEVICE = "device", "感知设备", "Sensor"
    API = "api", "接口接入", "Programme interface"
    IMPORT = "import", "批量导入", "Import"


class CatalogueKind(Labelled):
    """目录种类."""

    PARTS = "parts", "管理部件", "Managed parts"
    MATTERS = "matters", "管理事项", "Managed matters"
    APPEALS = "appeals", "诉求分类", "Appeal classes"


class CriterionKind(Labelled):
    """What a criterion of a catalogue item is for."""

    CONDITION = "condition", "处置情形", "Condition"
    FILE = "file", "立案条件", "Filing criterion"
    REFUSE = "refuse", "不予立案理由", "Ground for refusal"
    CLOSE = "close", "结案条件", "Closing criterion"


class AttachmentKind(Labelled):
    """What a file shows."""

    EVIDENCE = "evidence", "问题佐证", "Evidence of the problem"
    BEFORE = "before", "处置前", "Before the work"
    AFTER = "after", "处置后", "After the work"
    VOICE = "voice", "录音", "Voice recording"
    DOCUMENT = "document", "文书材料", "Document"
    OTHER = "other", "其他附件", "Other"
