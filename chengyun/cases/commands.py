"""``chengyun audit …``: hold the record against itself."""

from __future__ import annotations

import json
import sys

import click


@click.group()
def audit() -> None:
    """Check that the record is whole: no row of a case's history was changed, taken out or moved."""
    import django

    django.setup()


@audit.command()
@click.argument("number", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of lines.")
def verify(number: tuple[str, ...], as_json: bool) -> None:
    """Verify the hash chain of every case, or of the cases with these NUMBERs.

    Prints each fault with the case, the row and what is wrong with it. Exit status 0: all is well;
    1: something was found.

    \b
    Example:  chengyun audit verify
              chengyun audit verify RX310113-20261123-00017
    """
    from chengyun.cases.audit import Fault
    from chengyun.cases.audit import verify as faults_of

    faults: list[Fault] = []
    read = 0
    for found in faults_of(list(number)):
        if isinstance(found, int):
            read += found
            if not as_json and sys.stderr.isatty():
                click.echo(f"\r已核对 {read} 件", nl=False, err=True)
            continue
        faults.append(found)
        if not as_json:
            click.echo(f"{found.number}  {found.what} ({found.en})  event id {found.event_id or '–'}")
    if as_json:
        rows = [
            {"number": f.number, "seq": f.seq, "event": f.event_id, "what": f.en, "what_zh": f.what}
            for f in faults
        ]
        click.echo(json.dumps({"cases": read, "faults": rows}, ensure_ascii=False))
    else:
        missing = len(set(number)) - read if number else 0
        if missing:
            click.echo(f"{missing} 个编号没有找到 (numbers not found)")
        click.echo(f"核对 {read} 件，发现 {len(faults)} 处问题 ({read} cases verified, {len(faults)} faults)")
    raise SystemExit(1 if faults else 0)
