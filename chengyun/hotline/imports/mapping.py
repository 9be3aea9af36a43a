"""Mapping files: which column of a foreign file is which fact of an order."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import msgspec
from django.utils.translation import gettext as _

from chengyun.kernel.errors import Refused

SHIPPED = Path(__file__).parent.parent / "mappings"

# What a mapping may fill, and what it must.
MUST = ("source_number", "title", "registered_at")
MAY = (
    "description",
    "target_at",
    "answered_at",
    "closed_at",
    "reply",
    "caller",
    "phone",
    "address",
    "longitude",
    "latitude",
    "channel",
    "appeal_type",
    "catalogue_key",
    "urgency",
    "unit",
    "still_open",
)
TIMES = ("registered_at", "target_at", "answered_at", "closed_at")


class FieldMap(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One fact: from a column (or several joined by a blank), else a fixed value.

    ``map`` translates values; ``words`` chooses the first key one of whose words is in the text;
    ``time`` is a strptime format, or several: a day without a time of day counts to its end;
    ``value`` is used where the column is empty or nothing matches.
    """

    column: str | list[str] = ""
    value: str = ""
    map: dict[str, str] = {}
    words: dict[str, list[str]] = {}
    time: str | list[str] = ""

    @property
    def columns(self) -> list[str]:
        """Names of the columns it reads."""
        return [self.column] if isinstance(self.column, str) and self.column else list(self.column)


class Mapping(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A whole mapping file."""

    title: str
    source_system: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    fields: dict[str, FieldMap]
    timezone: str = "Asia/Shanghai"
    encoding: str = "auto"
    unit_group: str = ""  # name of the unit under which units met in the file are made
    note: str = ""


def load_mapping(name: str) -> Mapping:
    """Read a shipped mapping by name, or any mapping by the path of its file. Raises ``Refused``."""
    path = Path(name)
    if path.suffix not in {".yaml", ".yml"}:
        path = SHIPPED / f"{name}.yaml"
    if not path.is_file():
        shipped = _listed(sorted(one.stem for one in SHIPPED.glob("*.yaml")))
        text = _("没有映射“%(name)s”；自带的映射有：%(shipped)s，也可以给出一个 YAML 文件的路径")
        raise Refused(text % {"name": name, "shipped": shipped})
    try:
        mapping = msgspec.yaml.decode(path.read_bytes(), type=Mapping)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        text = _("映射文件 %(file)s 有误：%(error)s") % {"file": path.name, "error": error}
        raise Refused(text) from None
    except Exception as error:  # the YAML reader has its own family of errors
        text = _("映射文件 %(file)s 不是正确的 YAML：%(error)s") % {"file": path.name, "error": error}
        raise Refused(text) from None
    return _checked(mapping, path.name)


def _checked(mapping: Mapping, file: str) -> Mapping:
    missing = [name for name in MUST if name not in mapping.fields]
    unknown = [name for name in mapping.fields if name not in (*MUST, *MAY)]
    timeless = [name for name in TIMES if name in mapping.fields and not mapping.fields[name].time]
    problems = []
    if missing:
        problems.append(_("缺少 %(names)s") % {"names": _listed(missing)})
    if unknown:
        said = {"names": _listed(unknown), "known": _listed((*MUST, *MAY))}
        problems.append(_("不认识 %(names)s，可用的是 %(known)s") % said)
    if timeless:
        problems.append(_("%(names)s 须给出 time 格式") % {"names": _listed(timeless)})
    if problems:
        problem = _("；").join(problems)
        raise Refused(_("映射文件 %(file)s：%(problem)s") % {"file": file, "problem": problem})
    return mapping


def _listed(names: Iterable[str]) -> str:
    return _("、").join(names)
