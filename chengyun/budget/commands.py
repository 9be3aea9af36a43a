"""The command ``chengyun budget``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from chengyun.budget.check.findings import Finding
from chengyun.budget.check.reading import SUFFIXES
from chengyun.budget.check.report import as_json, as_text, summary
from chengyun.budget.check.run import check_file
from chengyun.budget.check.source import Unreadable


class CannotRead(click.ClickException):
    """A file that is no budget: exit status 2, apart from a budget with faults."""

    exit_code = 2


@click.group()
def budget() -> None:
    """Check a published department budget (部门预算)."""


@budget.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--prior",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Last year's budget, against which stated changes are checked.",
)
@click.pass_context
def check(ctx: click.Context, file: Path, form: str, prior: Path | None) -> None:
    """Check FILE (TXT with TAB tables, DOCX, XLSX, PDF), or every such file of a folder.

    Exit status: 0 nothing that blocks publishing, 1 a fatal (F) or an error (E) was found,
    2 a file could not be read.
    """
    if file.is_dir():
        ctx.exit(_folder(file, form, prior))
    try:
        findings = check_file(file, prior)
    except Unreadable as error:
        raise CannotRead(str(error)) from error
    click.echo(_json([as_json(one) for one in findings]) if form == "json" else as_text(findings))
    ctx.exit(1 if any(finding.blocking for finding in findings) else 0)


def _folder(folder: Path, form: str, prior: Path | None) -> int:
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    if not files:
        raise CannotRead(f"{folder}: no TXT, DOCX, XLSX or PDF files (没有可读的文件).")
    status = 0
    results: list[dict[str, Any]] = []
    with click.progressbar(files, label="核对 checking", file=sys.stderr) as bar:
        for path in bar:
            result = _one(path, folder, prior)
            status = max(status, result.pop("exit"))
            results.append(result)
    if form == "json":
        click.echo(
            _json([{"file": one["file"], "error": one["error"], "findings": one["json"]} for one in results])
        )
    else:
        for one in results:
            click.echo(f"{one['file']}\n   {one['error'] or one['text']}")
    return status


def _one(path: Path, folder: Path, prior: Path | None) -> dict[str, Any]:
    name = str(path.relative_to(folder))
    try:
        findings: list[Finding] = check_file(path, prior)
    except Unreadable as error:
        return {"file": name, "error": str(error), "json": [], "text": "", "exit": 2}
    blocking = any(finding.blocking for finding in findings)
    said = [as_json(one) for one in findings]
    return {"file": name, "error": None, "json": said, "text": summary(findings), "exit": int(blocking)}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
