"""The codes of a fiscal year, and whether one may be used on a line."""

from __future__ import annotations

from dataclasses import dataclass

from chengyun.budget.models.codes import Code, CodeKind, CodeVersion

FUNCTION_LEAF, ECONOMIC_LEAF = 7, 5


@dataclass(frozen=True, slots=True)
class Codes:
    """Code → name of both classifications; ``retired`` may stand on old lines but not on new ones."""

    functions: dict[str, str]
    economics: dict[str, str]
    retired: frozenset[str]

    def is_function(self, code: str) -> bool:
        """Whether a line may carry this functional code: a 项 of the year."""
        return len(code) == FUNCTION_LEAF and code in self.functions and code not in self.retired

    def is_economic(self, code: str) -> bool:
        """Whether a line may carry this economic code: a 款 of the year."""
        return len(code) == ECONOMIC_LEAF and code in self.economics and code not in self.retired

    def name(self, code: str, economic: bool = False) -> str:
        """The official name, "" where the year has no such code."""
        return (self.economics if economic else self.functions).get(code, "")


def version_of(kind: CodeKind, fiscal_year: int) -> CodeVersion | None:
    """The newest version that holds in a year; before the first one, the first."""
    versions = CodeVersion.objects.filter(kind=kind)
    found = versions.filter(fiscal_year__lte=fiscal_year).order_by("-fiscal_year").first()
    return found or versions.order_by("fiscal_year").first()


def codes_of(fiscal_year: int) -> Codes:
    """Both classifications of a year."""
    functions: dict[str, str] = {}
    economics: dict[str, str] = {}
    retired: set[str] = set()
    for kind, book in ((CodeKind.FUNCTION, functions), (CodeKind.ECONOMIC, economics)):
        version = version_of(kind, fiscal_year)
        if version is None:
            continue
        for code, name, gone in Code.objects.filter(version=version).values_list("code", "name", "retired"):
            book[code] = name
            if gone:
                retired.add(code)
    return Codes(functions, economics, frozenset(retired))
