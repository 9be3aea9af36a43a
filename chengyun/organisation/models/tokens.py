"""Tokens by which programmes come in: kept as a digest, revocable, never shown again."""

from __future__ import annotations

from django.db import models

from chengyun.organisation.models.accounts import Account


class ApiToken(models.Model):
    """A bearer token of an account. Whoever has it may do what that account may do."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the token
    note = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.note
