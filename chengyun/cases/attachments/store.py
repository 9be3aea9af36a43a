"""The file store: content named by its SHA-256, under ``MEDIA_ROOT``, which no web server serves.

A file is whole on disk before any row speaks of it, so after a power cut every row finds its file; a file
without a row does no harm.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Incoming:
    """An upload on disk that is not yet kept."""

    path: Path
    sha256: str
    size: int


class TooLarge(Exception):
    """The upload goes on past the bound; what was read of it is gone."""


def root() -> Path:
    """The folder of the store."""
    return Path(settings.MEDIA_ROOT)


def path_of(sha256: str) -> Path:
    """Where a content lies."""
    return root() / sha256[:2] / sha256[2:4] / sha256


def derived_path(sha256: str, variant: str) -> Path:
    """Where a shown version of a photo lies: ``display`` or ``thumb``."""
    return root() / "shown" / sha256[:2] / sha256[2:4] / f"{sha256}.{variant}.jpg"


@contextmanager
def receiving(chunks: Iterable[bytes], most: int) -> Iterator[Incoming]:
    """Write an upload aside and hash it; it is gone on leaving unless kept. ``TooLarge`` past ``most``."""
    folder = root() / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=folder)
    path, digest, size = Path(name), hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > most:
                    raise TooLarge
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        yield Incoming(path, digest.hexdigest(), size)
    finally:
        path.unlink(missing_ok=True)


def keep(incoming: Incoming) -> None:
    """Move an upload to its place for good. Doing it again for the same content changes nothing.

    The folders are synced even if the content was there: another upload may have just put it there.
    """
    target = path_of(incoming.sha256)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not target.exists() or target.stat().st_size != incoming.size:
        incoming.path.replace(target)
    for folder in (target.parent, target.parent.parent, root()):
        _sync_folder(folder)


def keep_derived(sha256: str, variant: str, content: bytes) -> Path:
    """Put a shown version in its place. It can be made again, so it is renamed into place but not synced."""
    target = derived_path(sha256, variant)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).replace(target)
    return target


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
