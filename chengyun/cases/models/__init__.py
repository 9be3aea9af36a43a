"""Tables of the closed loop."""

from chengyun.cases.models.attachment import Attachment, StoredFile
from chengyun.cases.models.case import Assignment, AssignmentRole, Case, CaseLink, CaseRequest
from chengyun.cases.models.catalogue import (
    Catalogue,
    CatalogueCriterion,
    CatalogueItem,
    CatalogueMapping,
    CatalogueVersion,
)
from chengyun.cases.models.contact import Contact
from chengyun.cases.models.history import (
    CaseClock,
    CaseEvent,
    Deadline,
    DeafEar,
    Label,
    LoopRule,
    NumberSeries,
)

__all__ = [
    "Assignment",
    "AssignmentRole",
    "Attachment",
    "Case",
    "CaseClock",
    "CaseEvent",
    "CaseLink",
    "CaseRequest",
    "Catalogue",
    "CatalogueCriterion",
    "CatalogueItem",
    "CatalogueMapping",
    "CatalogueVersion",
    "Contact",
    "Deadline",
    "DeafEar",
    "Label",
    "LoopRule",
    "NumberSeries",
    "StoredFile",
]
