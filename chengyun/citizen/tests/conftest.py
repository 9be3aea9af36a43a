"""What every test of the public's pages stands on."""

from __future__ import annotations

import pytest

from chengyun.cases.catalogue_actions import load_reference as load_catalogues
from chengyun.citizen.briefly import forget_kept
from chengyun.citizen.models import CitizenRule
from chengyun.citizen.public_cases import forget_classes
from chengyun.citizen.rules import forget_rules, load_reference
from chengyun.kernel.clock import now
from chengyun.messaging.loading import load_reference as load_messages


@pytest.fixture(autouse=True)
def _fresh_rows() -> None:
    """A test's rows are rolled back; what this process remembers of them goes with them."""
    forget_rules()
    forget_classes()
    forget_kept()


@pytest.fixture
def rows(db: None) -> None:
    """The rows that the product begins with; a form may be sent at once."""
    load_catalogues(now=now())
    load_messages(now=now())
    load_reference(now=now())
    CitizenRule.objects.filter(name="proof_seconds").update(value=0)
    forget_rules()
