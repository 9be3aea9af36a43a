"""The security policy: dated rows that the security administrator appends."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from chengyun.organisation.models.people import Person


class SecurityPolicy(models.Model):
    """Numbers and posts of the log-in rules. The newest row whose ``valid_from`` has come holds.

    The numbers are general knowledge of 等保 2.0 practice, not read in the standard's text: each row says so
    in ``source`` until somebody confirms it.
    """

    valid_from = models.DateTimeField(unique=True)
    second_factor_posts = models.JSONField(default=list)
    session_minutes = models.PositiveIntegerField(validators=[MinValueValidator(5), MaxValueValidator(1440)])
    password_days = models.PositiveIntegerField(validators=[MaxValueValidator(3650)])  # 0: never grows old
    password_length = models.PositiveIntegerField(validators=[MinValueValidator(8), MaxValueValidator(64)])
    failures = models.PositiveIntegerField(validators=[MinValueValidator(3), MaxValueValidator(50)])
    lock_minutes = models.PositiveIntegerField(validators=[MinValueValidator(1), MaxValueValidator(1440)])
    source = models.CharField(max_length=200)
    set_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.valid_from:%Y-%m-%d %H:%M}"
