"""Tables of this room, one file for each part of its work."""

from chengyun.budget.models.review import (
    CorrectedCopy,
    Disposition,
    DispositionKind,
    Review,
    ReviewedDocument,
    ReviewReport,
    ReviewState,
)

__all__ = [
    "CorrectedCopy",
    "Disposition",
    "DispositionKind",
    "Review",
    "ReviewReport",
    "ReviewState",
    "ReviewedDocument",
]
