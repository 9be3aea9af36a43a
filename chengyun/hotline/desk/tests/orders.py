"""The form of an order as a browser sends it."""

from __future__ import annotations

import uuid
from typing import Any


def order(**changed: Any) -> dict[str, Any]:
    """A whole form; a field that is None is left out."""
    said = {
        "client_id": str(uuid.uuid4()),
        "channel": "phone",
        "name": "张三丰",
        "phone": "13812345678",
        "secrecy": "default",
        "wants_reply": "on",
        "appeal_type": "help",
        "title": "楼道路灯不亮",
        "description": "三楼楼道灯坏了一周，要求修复。",
        "urgency": "normal",
        "address": "友谊路街道友谊路1600弄3号",
        "then": "case",
    }
    return {name: value for name, value in {**said, **changed}.items() if value is not None}
