"""How much was used in a month: entered one by one, or from a file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path, PurePath

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from chengyun.budget.contracts.actions.recording import contract_to_edit, write_down
from chengyun.budget.contracts.importing import MOST_ROWS, Reject, UsageRow, read_row
from chengyun.budget.contracts.months import first_of, written
from chengyun.budget.contracts.policies import EDITING
from chengyun.budget.contracts.words import ContractVerb, Feed, UsageSource
from chengyun.budget.models.contracts import ContractItem, UsageImport, UsageRecord
from chengyun.hotline.imports.reading import rows_of
from chengyun.kernel.actor import Actor
from chengyun.kernel.clock import local
from chengyun.kernel.errors import Invalid, NotThere, Refused
from chengyun.kernel.writing import writing
from chengyun.organisation.actions.changes import stop_at, text
from chengyun.organisation.policies import require

SUFFIXES = (".csv", ".xlsx", ".xlsm")
MOST_BYTES = 5 * 1024 * 1024
MOST_QUANTITY = Decimal(10) ** 10


@writing()
def enter_usage(
    item_id: int, *, month: date, quantity: Decimal, reference: str, actor: Actor, now: datetime
) -> UsageRecord:
    """Record how much of an item was used in a month; an earlier record of the month stays as its history.

    Raises ``NotAllowed``, ``NotThere`` or ``Invalid`` (month, quantity, reference).
    """
    require(actor, *EDITING)
    item = ContractItem.objects.select_related("contract").filter(pk=item_id).first()
    if item is None:
        raise NotThere(_("没有这个合同项目。"))
    contract = contract_to_edit(item.contract_id, actor)
    faults = faults_of(item, month, quantity, now)
    reference = text("reference", reference, 200, faults)
    stop_at(faults)
    before = UsageRecord.objects.filter(item=item, month=first_of(month)).order_by("-id").first()
    row = UsageRecord.objects.create(
        item=item,
        month=first_of(month),
        quantity=quantity,
        source=UsageSource.ENTERED,
        reference=reference,
        at=now,
        by_name=actor.name,
    )
    said = {written(row.month): [before.quantity if before else None, quantity]}
    about = f"{item.name} {written(row.month)}"
    write_down(contract, ContractVerb.ENTER_USAGE, actor=actor, now=now, about=about, said=said)
    return row


def faults_of(item: ContractItem, month: date, quantity: Decimal, now: datetime) -> dict[str, str]:
    """What is wrong with a quantity for a month, by field."""
    faults: dict[str, str] = {}
    if item.feed == Feed.AGREED:
        faults["item"] = _("“%(name)s”按约定数量计费，不记使用量。") % {"name": item.name}
    if first_of(month) > first_of(local(now).date()):
        faults["month"] = _("不能填今后的月份。")
    if not 0 <= quantity < MOST_QUANTITY:
        faults["quantity"] = _("请填 0 或大于 0 的数。")
    return faults


def import_usage(file: UploadedFile[bytes], *, actor: Actor, now: datetime) -> UsageImport:
    """Take in a CSV or XLSX of usage: contract number, item, month, quantity, and if wanted where it is from.

    1. A row that cannot be used is rejected with its line, field and reason; the others come in.
    2. A row that says what is known already changes nothing, so a file may be handed in twice.

    Raises ``NotAllowed``, ``Invalid`` (file) or ``Refused`` (no rows can be read at all).
    """
    require(actor, *EDITING)
    name = PurePath(file.name or "")
    if name.suffix.lower() not in SUFFIXES:
        raise Invalid({"file": _("只能导入 CSV 或 XLSX 文件，请另存为这两种格式。")})
    if (file.size or 0) > MOST_BYTES:
        raise Invalid({"file": _("文件超过 5 MB，请拆成几个文件分次导入。")})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"usage{name.suffix.lower()}"
        with path.open("wb") as kept:
            kept.writelines(file.chunks())
        try:
            found = _read(path, now)
        except Refused as error:
            raise Refused(error.message.replace(path.name, name.name)) from None
    return _keep(name.name[:200], found, actor, now)


def _read(path: Path, now: datetime) -> list[UsageRow | Reject]:
    items = {
        (item.contract.number, item.name): item for item in ContractItem.objects.select_related("contract")
    }
    found: list[UsageRow | Reject] = []
    for row in rows_of(path, "auto", set(), lambda _more: None):
        if len(found) >= MOST_ROWS:
            raise Refused(_("一次最多导入 %(most)d 行，请拆成几个文件。") % {"most": MOST_ROWS})
        one = read_row(row, items)
        if isinstance(one, UsageRow) and (faults := faults_of(one.item, one.month, one.quantity, now)):
            one = Reject(row.line, faults, row.values)
        found.append(one)
    return found


@writing()
def _keep(name: str, found: Iterable[UsageRow | Reject], actor: Actor, now: datetime) -> UsageImport:
    rows = [one for one in found if isinstance(one, UsageRow)]
    rejects = [one for one in found if isinstance(one, Reject)]
    known = _newest({row.item.pk for row in rows})
    wanted = {(row.item.pk, row.month): row for row in rows}  # of two rows for one month the later counts
    new = {key: row for key, row in wanted.items() if known.get(key) != row.quantity}
    run = UsageImport.objects.create(
        at=now,
        by_id=actor.person_id,
        file_name=name,
        read=len(rows) + len(rejects),
        taken=len(new),
        known=len(rows) - len(new),
        rejects=[line for reject in rejects for line in reject.lines()],
    )
    UsageRecord.objects.bulk_create(
        UsageRecord(
            item=row.item,
            month=row.month,
            quantity=row.quantity,
            source=UsageSource.IMPORTED,
            reference=row.reference or name,
            run=run,
            at=now,
            by_name=actor.name,
        )
        for row in new.values()
    )
    for contract in {row.item.contract_id: row.item.contract for row in new.values()}.values():
        said = {
            f"{row.item.name} {written(row.month)}": [known.get(key), row.quantity]
            for key, row in new.items()
            if row.item.contract_id == contract.pk
        }
        write_down(contract, ContractVerb.ENTER_USAGE, actor=actor, now=now, about=name, said=said)
    return run


def _newest(items: set[int]) -> dict[tuple[int, date], Decimal]:
    rows = UsageRecord.objects.filter(item_id__in=items).order_by("id")
    return {(row.item_id, row.month): row.quantity for row in rows}
