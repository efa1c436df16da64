"""What counts as a photo, and how it is made safe: the limits, the check, the new encoding.

Only this module opens files of strangers. Pillow reads no other format than those of `FORMATS`, and the size
in pixels is known, and refused when too large, before anything is decoded.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import BinaryIO

import pillow_heif
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageFilter, ImageOps

pillow_heif.register_heif_opener()

MAX_BYTES = 15 * 1024 * 1024
# The largest photo a common phone makes is 8192 x 6144.
MAX_PIXELS = 51_000_000
FORMATS = ["JPEG", "PNG", "WEBP", "HEIF"]
LARGE, SMALL = 1600, 400
QUALITY = 82
CHUNK = 64 * 1024

Opened = Image.Image


@dataclass(frozen=True)
class Foto:
    """An upload that passed the check: it decodes, and is within the limits."""

    bestand: File[bytes]
    sha256: str


@dataclass(frozen=True)
class Versies:
    """A photo upright and without any metadata, as WebP in two sizes; width and height of the large one."""

    groot: bytes
    klein: bytes
    breedte: int
    hoogte: int


def check(upload: File[bytes]) -> Foto:
    """Decode an upload to see that it really is a photo within the limits.

    Raises ValidationError in plain Dutch for anything else: too heavy, too large, moving, cut off, not a photo.
    """
    if not upload.size:
        raise ValidationError(_("Dit bestand is leeg. Kies een andere foto."), code="empty")
    if upload.size > MAX_BYTES:
        raise ValidationError(_("Deze foto is te zwaar. Een foto mag hoogstens 15 MB zijn."), code="heavy")
    with _open(upload) as image:
        if image.format in ("PNG", "WEBP") and getattr(image, "is_animated", False):
            raise ValidationError(_("Dit is een bewegend beeld. Kies een gewone foto."), code="animated")
        image.draft(None, (LARGE, LARGE))
        _load(image)
    upload.seek(0)
    digest = hashlib.sha256()
    for chunk in upload.chunks(CHUNK):
        digest.update(chunk)
    upload.seek(0)
    return Foto(upload, digest.hexdigest())


def make_versions(original: BinaryIO | File[bytes]) -> Versies:
    """Turn upright, bring the colours to sRGB, drop all metadata, and encode in two sizes (never enlarged).

    Raises ValidationError when the file does not decode after all.
    """
    with _open(original) as image:
        profile = image.info.get("icc_profile")
        orientation = image.getexif().get(0x0112, 1)
        try:
            flat = _flatten(image, profile)
        except (OSError, SyntaxError, ValueError) as error:
            raise _unreadable() from error
    flat.getexif()[0x0112] = orientation
    upright = ImageOps.exif_transpose(flat)
    # Pasted into an empty image, because a copy would take the description of the original along.
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    return _both_sizes(clean)


def _open(file: BinaryIO | File[bytes]) -> Opened:
    """Read the header only; refuses what is no photo, and what is too large to decode."""
    file.seek(0)
    try:
        image = Image.open(file, formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        text = _("Dit bestand is geen foto die wij kunnen lezen. Kies een foto van het type JPEG, PNG, WebP of HEIC.")
        raise ValidationError(text, code="no_photo") from error
    if image.width * image.height > MAX_PIXELS:
        raise _too_large()
    return image


def _load(image: Opened) -> None:
    try:
        image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise _unreadable() from error


def _flatten(image: Opened, profile: bytes | None) -> Opened:
    """The photo in sRGB, at most LARGE pixels on its longest side, what is transparent on white."""
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256, "L")
    if image.mode in ("P", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        image = image.convert("RGBA")
    elif image.mode not in ("L", "RGB", "CMYK", "RGBA"):
        image = image.convert("RGB")
    image.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS, reducing_gap=3.0)
    if image.mode == "RGBA":
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        image = white
    return _to_srgb(image, profile)


def _to_srgb(image: Opened, profile: bytes | None) -> Opened:
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            converted = None  # a damaged profile: the plain conversion is close enough
        if converted is not None:
            return converted
    return image.convert("RGB")


def _webp(image: Opened) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=QUALITY, method=4)
    return buffer.getvalue()


def _too_large() -> ValidationError:
    text = _("Deze foto heeft te veel pixels. Maak de foto kleiner, of neem een schermafdruk ervan.")
    return ValidationError(text, code="too_large")


def _unreadable() -> ValidationError:
    text = _("Deze foto is beschadigd of niet volledig. Kies de foto opnieuw, of neem een andere.")
    return ValidationError(text, code="damaged")


@dataclass(frozen=True)
class Vlak:
    """A rectangle of a photo that nobody may recognise, as parts (0 to 1) of its width and height."""

    links: float
    boven: float
    breedte: float
    hoogte: float

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right and bottom in whole pixels, within the photo; never empty."""
        left, top = min(int(self.links * width), width - 1), min(int(self.boven * height), height - 1)
        right = min(width, max(left + 1, ceil((self.links + self.breedte) * width)))
        bottom = min(height, max(top + 1, ceil((self.boven + self.hoogte) * height)))
        return left, top, right, bottom


# A face or a number plate is left in so few blocks that nothing can be worked back.
BLOCKS = 5


def blur(photo: BinaryIO | File[bytes], areas: Sequence[Vlak]) -> Versies:
    """The photo with these areas made unrecognisable, in both sizes.

    Each area becomes a few flat blocks that are then smoothed: what was in it is gone from the file, not hidden.
    Raises ValidationError when the file does not decode.
    """
    with _open(photo) as image:
        _load(image)
        clean = image.convert("RGB")
    for area in areas:
        box = area.pixels(*clean.size)
        part = clean.crop(box)
        shape = tuple(min(BLOCKS, side) for side in part.size)
        blocks = part.resize(shape, Image.Resampling.BOX).resize(part.size, Image.Resampling.NEAREST)
        clean.paste(blocks.filter(ImageFilter.GaussianBlur(max(part.size) / 12)), box)
    return _both_sizes(clean)


def _both_sizes(clean: Opened) -> Versies:
    small = ImageOps.contain(clean, (SMALL, SMALL), Image.Resampling.LANCZOS) if max(clean.size) > SMALL else clean
    return Versies(_webp(clean), _webp(small), *clean.size)
