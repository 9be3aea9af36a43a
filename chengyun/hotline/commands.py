"""``chengyun import-orders``."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import click


@click.command("import-orders")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--mapping", required=True, help="A shipped mapping by name, or the path of a YAML file.")
@click.option("--rejects", type=click.Path(path_type=Path), help="Where rejected rows go (CSV).")
@click.option("--rehearsal", is_flag=True, help="Mark the orders as rehearsal data (演练数据).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end.")
def import_orders(file: Path, mapping: str, rejects: Path | None, rehearsal: bool, as_json: bool) -> None:
    """Import hotline orders from a CSV or XLSX FILE of any city.

    A mapping says which column is what. Every row is replayed through the real verbs with its own times, so that
    clocks, history and lists come out as if the centre had worked it. Safe to stop and to run again: orders
    that are there already are skipped. A bad row goes to the rejects file with its line, field and reason.

    \b
    Example:  chengyun import-orders messages.csv --mapping messages_with_replies
    """
    import django

    django.setup()
    from django.conf import settings
    from django.utils.translation import gettext as _

    from chengyun.hotline.imports.mapping import load_mapping
    from chengyun.hotline.imports.reading import length_of
    from chengyun.hotline.imports.run import import_orders as run
    from chengyun.kernel.clock import now
    from chengyun.kernel.errors import Refused

    started, at = time.monotonic(), now()
    rejects = (
        rejects
        or Path(settings.MEDIA_ROOT).parent / "imports" / f"{file.stem}-{at:%Y%m%d-%H%M%S}.rejects.csv"
    )
    try:
        fields = load_mapping(mapping)
        hidden = as_json and not sys.stderr.isatty()
        with click.progressbar(
            length=length_of(file), label=file.name, file=sys.stderr, hidden=hidden
        ) as bar:
            tally = run(file, fields, now=at, rejects=rejects, moved=bar.update, rehearsal=rehearsal)
    except Refused as error:
        raise click.ClickException(error.message) from None
    seconds = round(time.monotonic() - started, 3)
    counts = {name: getattr(tally, name) for name in ("read", "created", "skipped", "rejected")}
    if as_json:
        click.echo(json.dumps({**counts, "seconds": seconds, "ungridded": tally.ungridded}))
    else:
        said = _(
            "读入 %(read)d 行：新建 %(created)d，已有 %(skipped)d，退回 %(rejected)d；"
            "%(ungridded)d 件不在网格内；用时 %(seconds)s 秒"
        )
        click.echo(said % {**counts, "ungridded": tally.ungridded, "seconds": seconds})
    if tally.rejected:
        click.echo(_("退回的行在 %(path)s") % {"path": rejects}, err=True)
