"""Training and its honest measure. The only module that loads scikit-learn: no web process comes here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from chengyun.hotline.suggestions.learning.classifier import Classifier, softmax, weighed
from chengyun.hotline.suggestions.learning.features import Codes, grams
from chengyun.hotline.suggestions.learning.folds import groups_of
from chengyun.kernel.errors import Refused

SEED = 20261123
LEAST_DOCUMENTS = 2  # a feature of fewer texts teaches nothing that holds elsewhere
MOST_FEATURES, MOST_WEIGHTS = 150_000, 6_000_000  # the latter bounds the memory: 24 MB
_STIFFNESS = 0.5
_WARMTHS = np.geomspace(0.05, 2.0, 60)

Gram = tuple[Codes, NDArray[np.int64]]


@dataclass(slots=True)
class Scores:
    """What cross-validation found. ``labels`` maps a label to precision, recall, F1 and number of texts."""

    folds: int
    macro_f1: float
    accuracy: float
    labels: dict[str, dict[str, float]]
    texts: int
    groups: int
    left_out: dict[str, int] = field(default_factory=dict)


def learn(
    texts: Sequence[str],
    labels: Sequence[str],
    *,
    folds: int = 5,
    say: Callable[[str], None] = lambda _said: None,
) -> tuple[Classifier, Scores]:
    """Measure on folds, then learn from everything.

    1. A text that stands there twice with the same label counts once.
    2. Labels with fewer texts (copies counted once) than folds are left out, and named.
    3. Vocabulary, weights of words and classifier are made anew in each fold from its learning part alone;
       copies of a tested text are never in it.
    4. The decisions on the tested texts set how decisions become shares; then all texts are learnt.

    Raises ``Refused`` if fewer than two labels are left.
    """
    pairs = list(dict.fromkeys(zip(texts, labels, strict=True)))
    groups = groups_of([text for text, _label in pairs])
    pairs, groups, left_out = _without_rare(pairs, groups, folds)
    features = [grams(text) for text, _label in pairs]
    names = sorted({label for _text, label in pairs})
    truth = np.array([names.index(label) for _text, label in pairs])
    started = {"texts": len(pairs), "labels": len(names), "folds": folds}
    say(_("%(texts)d 条文本，%(labels)d 个标签；%(folds)d 折交叉验证 …") % started)
    decisions = _decisions_unseen(features, truth, groups, len(names), folds, say)
    scores = _scores(truth, decisions.argmax(axis=1), names, folds)
    scores.groups, scores.left_out = len(set(groups.tolist())), left_out
    say(_("用全部文本学习 …"))
    return _fitted(features, truth, names, _warmth(decisions, truth)), scores


def _without_rare(
    pairs: list[tuple[str, str]], groups: NDArray[np.int64], folds: int
) -> tuple[list[tuple[str, str]], NDArray[np.int64], dict[str, int]]:
    distinct = Counter(
        label for label, _group in {(pair[1], group) for pair, group in zip(pairs, groups, strict=True)}
    )
    kept = [place for place, (_text, label) in enumerate(pairs) if distinct[label] >= folds]
    left_out = {label: count for label, count in sorted(distinct.items()) if count < folds}
    if len({pairs[place][1] for place in kept}) < 2:
        few = [
            _("%(label)s %(count)d 条") % {"label": label[:40], "count": count}
            for label, count in sorted(distinct.items())[:8]
        ]
        text = _("至少要有两个标签各有 %(folds)d 条不同的文本；现在：%(found)s")
        raise Refused(text % {"folds": folds, "found": _("、").join(few) or _("没有文本")})
    return [pairs[place] for place in kept], groups[kept], left_out


def _decisions_unseen(
    features: list[Gram],
    truth: NDArray[np.int64],
    groups: NDArray[np.int64],
    labels: int,
    folds: int,
    say: Callable[[str], None],
) -> NDArray[np.float64]:
    """The decision for each text by a classifier that saw neither it nor a copy of it."""
    from sklearn.model_selection import StratifiedGroupKFold

    decisions = np.full((len(features), labels), -10.0)
    splits = StratifiedGroupKFold(folds, shuffle=True, random_state=SEED).split(truth, truth, groups)
    for fold, (known, unseen) in enumerate(splits, start=1):
        vocabulary, rarity = _vocabulary([features[place] for place in known], labels)
        model = _machine().fit(_matrix([features[p] for p in known], vocabulary, rarity), truth[known])
        found = model.decision_function(_matrix([features[p] for p in unseen], vocabulary, rarity))
        decisions[np.ix_(unseen, model.classes_)] = _two_sided(found)
        say("  " + _("第 %(fold)d 折完成") % {"fold": fold})
    return decisions


def _fitted(features: list[Gram], truth: NDArray[np.int64], names: list[str], warmth: float) -> Classifier:
    vocabulary, rarity = _vocabulary(features, len(names))
    model = _machine().fit(_matrix(features, vocabulary, rarity), truth)
    weights, bias = model.coef_.T, model.intercept_
    if len(names) == 2:
        weights, bias = np.hstack([-weights, weights]), np.hstack([-bias, bias])
    return Classifier(
        labels=tuple(names),
        vocabulary=vocabulary,
        rarity=rarity,
        weights=np.ascontiguousarray(weights, dtype=np.float32),
        bias=bias.astype(np.float32),
        warmth=warmth,
    )


def _machine() -> Any:
    from sklearn.svm import LinearSVC

    return LinearSVC(C=_STIFFNESS, class_weight="balanced", random_state=SEED)


def _two_sided(decisions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of two labels scikit-learn gives one column; make it two."""
    return np.column_stack([-decisions, decisions]) if decisions.ndim == 1 else decisions


def _vocabulary(features: list[Gram], labels: int) -> tuple[Codes, NDArray[np.float32]]:
    """The features that occur in enough texts, the commonest if there are too many; and how rare each is.

    Raises ``Refused`` if the texts have nothing in common.
    """
    every = np.concatenate([codes for codes, _counts in features]) if features else np.zeros(0, np.uint64)
    codes, documents = np.unique(every, return_counts=True)
    enough = documents >= LEAST_DOCUMENTS
    codes, documents = codes[enough], documents[enough]
    if not len(codes):
        raise Refused(_("这些文本没有一个共同的字词，学不到什么；请检查 --text 指的是不是正文那一列"))
    most = min(MOST_FEATURES, MOST_WEIGHTS // labels)
    if len(codes) > most:
        kept = np.sort(np.argsort(-documents, kind="stable")[:most])
        codes, documents = codes[kept], documents[kept]
    rarity = np.log((1 + len(features)) / (1 + documents)) + 1
    return codes, rarity.astype(np.float32)


def _matrix(features: list[Gram], vocabulary: Codes, rarity: NDArray[np.float32]) -> Any:
    from scipy.sparse import csr_matrix

    rows = [weighed(one, vocabulary, rarity) for one in features]
    ends = np.concatenate([[0], np.cumsum([len(places) for places, _values in rows])])
    places = np.concatenate([places for places, _values in rows])
    values = np.concatenate([values for _places, values in rows])
    return csr_matrix((values, places, ends), shape=(len(rows), len(vocabulary)))


def _warmth(decisions: NDArray[np.float64], truth: NDArray[np.int64]) -> float:
    """What decisions are divided by so that their shares are as often right as they say."""
    rows = np.arange(len(truth))
    losses = [-np.log(softmax(decisions / warmth)[rows, truth] + 1e-12).mean() for warmth in _WARMTHS]
    return float(_WARMTHS[int(np.argmin(losses))])


def _scores(truth: NDArray[np.int64], found: NDArray[np.int64], names: list[str], folds: int) -> Scores:
    from sklearn.metrics import precision_recall_fscore_support

    parts = precision_recall_fscore_support(truth, found, labels=range(len(names)), zero_division=0.0)
    labels = {
        name: {
            "precision": round(float(precision), 4),
            "recall": round(float(recall), 4),
            "f1": round(float(f1), 4),
            "texts": int(texts),
        }
        for name, precision, recall, f1, texts in zip(names, *parts, strict=True)
    }
    return Scores(
        folds=folds,
        macro_f1=round(float(np.mean(parts[2])), 4),
        accuracy=round(float((truth == found).mean()), 4),
        labels=labels,
        texts=len(truth),
        groups=0,
    )
