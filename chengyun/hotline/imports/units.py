"""Units met in a foreign file: made once, under one unit that says where they come from."""

from __future__ import annotations

import hashlib
from datetime import datetime

from chengyun.hotline.imports.mapping import Mapping
from chengyun.organisation.models import Unit, UnitKind


class UnitsOfFile:
    """Finds or makes the unit that a file names. Call inside the write transaction."""

    def __init__(self, mapping: Mapping, now: datetime) -> None:
        self._mapping = mapping
        self._now = now
        self._ids: dict[str, int] = {}
        self._group: Unit | None = None

    def id_of(self, name: str) -> int:
        """Id of the unit of that name; an empty name means the group itself."""
        if name not in self._ids:
            self._ids[name] = self._unit(name).pk if name else self._root().pk
        return self._ids[name]

    def _root(self) -> Unit:
        if self._group is None:
            code = f"import-{self._mapping.source_system}"[:32]
            title = self._mapping.unit_group or self._mapping.title
            self._group = self._find_or_make(code, title, None)
        return self._group

    def _unit(self, name: str) -> Unit:
        known = Unit.objects.filter(name=name, parent=self._root()).first()
        if known is not None:
            return known
        # A foreign name may be long and in any script; the code only has to be the same each time.
        code = f"import-{hashlib.sha256(f'{self._mapping.source_system}/{name}'.encode()).hexdigest()[:20]}"
        return self._find_or_make(code, name, self._root())

    def _find_or_make(self, code: str, name: str, parent: Unit | None) -> Unit:
        unit, made = Unit.objects.get_or_create(
            code=code, defaults={"name": name[:80], "kind": UnitKind.BUREAU, "parent": parent}
        )
        if made:
            path = f"{parent.path if parent else '/'}{unit.pk}/"
            Unit.objects.filter(pk=unit.pk).update(path=path)
            unit.path = path
        return unit
