"""Photos: measured before they are unpacked, read for place and time, shown without either.

Pillow is loaded when the first photo comes: it costs memory that a process without photos need not spend.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from chengyun.kernel.clock import SHANGHAI

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
# A JPEG can be unpacked at a fraction of its size; the others fill the memory with every pixel.
MOST_PIXELS = {"image/jpeg": 110_000_000, "image/png": 30_000_000, "image/webp": 30_000_000}
LONGEST_SIDE = 20_000
DISPLAY_SIDE, THUMB_SIDE = 2000, 320  # pixels, longest side
_ORIENTATION, _EXIF, _GPS = 0x0112, 0x8769, 0x8825
_TAKEN, _TAKEN_OFFSET = 0x9003, 0x9011


class Unfit(Exception):
    """Why the photo is refused, to stand after the file's name."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """What is shown of a photo: two upright JPEGs without EXIF; width and height of the original, upright."""

    display: bytes
    thumb: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Exif:
    """When and where the photo says it was taken: aware moment, WGS-84 degrees."""

    taken_at: datetime | None = None
    longitude: float | None = None
    latitude: float | None = None


def _open(path: Path, media_type: str) -> Image:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = max(MOST_PIXELS.values())
    try:
        return Image.open(path, formats=[FORMATS[media_type]])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unfit(_too_many(media_type)) from error
    except Exception as error:  # Pillow's decoders raise whatever a broken file makes them raise
        raise Unfit(_("已损坏，打不开，请重新拍摄或导出")) from error


def measure(path: Path, media_type: str) -> tuple[int, int]:
    """Width and height in pixels, read from the header; refuses what would fill the memory."""
    with _open(path, media_type) as image:
        width, height = image.size
    if width * height > MOST_PIXELS[media_type] or max(width, height) > LONGEST_SIDE:
        raise Unfit(_too_many(media_type))
    return width, height


def _too_many(media_type: str) -> str:
    most = MOST_PIXELS[media_type] // 10_000
    return _("像素过大，最多 %(most)s 万像素、边长 %(side)s，请缩小后再传") % {
        "most": most,
        "side": LONGEST_SIDE,
    }


def make(path: Path, media_type: str) -> Pictures:
    """Unpack a photo once and make what is shown of it; a photo that breaks off is refused here."""
    from PIL import ImageOps

    width, height = measure(path, media_type)
    try:
        with _open(path, media_type) as image:
            turned = image.getexif().get(_ORIENTATION) in {5, 6, 7, 8}
            image.draft("RGB", (DISPLAY_SIDE, DISPLAY_SIDE))
            image.load()
            upright = ImageOps.exif_transpose(_small(image, DISPLAY_SIDE))
        flat = _on_white(upright)
        display = _jpeg(flat, 85)
        thumb = _jpeg(_small(flat, THUMB_SIDE), 80)
    except Unfit:
        raise
    except Exception as error:  # see _open
        raise Unfit(_("已损坏，打不开，请重新拍摄或导出")) from error
    return Pictures(display, thumb, height if turned else width, width if turned else height)


def _small(image: Image, side: int) -> Image:
    """The photo in full colour with no side longer than ``side``; small photos keep their size."""
    from PIL.Image import Resampling

    clear = "A" in image.getbands() or "transparency" in image.info
    small = image if image.mode in {"RGB", "RGBA"} else image.convert("RGBA" if clear else "RGB")
    small.thumbnail((side, side), Resampling.LANCZOS)
    return small


def _on_white(image: Image) -> Image:
    from PIL import Image as Pillow

    if image.mode == "RGB":
        return image
    white = Pillow.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white


def _jpeg(image: Image, quality: int) -> bytes:
    image.info.clear()  # EXIF, XMP, comments and colour profile: whatever the camera wrote stays behind
    out = BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, exif=b"", icc_profile=None)
    return out.getvalue()


def read_exif(path: Path, media_type: str) -> Exif:
    """When and where a photo was taken, as far as it says so believably; never refuses."""
    try:
        with _open(path, media_type) as image:
            tags = image.getexif()
            taken = _moment(tags.get_ifd(_EXIF))
            longitude, latitude = _place(tags.get_ifd(_GPS))
    except Exception:  # EXIF is the camera's business; a photo is not refused for it
        return Exif()
    return Exif(taken, longitude, latitude)


def _moment(tags: dict[int, Any]) -> datetime | None:
    said, offset = str(tags.get(_TAKEN, "")).strip("\0 "), str(tags.get(_TAKEN_OFFSET, "")).strip("\0 ")
    try:
        if offset:
            return datetime.strptime(f"{said} {offset}", "%Y:%m:%d %H:%M:%S %z")
        return datetime.strptime(said, "%Y:%m:%d %H:%M:%S").replace(tzinfo=SHANGHAI)
    except ValueError:
        return None


def _place(gps: dict[int, Any]) -> tuple[float, float] | tuple[None, None]:
    try:
        latitude = _degrees(gps[2]) * (-1 if str(gps.get(1, "N")).startswith("S") else 1)
        longitude = _degrees(gps[4]) * (-1 if str(gps.get(3, "E")).startswith("W") else 1)
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None, None
    there = math.isfinite(latitude) and math.isfinite(longitude) and (latitude, longitude) != (0.0, 0.0)
    if not there or abs(latitude) > 90 or abs(longitude) > 180:
        return None, None
    return longitude, latitude


def _degrees(parts: Any) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return degrees + minutes / 60 + seconds / 3600
