"""Tables of this room, one file for each part of its work."""

from chengyun.budget.models.codes import Code, CodeKind, CodeVersion
from chengyun.budget.models.history import Comment, Deed, Entry, Execution, SignOff, StageMove
from chengyun.budget.models.ledger import (
    Budget,
    BudgetLine,
    Calculation,
    ChangeReason,
    IncomeLine,
    PriorFigure,
)
from chengyun.budget.models.projects import Heading, LegalBasis, Nature, Project, ProjectSection, ProjectYear
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
    "Budget",
    "BudgetLine",
    "Calculation",
    "ChangeReason",
    "Code",
    "CodeKind",
    "CodeVersion",
    "Comment",
    "CorrectedCopy",
    "Deed",
    "Disposition",
    "DispositionKind",
    "Entry",
    "Execution",
    "Heading",
    "IncomeLine",
    "LegalBasis",
    "Nature",
    "PriorFigure",
    "Project",
    "ProjectSection",
    "ProjectYear",
    "Review",
    "ReviewReport",
    "ReviewState",
    "ReviewedDocument",
    "SignOff",
    "StageMove",
]
