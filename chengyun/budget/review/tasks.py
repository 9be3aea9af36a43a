"""What the background worker does for this part when it is asked to."""

from __future__ import annotations

from django_tasks import task

from chengyun.budget.review.carrying import carry_out
from chengyun.kernel.clock import now


@task()
def run_review(review_id: int) -> None:
    """Check the documents of one handing in."""
    carry_out(review_id, now=now())
