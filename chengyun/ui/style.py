"""Made-up rows for the page of all parts. Nothing here is about a real person or place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

COLUMNS = [
    {"key": "number", "label": _("编号"), "sort": "number", "fixed": True, "narrow": True},
    {"key": "title", "label": _("诉求"), "fixed": True},
    {"key": "state", "label": _("状态"), "narrow": True},
    {"key": "unit", "label": _("承办单位")},
    {"key": "place", "label": _("地点")},
    {"key": "due", "label": _("剩余时间"), "sort": "due", "narrow": True},
    {"key": "opened", "label": _("登记"), "sort": "opened", "narrow": True},
]


class Sample(forms.Form):
    """One field of every kind."""

    unit = forms.ChoiceField(
        label=_("承办单位"),
        choices=[("", "请选择"), ("1", "演练路街道"), ("2", "区绿化市容局")],
        help_text=_("按网格和类别推荐，可以改选。"),
    )
    reason = forms.CharField(
        label=_("派遣意见"), widget=forms.Textarea, min_length=5, help_text=_("承办单位会看到，请写清要求。")
    )
    due = forms.DateField(
        label=_("希望完成日"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    urgency = forms.ChoiceField(
        label=_("紧急程度"),
        choices=[("normal", "一般"), ("urgent", "紧急"), ("critical", "特急")],
        widget=forms.RadioSelect,
    )
    text_message = forms.BooleanField(label=_("短信告知来电人"), required=False)


def sample(now: datetime, data: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the context of the page: rows, events, figures and a form, filled in if ``data`` is given."""
    return {
        "columns": COLUMNS,
        "rows": _rows(now),
        "events": _events(now),
        "form": Sample(data),
        "figures": _figures(),
    }


def _rows(now: datetime) -> list[dict[str, Any]]:
    kinds = [
        ("小区门口路灯连续三晚不亮，老人出行不便", "待签收", "due-soon", "还剩 40 分钟", "due-soon", 3),
        ("夜间施工噪音扰民，凌晨一点仍在浇筑", "处置中", "calm", "还剩 1 个工作日 2 小时", "calm", 20),
        ("人行道地砖破损，雨天积水", "处置中", "calm", "超时 3 小时 10 分", "overdue", 51),
        ("咨询居住证续签所需材料", "已办结", "good", "按时办结", "good", 70),
        ("共享单车占用盲道", "挂账", "stopped", "暂停计时", "stopped", 95),
        (
            "菜场周边乱设摊，影响通行，已多次反映仍未解决，希望尽快安排整治并书面答复",
            "待审核",
            "calm",
            "还剩 5 小时",
            "calm",
            26,
        ),
    ]
    units = ["演练路街道", "区生态环境局", "演练二路街道", "区公安分局", "区绿化市容局", "演练三镇"]
    return [
        {
            "key": place + 1,
            "number": f"RX20261123-{place + 101:04d}",
            "title": title,
            "state": state,
            "meaning": meaning,
            "unit": units[place],
            "place": f"演练路 {place * 12 + 8} 弄",
            "phrase": phrase,
            "clock": clock,
            "opened": now - timedelta(hours=hours),
        }
        for place, (title, state, meaning, phrase, clock, hours) in enumerate(kinds)
    ]


def _events(now: datetime) -> list[dict[str, Any]]:
    def event(hours: float, what: str, **more: Any) -> dict[str, Any]:
        return {"moment": now - timedelta(hours=hours), "what": what, **more}

    return [
        event(
            0.5,
            "答复",
            who="陈演练",
            unit="演练路街道",
            quote="已更换灯泡三只，\n现场照片见附件。",
            attachments=[("现场.jpg", "#")],
        ),
        event(2, "先行联系", who="陈演练", unit="演练路街道", why="已电话联系来电人，约定今日到场。"),
        event(2.1, "处置时限开始计时，截止明日 17:00", system=True),
        event(22, "签收", who="陈演练", unit="演练路街道"),
        event(
            23,
            "退单",
            who="李演练",
            unit="区绿化市容局",
            why="不属本单位管辖，建议派演练路街道。",
            meaning="overdue",
        ),
        event(26, "派遣", who="王演练", unit="派遣科"),
        event(27, "登记", who="赵演练", unit="受理科"),
    ]


def _figures() -> list[dict[str, Any]]:
    return [
        {"label": "待签收", "value": 12, "change": "比昨日 -3", "points": [18, 17, 19, 16, 15, 12]},
        {"label": "即将到期", "value": 4, "meaning": "due-soon", "change": "2 小时内"},
        {
            "label": "已超时",
            "value": 3,
            "meaning": "overdue",
            "change": "比昨日 +1",
            "points": [0, 1, 0, 2, 2, 3],
        },
        {
            "label": "按时办结率",
            "value": "96.4",
            "unit": "%",
            "change": "比上周 +0.8",
            "points": [94, 95, 95.6, 95, 96, 96.4],
        },
    ]
