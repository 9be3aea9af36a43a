"""Coded values that carry their official Chinese term, English label and meaning of colour."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from django.utils.translation import get_language


class Labelled(StrEnum):
    """A coded value: ``NAME = "value", "中文", "English"[, "meaning"]``.

    ``meaning`` is one of the tokens of ``ui`` (``calm``, ``due-soon``, ``overdue``, ``good``, ``stopped``)
    and never the only cue: the label always stands beside it.
    """

    zh: str
    en: str
    meaning: str

    def __new__(cls, value: str, zh: str = "", en: str = "", meaning: str = "calm") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh, member.en, member.meaning = zh or value, en or value, meaning
        return member

    @property
    def label(self) -> str:
        """The term in the language of the reader."""
        return self.en if (get_language() or "").startswith("en") else self.zh

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs for a model field or a select box, in Chinese."""
        return [(member.value, member.zh) for member in cls]
