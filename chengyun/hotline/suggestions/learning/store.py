"""Versions of learnt models: a row in the table and a file named by its content."""

from __future__ import annotations

import os
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.db.models import Max

from chengyun.hotline.models import LearntModel, models_folder
from chengyun.hotline.suggestions.learning.classifier import Classifier, digest_of
from chengyun.hotline.suggestions.learning.training import Scores
from chengyun.kernel.writing import writing


def keep(
    name: str, model: Classifier, scores: Scores, *, data_source: str, data_digest: str, now: datetime
) -> LearntModel:
    """Write the file, then the row of the next version; the row is never there without its file."""
    content = model.to_bytes()
    digest = digest_of(content)
    _write(models_folder() / f"{digest}.npz", content)
    said = asdict(scores)
    with writing():
        last = LearntModel.objects.filter(name=name).aggregate(last=Max("version"))["last"] or 0
        return LearntModel.objects.create(
            name=name,
            version=last + 1,
            file_digest=digest,
            data_digest=data_digest,
            data_source=data_source[:200],
            texts=scores.texts,
            labels=len(scores.labels),
            folds=scores.folds,
            macro_f1=scores.macro_f1,
            accuracy=scores.accuracy,
            scores={part: said[part] for part in ("labels", "groups", "left_out")},
            learnt_at=now,
        )


def _write(path: Path, content: bytes) -> None:
    fresh = path.with_suffix(f".{os.getpid()}.new")
    fresh.touch(mode=0o600)  # its words come from callers
    fresh.write_bytes(content)
    fresh.replace(path)
