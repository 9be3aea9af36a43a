"""Files that belong to cases. What is stored is named by the hash of its content and never changes."""

from __future__ import annotations

from pathlib import PurePath

from django.db import models

from chengyun.cases.attachments.judge import SUFFIXES
from chengyun.cases.vocabulary import AttachmentKind
from chengyun.organisation.models import Person


class StoredFile(models.Model):
    """One content in the file store, however many attachments point at it."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()  # bytes
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256


class Attachment(models.Model):
    """A file as it was handed in. ``case`` is empty until the verb it was uploaded for has succeeded.

    ``media_type`` is judged from the content. ``taken_at``, ``taken_longitude`` and ``taken_latitude`` (as
    the camera wrote them, WGS-84) come from the photo's EXIF data and are for the centre only.
    """

    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="attachments")
    event_seq = models.PositiveIntegerField(null=True)  # of the event it came with
    kind = models.CharField(max_length=12, choices=AttachmentKind.choices())
    original_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", db_column="sha256")
    size = models.PositiveBigIntegerField()  # bytes
    width = models.PositiveIntegerField(null=True)  # pixels, as shown upright
    height = models.PositiveIntegerField(null=True)
    taken_at = models.DateTimeField(null=True)
    taken_longitude = models.FloatField(null=True)
    taken_latitude = models.FloatField(null=True)
    uploaded_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    uploaded_at = models.DateTimeField()
    public = models.BooleanField(default=False)
    client_id = models.UUIDField(unique=True)  # the uploader's own name for this upload, for safe retries

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.original_name

    @property
    def sha256(self) -> str:
        """The hash of the content, which is also its name in the store."""
        return self.stored_id

    @property
    def is_image(self) -> bool:
        """Whether it has a picture and a thumbnail to show."""
        return self.media_type.startswith("image/")

    @property
    def download_name(self) -> str:
        """The name to save it under: the one given, with the ending that fits its content."""
        return PurePath(self.original_name).stem + SUFFIXES[self.media_type]
