"""``chengyun draw-loops``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("draw-loops")
@click.option(
    "--to",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("docs/loops"),
    show_default=True,
    help="The folder that gets a picture (SVG) and a page (Markdown) of each process.",
)
@click.option("--check", is_flag=True, help="Change nothing; fail if a file is not up to date.")
def draw_loops(to: Path, check: bool) -> None:
    """Draw the processes of the closed loop: states, verbs, who may, what to fill in, which clocks run.

    Run it after changing a process table.
    """
    import django

    django.setup()
    old = [path for path, text in drawings(to) if not path.is_file() or path.read_text("utf-8") != text]
    if check:
        if old:
            names = ", ".join(path.name for path in old)
            raise click.ClickException(f"Not up to date: {names}. Run `chengyun draw-loops`.")
        return
    to.mkdir(parents=True, exist_ok=True)
    for path, text in drawings(to):
        path.write_text(text, "utf-8")
        click.echo(str(path))


def drawings(folder: Path) -> list[tuple[Path, str]]:
    """Every file that belongs into the folder, with its text."""
    from chengyun.cases.drawing.picture import picture
    from chengyun.cases.drawing.text import text
    from chengyun.cases.drawing.words import given_words
    from chengyun.cases.process import LOOPS

    found = []
    for name, loop in LOOPS.items():
        word = given_words(loop)
        found.append((folder / f"{name}.svg", picture(loop, word)))
        found.append((folder / f"{name}.md", text(loop, word)))
    return found
