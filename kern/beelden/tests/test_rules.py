import io

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from kern.beelden import rules

from . import photos


def reopened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def is_like(pixel, colour):
    return all(abs(a - b) < 45 for a, b in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_each_kind_of_photo_is_taken_whatever_its_name_says(kind):
    content = photos.encoded(photos.picture(), kind)
    foto = rules.check(photos.upload(content, name="document.pdf", content_type="application/pdf"))
    versions = rules.make_versions(io.BytesIO(foto.bestand.read()))
    assert (versions.breedte, versions.hoogte) == (60, 40)
    for content in (versions.groot, versions.klein):
        image = reopened(content)
        assert (image.format, image.mode, image.size) == ("WEBP", "RGB", (60, 40))
        assert is_like(image.getpixel((5, 20)), photos.RED)
        assert is_like(image.getpixel((55, 20)), photos.BLUE)


def test_nothing_of_the_metadata_survives():
    original = photos.jpeg()
    assert photos.SECRET.encode() in original
    versions = rules.make_versions(io.BytesIO(original))
    for content in (versions.groot, versions.klein):
        image = reopened(content)
        assert dict(image.getexif()) == {}
        assert "icc_profile" not in image.info
        assert photos.SECRET.encode() not in content
        assert not [chunk for chunk in (b"EXIF", b"XMP ", b"ICCP") if chunk in content]


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "HEIF"])
def test_metadata_of_the_other_kinds_goes_too(kind):
    content = photos.encoded(photos.picture(), kind, exif=photos.exif().tobytes())
    assert photos.SECRET.encode() in content
    versions = rules.make_versions(io.BytesIO(content))
    assert photos.SECRET.encode() not in versions.groot + versions.klein


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [
        (1, (60, 40), (5, 20)),
        (3, (60, 40), (55, 20)),
        (6, (40, 60), (20, 5)),
        (8, (40, 60), (20, 55)),
    ],
)
def test_a_photo_is_turned_upright(orientation, size, red_at):
    image = reopened(rules.make_versions(io.BytesIO(photos.jpeg(orientation=orientation))).groot)
    assert image.size == size
    assert is_like(image.getpixel(red_at), photos.RED)


def test_a_large_photo_shrinks_to_two_sizes():
    versions = rules.make_versions(io.BytesIO(photos.jpeg(4000, 3000, orientation=6)))
    assert (versions.breedte, versions.hoogte) == (1200, 1600)
    assert reopened(versions.groot).size == (1200, 1600)
    assert reopened(versions.klein).size == (300, 400)


def test_what_is_transparent_becomes_white():
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    for content in (photos.encoded(clear, "PNG"), photos.encoded(clear.convert("P"), "PNG", transparency=0)):
        image = reopened(rules.make_versions(io.BytesIO(content)).groot)
        assert is_like(image.getpixel((10, 10)), (255, 255, 255))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16", "RGBA"])
def test_every_way_to_store_colours_is_read(mode):
    grey = photos.picture().convert("L")
    image = Image.new("I;16", grey.size, 128 * 256) if mode == "I;16" else grey.convert(mode)
    content = photos.encoded(image, "JPEG" if mode == "CMYK" else "PNG")
    rules.check(photos.upload(content))
    assert reopened(rules.make_versions(io.BytesIO(content)).groot).mode == "RGB"
    if mode == "I;16":
        assert is_like(reopened(rules.make_versions(io.BytesIO(content)).groot).getpixel((5, 5)), (128, 128, 128))


def test_a_damaged_colour_profile_is_ignored():
    content = photos.encoded(photos.picture(), "JPEG", icc_profile=b"no profile at all")
    assert rules.make_versions(io.BytesIO(content)).breedte == 60


def test_the_pair_of_pictures_that_some_phones_write_counts_as_one_photo():
    content = photos.encoded(photos.picture(), "MPO", save_all=True, append_images=[photos.picture(30, 20)])
    rules.check(photos.upload(content))
    assert rules.make_versions(io.BytesIO(content)).breedte == 60


def moving(kind):
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    return photos.encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


REFUSED = {
    "empty": (b"", "empty"),
    "a PDF": (b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", "no_photo"),
    "a program": (b"MZ\x90\x00" + b"\x00" * 500, "no_photo"),
    "an SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "no_photo"),
    "a page": (b"<!doctype html><script>alert(1)</script>", "no_photo"),
    "a GIF": (photos.encoded(photos.picture(), "GIF"), "no_photo"),
    "a TIFF": (photos.encoded(photos.picture(), "TIFF"), "no_photo"),
    "only the start of a JPEG": (photos.jpeg()[:20], "no_photo"),
    "a cut-off JPEG": (photos.jpeg(800, 600)[:-2000], "damaged"),
    "a cut-off PNG": (photos.encoded(Image.effect_noise((200, 200), 50), "PNG")[:-3000], "damaged"),
    "a cut-off HEIC": (photos.encoded(Image.effect_noise((400, 400), 50).convert("RGB"), "HEIF")[:-9000], None),
    "a moving PNG": (moving("PNG"), "animated"),
    "a moving WebP": (moving("WEBP"), "animated"),
    "too many pixels": (photos.png_of_claimed_size(9000, 9000), "too_large"),
    "a bomb": (photos.png_of_claimed_size(60_000, 60_000), "too_large"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_anything_else_is_refused_with_a_clear_message(what):
    content, code = REFUSED[what]
    with pytest.raises(ValidationError) as refusal:
        rules.check(photos.upload(content, name="foto.jpg", content_type="image/jpeg"))
    assert refusal.value.code == code if code else refusal.value.code in ("no_photo", "damaged")
    assert refusal.value.messages[0].endswith(".")


def test_a_file_of_more_than_fifteen_megabytes_is_refused():
    content = photos.jpeg()
    rules.check(photos.upload(content + b"\0" * (rules.MAX_BYTES - len(content))))
    with pytest.raises(ValidationError, match="te zwaar"):
        rules.check(photos.upload(content + b"\0" * (rules.MAX_BYTES - len(content) + 1)))


def test_a_photo_of_fifty_megapixels_is_taken():
    assert rules.MAX_PIXELS > 8192 * 6144
