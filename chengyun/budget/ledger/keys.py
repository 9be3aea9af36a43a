"""How the history names what changed, and how it holds it: plain text and plain values."""

from __future__ import annotations

from dataclasses import dataclass

from chengyun.budget.kinds import Fund, LineKind, Source


@dataclass(frozen=True, slots=True)
class LineKey:
    """What makes a line that line. ``project`` is the project's code, "" on basic lines."""

    kind: LineKind
    func_code: str
    eco_code: str
    source: Source = Source.GRANT
    fund: Fund = Fund.GENERAL
    project: str = ""

    def __str__(self) -> str:
        parts = (self.kind, self.func_code, self.eco_code, self.source, self.fund, self.project)
        return "line:" + "|".join(str(part) for part in parts)

    @classmethod
    def read(cls, text: str) -> LineKey:
        """The key that ``str`` wrote. Raises ``ValueError`` for anything else."""
        head, _colon, rest = text.partition(":")
        kind, function, economic, source, fund, project = rest.split("|", 5)
        if head != "line":
            raise ValueError(text)
        return cls(LineKind(kind), function, economic, Source(source), Fund(fund), project)


def income_key(source: Source, fund: Fund, carried_over: bool) -> str:
    """The key of an income line."""
    return f"income:{source}|{fund}|{'carried' if carried_over else 'current'}"


def reason_key(key: str) -> str:
    """The key of a reason."""
    return f"reason:{key}"


def prior_key(figure: str) -> str:
    """The key of last year's figure."""
    return f"prior:{figure}"


PROFILE = "profile"


def project_key(code: str) -> str:
    """The key of a project in a budget."""
    return f"project:{code}"


def section_key(code: str, heading: str) -> str:
    """The key of the text under one heading of a project."""
    return f"section:{code}|{heading}"
