"""Suggest the class of an order: from the model that the desk learnt, then from words and names."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from chengyun.cases.catalogue_queries import Item, current_catalogue
from chengyun.cases.catalogue_version import snapshot
from chengyun.cases.vocabulary import CatalogueKind
from chengyun.hotline.models import ClassWord, LearntModel
from chengyun.hotline.suggestions.classes.lexicon import Lexicon
from chengyun.hotline.suggestions.learning.classifier import Classifier, read_classifier
from chengyun.kernel.errors import Refused

DESK_MODEL = "classes"  # the name under which the desk looks for a learnt model
LEAST_SURE = 0.1  # a label that the model gives less is not shown
MOST_TEXT = 4_000  # characters; a suggestion is wanted while somebody types
_SECONDS = 1.0  # how long a process believes what it read

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ClassSuggestion:
    """A class, its path as label, a score from 0 to 1 and in one sentence why."""

    key: str
    label: str
    score: float
    why: str


class _Kept:
    """What this process read: nothing before the first question, anew when a row changed."""

    def __init__(self) -> None:
        self.looked = float("-inf")
        self.print: tuple[object, ...] = ()
        self.items: dict[str, Item] = {}
        self.lexicon = Lexicon({}, ())
        self.digest = ""
        self.model: Classifier | None = None


_kept = _Kept()


def forget() -> None:
    """Look at the tables again on the next question."""
    _kept.looked = float("-inf")


def suggest_classes(text: str, *, limit: int = 3, on: date | None = None) -> list[ClassSuggestion]:
    """Appeal classes that a text is about, best first. The first line is the title and counts for more.

    What the learnt model ``classes`` is sure enough of stands first; words and names fill up to ``limit``.
    ``on`` narrows to the edition in force on that day. Nothing is written.
    """
    _refresh()
    text = text[:MOST_TEXT]
    edition = current_catalogue(CatalogueKind.APPEALS.value, on) if on is not None else None
    found: dict[str, ClassSuggestion] = {}
    for one in [*_by_model(text, limit), *_by_words(text, 4 * limit)]:
        if edition is None or _kept.items[one.key].catalogue == edition.code:
            found.setdefault(one.key, one)
    return list(found.values())[:limit]


def _refresh() -> None:
    moment = time.monotonic()
    if moment - _kept.looked < _SECONDS:
        return
    said = ClassWord.objects.aggregate(count=Count("id"), last=Max("changed_at"))
    catalogue = snapshot()
    current = (catalogue.token, said["count"], said["last"])
    if current != _kept.print or not _kept.items:
        leaves = [
            one
            for one in catalogue.items.values()
            if one.kind == CatalogueKind.APPEALS and one.leaf and one.active
        ]
        _kept.items = {one.key: one for one in leaves}
        words = ClassWord.objects.filter(active=True).values_list("word", "catalogue_key")
        _kept.lexicon = Lexicon({one.key: one.name for one in leaves}, words)
        _kept.print = current
    _refresh_model()
    _kept.looked = moment


def _refresh_model() -> None:
    row = LearntModel.objects.filter(name=DESK_MODEL).only("file_digest").first()
    digest = row.file_digest if row else ""
    if digest == _kept.digest:
        return
    _kept.digest, _kept.model = digest, None
    if row is not None:
        try:
            _kept.model = read_classifier(row.path)
        except Refused as error:
            log.warning("%s", error.message)  # the words still suggest


def _by_model(text: str, limit: int) -> list[ClassSuggestion]:
    if _kept.model is None:
        return []
    found = []
    for guess in _kept.model.guesses(text, limit, words=4):
        one = _kept.items.get(guess.label)
        if one is not None and guess.score >= LEAST_SURE:
            why = _("与以往此类工单的用词相同：%(words)s") % {"words": _quoted(guess.words)}
            found.append(ClassSuggestion(one.key, one.path, round(guess.score, 3), why))
    return found


def _by_words(text: str, limit: int) -> list[ClassSuggestion]:
    return [
        ClassSuggestion(
            one.key,
            _kept.items[one.key].path,
            round(one.score, 3),
            _("文中提到：%(words)s") % {"words": _quoted(one.words)},
        )
        for one in _kept.lexicon.find(text, limit)
    ]


def _quoted(words: tuple[str, ...]) -> str:
    return _("、").join(_("“%(word)s”") % {"word": word} for word in words)
