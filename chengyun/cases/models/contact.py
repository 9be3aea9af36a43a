"""Personal data of a caller, apart from the case so that no list or export can carry it along."""

from __future__ import annotations

from django.db import models


class Contact(models.Model):
    """Who called. Whether the caller asked for secrecy stands on the case (``Case.secret``)."""

    case = models.OneToOneField(
        "cases.Case", primary_key=True, on_delete=models.PROTECT, related_name="contact"
    )
    name = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=20, blank=True, db_index=True)
    phone_tail = models.CharField(max_length=4, blank=True, db_index=True)  # last four digits, to search by
    other_phone = models.CharField(max_length=20, blank=True)
    id_number = models.CharField(max_length=32, blank=True)
    address_detail = models.CharField(max_length=200, blank=True)  # house and room of the caller
    channel_identity = models.CharField(max_length=80, blank=True)  # what the channel knows the caller by

    def __str__(self) -> str:
        return f"{self.case_id}"  # never a name: this text ends up in logs
