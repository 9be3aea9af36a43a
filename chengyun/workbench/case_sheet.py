"""The sheet of one case as PDF: what the page shows, masked the same, with who printed it and when across it."""

from __future__ import annotations

import importlib.util
import json
import threading
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from chengyun.cases.privacy import FIELDS, ContactView
from chengyun.kernel.clock import local
from chengyun.ui import formats
from chengyun.workbench.case_clocks import ClockView
from chengyun.workbench.case_head import Head
from chengyun.workbench.case_page import page_of
from chengyun.workbench.case_parts import FileView, Task
from chengyun.workbench.case_record import CaseRecord
from chengyun.workbench.timeline import Happening

_TEMPLATE = Path(__file__).parent / "typst" / "case_sheet.typ"
_FONT_PACKAGE = "cvttf_NotoSansCJK_Regular"
# One compiler is kept per process: its fonts are read once. It is not made for several threads at a time.
_one_at_a_time = threading.Lock()


def sheet_of(record: CaseRecord) -> bytes:
    """The PDF of one case as this reader may see it."""
    data = json.dumps(sheet_data(record), ensure_ascii=False)
    with _one_at_a_time:
        made = _compiler().compile(sys_inputs={"data": data}, format="pdf")
    assert isinstance(made, bytes)
    return made


@cache
def _compiler() -> Any:
    import typst  # a large library, needed only where somebody prints

    return typst.Compiler(str(_TEMPLATE), font_paths=[str(_fonts())], ignore_system_fonts=True)


def _fonts() -> Path:
    """The folder of the font that comes as a package (docs/decisions/0020-pdf-and-fonts.md)."""
    found = importlib.util.find_spec(_FONT_PACKAGE)
    if found is None or found.origin is None:
        raise RuntimeError(
            f"the font package {_FONT_PACKAGE} is not installed: run `make run` or pip install ."
        )
    return Path(found.origin).parent


def sheet_data(record: CaseRecord) -> dict[str, Any]:
    """Everything on the sheet, as plain texts. The template only places them."""
    page, now = page_of(record), record.now
    head = page["head"]
    printed = f"{record.actor.name} {local(now):%Y-%m-%d %H:%M}"
    return {
        "office": _("城市运行管理中心"),
        "heading": _("%(kind)s办理单") % {"kind": head.kind},
        "title": head.title,
        "number": head.number,
        "watermark": printed,
        "printed": _("打印：%(printed)s　内部材料，注意保密") % {"printed": printed},
        "flags": [label for label, _meaning, _icon in head.flags],
        "facts": [[_("状态"), head.state.label], *_filled(_standing(head)), *_filled(page["facts"])],
        "description": page["description"],
        "contact": _contact(page["contact"]),
        "clock_heads": [_("环节"), _("责任单位"), _("时限与依据"), _("截止"), _("剩余或结果")],
        "clocks": [_clock(one, record) for one in page["clocks"]],
        "task_heads": [_("单位"), _("角色"), _("事项"), _("状态"), _("派出")],
        "tasks": [_task(one, record) for one in page["tasks"]],
        "events": [_event(one, record) for one in reversed(page["happenings"])],
        "file_heads": [_("附件"), _("种类"), _("大小"), _("上传")],
        "files": [_file(one, record) for _label, group in page["files"] for one in group],
        "signatures": [_("经办人"), _("审核人"), _("日期")],
        "words": {
            "number": _("编号"),
            "facts": _("基本情况"),
            "description": _("内容"),
            "contact": _("来电人（已脱敏）"),
            "clocks": _("时限"),
            "tasks": _("承办与协办"),
            "history": _("办理经过"),
            "files": _("附件清单"),
        },
    }


def _standing(head: Head) -> list[tuple[str, str]]:
    """Who has it; the rest of the head stands among the facts anyway."""
    wanted = {_("主办"), _("处置人员"), _("监督员")}
    return [(label, value) for label, value in head.facts if label in wanted]


def _filled(pairs: Any) -> list[list[str]]:
    return [[str(label), str(value)] for label, value in pairs if value]


def _contact(view: ContactView) -> list[list[str]]:
    if view.hidden:
        return [[_("说明"), view.notice]]
    found = [[str(label), getattr(view, name)] for name, label in FIELDS.items() if getattr(view, name)]
    return [*([[_("说明"), view.notice]] if view.notice else []), *found]


def _clock(one: ClockView, record: CaseRecord) -> list[str]:
    source = (
        _("%(name)s（%(more)s）") % {"name": one.source, "more": one.standing} if one.standing else one.source
    )
    return [
        one.stage,
        one.holder or _("区城运中心"),
        f"{one.limit}　{source}",
        formats.moment(one.due_at, record.now),
        one.left,
    ]


def _task(one: Task, record: CaseRecord) -> list[str]:
    return [one.unit, one.role, one.task, one.state, formats.moment(one.given_at, record.now)]


def _event(one: Happening, record: CaseRecord) -> dict[str, Any]:
    behalf = _("（代 %(name)s）") % {"name": one.behalf} if one.behalf else ""
    changed = [[change.label, f"{change.before} → {change.after}"] for change in one.changes]
    return {
        "at": formats.moment(one.moment, record.now),
        "what": one.what,
        "who": f"{one.who}{behalf}　{one.unit}".strip(),
        "moved": one.moved,
        "lines": [*changed, *([line.label, line.value] for line in one.said)],
    }


def _file(one: FileView, record: CaseRecord) -> list[str]:
    return [
        one.name,
        one.kind,
        formats.file_size(one.size),
        f"{one.by} {formats.short_moment(one.at, record.now)}",
    ]
