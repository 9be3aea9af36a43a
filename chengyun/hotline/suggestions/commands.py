"""``chengyun learn`` and ``chengyun suggest``."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from chengyun.hotline.models import LearntModel
    from chengyun.hotline.suggestions.learning.sources import Lesson

_NAME = re.compile(r"[\w.\-]{1,40}")


def _name(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if not _NAME.fullmatch(value):
        raise click.BadParameter("a name has 1 to 40 letters, digits, '-', '_' or '.'")
    return value


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--text", help="The column of FILE that holds the text.")
@click.option("--label", help="The column of FILE that holds the label.")
@click.option("--from-orders", is_flag=True, help="Learn the class of the closed orders instead of a FILE.")
@click.option(
    "--name", required=True, callback=_name, help="What the model is called; `classes` serves the desk."
)
@click.option(
    "--folds", default=5, show_default=True, type=click.IntRange(2, 20), help="Parts to test on in turn."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a table.")
def learn(
    file: Path | None,
    text: str | None,
    label: str | None,
    from_orders: bool,
    name: str,
    folds: int,
    as_json: bool,
) -> None:
    """Learn to label texts, print cross-validated scores, keep the model as a new version of NAME.

    FILE is CSV (UTF-8 or GB 18030) or XLSX with a header line; one column holds the texts, another the label
    of each. The texts may be segmented (words parted by blanks) or not: both give the same model.

    The scores tell how well unseen texts are labelled: the file is parted into folds, and each is labelled by
    a model learnt from the others. Copies of a text never stand on both sides. The model that is kept is then
    learnt from everything; `chengyun suggest` answers with the newest version of NAME.

    \b
    Example:  chengyun learn messages.csv --text text --label label --name topics
              chengyun learn --from-orders --name classes
    """
    if from_orders == (file is not None):
        raise click.UsageError("Name either a FILE or --from-orders.")
    if file is not None and not (text and label):
        raise click.UsageError("With a FILE, --text and --label name its columns.")
    import django

    django.setup()
    from chengyun.hotline.suggestions.learning import sources, store, training
    from chengyun.kernel.clock import now

    lesson = sources.from_file(file, text or "", label or "") if file else sources.from_orders()
    tell = (lambda _: None) if as_json else (lambda said: click.echo(said, err=True))
    model, scores = training.learn(lesson.texts, lesson.labels, folds=folds, say=tell)
    kept = store.keep(name, model, scores, data_source=lesson.name, data_digest=lesson.digest, now=now())
    click.echo(
        json.dumps(_as_object(kept, lesson), ensure_ascii=False) if as_json else _as_table(kept, lesson)
    )


def _as_object(kept: LearntModel, lesson: Lesson) -> dict[str, Any]:
    return {
        "name": kept.name,
        "version": kept.version,
        "macro_f1": kept.macro_f1,
        "accuracy": kept.accuracy,
        "folds": kept.folds,
        "texts": kept.texts,
        "skipped": lesson.skipped,
        **kept.scores,
        "data_source": kept.data_source,
        "data_digest": kept.data_digest,
        "file_digest": kept.file_digest,
        "learnt_at": kept.learnt_at.isoformat(),
    }


def _as_table(kept: LearntModel, lesson: Lesson) -> str:
    from django.utils.translation import gettext as _

    said = kept.scores
    counts = {"texts": kept.texts, "groups": said["groups"], "skipped": lesson.skipped}
    lines = [
        _("模型 %(name)s 第 %(version)d 版已保存") % {"name": kept.name, "version": kept.version},
        _("数据 %(source)s，sha256 %(digest)s") % {"source": kept.data_source, "digest": kept.data_digest},
        _(
            "文本 %(texts)d 条（相同的只算一次），互为抄送的归为 %(groups)d 组，同组不跨折；"
            "缺文本或标签的 %(skipped)d 行未用"
        )
        % counts,
        _("%(folds)d 折交叉验证：") % {"folds": kept.folds},
        f"macro-F1  {kept.macro_f1:.4f}",
        f"accuracy  {kept.accuracy:.4f}",
        "",
        "precision  recall  F1      texts  label",
    ]
    for label, row in said["labels"].items():
        shown = (row["precision"], row["recall"], row["f1"], row["texts"], label)
        lines.append("{:<9.4f}  {:.4f}  {:.4f}  {:>5}  {}".format(*shown))
    if said["left_out"]:
        few = [
            _("%(label)s %(count)d 条") % {"label": label[:40], "count": count}
            for label, count in said["left_out"].items()
        ]
        left = {"folds": kept.folds, "labels": _("、").join(few)}
        lines.append(_("文本少于 %(folds)d 条的标签未学：%(labels)s") % left)
    return "\n".join(lines)


@click.command()
@click.option("--name", required=True, callback=_name, help="The model; its newest version answers.")
@click.option("--limit", default=3, show_default=True, type=click.IntRange(1, 100), help="Labels a text.")
def suggest(name: str, limit: int) -> None:
    """Label texts: JSON lines in, JSON lines out, in the same order, each answered at once.

    In: {"text": "…"}, raw, unsegmented Chinese. Out: {"suggestions": [{"label": "…", "score": 0.93}, …]},
    best first; the list is empty where nothing in the text was ever seen. A line that cannot be read gets an
    empty list and beside it "error": "…", and the next one is answered all the same.

    \b
    Example:  echo '{"text": "路灯不亮"}' | chengyun suggest --name topics
    """
    from chengyun.hotline.suggestions.learning.answering import answer, newest

    model = newest(name)
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(answer(line, model, limit))
        sys.stdout.buffer.flush()
