import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from clustering.data import pictures, tables
from clustering.errors import ReadError

RNG = np.random.default_rng(0)
SMOOTH = np.repeat(np.linspace(0, 255, 40).astype(np.uint8)[None], 30, axis=0)
COLOURS = np.dstack([SMOOTH, SMOOTH[:, ::-1], np.full_like(SMOOTH, 90)])


def saved(image: Image.Image, format: str, **how: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format, **how)
    return buffer.getvalue()


def png(width: int, height: int, bits: int, colour: int, rows: bytes) -> bytes:
    """A PNG that is written by hand."""

    def chunk(name: bytes, body: bytes) -> bytes:
        code = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + code

    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


@pytest.mark.parametrize("format", ["PNG", "BMP", "TIFF", "GIF", "WEBP", "JPEG"])
def test_every_format_comes_in(format):
    exact = {"lossless": True} if format == "WEBP" else {}
    picture = pictures.read(saved(Image.fromarray(COLOURS), format, **exact), f"x.{format.lower()}")
    assert picture.pixels.shape == (30, 40, 3) and picture.alpha is None
    away = np.abs(picture.pixels.astype(int) - COLOURS)
    assert away.max() <= {"GIF": 60, "JPEG": 25}.get(format, 0)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_camera_that_was_held_otherwise_gives_an_upright_picture(orientation):
    turns = {1: (0, 0), 2: (0, 1), 3: (2, 0), 4: (2, 1), 5: (1, 1), 6: (1, 0), 7: (3, 1), 8: (3, 0)}
    quarter, mirrored = turns[orientation]
    # What the camera stores, undone by the turn that the tag names.
    lying = COLOURS[:, ::-1] if mirrored and orientation in (2, 4) else COLOURS
    lying = np.swapaxes(COLOURS, 0, 1) if orientation == 5 else lying
    lying = np.rot90(np.swapaxes(COLOURS, 0, 1), 2) if orientation == 7 else lying
    lying = np.rot90(lying, quarter) if orientation in (3, 4, 6, 8) else lying
    exif = Image.Exif()
    exif[pictures.ORIENTATION] = orientation
    for format in ("PNG", "TIFF"):
        content = saved(Image.fromarray(np.ascontiguousarray(lying)), format, exif=exif)
        picture = pictures.read(content, f"phone.{format.lower()}")
        assert np.array_equal(picture.pixels, COLOURS)
        assert any("EXIF orientation" in note for note in picture.notes) == (orientation > 1)


def test_sixteen_bits_are_scaled_and_not_cut():
    values = np.arange(0, 65536, 257, dtype=np.uint16).reshape(16, 16)
    for format in ("PNG", "TIFF"):
        picture = pictures.read(saved(Image.fromarray(values), format), f"deep.{format.lower()}")
        assert picture.pixels[..., 0].ravel().tolist() == list(range(256))
        assert "16 bits a pixel were scaled to 8." in picture.notes
    rows = b"".join(b"\0" + np.array([[v] * 3] * 4, ">u2").tobytes() for v in (0, 30000, 65535))
    picture = pictures.read(png(4, 3, 16, 2, rows), "deep colours.png")
    assert np.abs(picture.pixels[:, 0, 0].astype(int) - [0, 117, 255]).max() <= 1
    assert "16 bits a channel were scaled to 8." in picture.notes


def test_floating_numbers_are_stretched():
    values = np.linspace(-3, 5, 12, dtype=np.float32).reshape(3, 4)
    picture = pictures.read(saved(Image.fromarray(values), "TIFF"), "heights.tif")
    assert picture.pixels[..., 0].ravel()[[0, -1]].tolist() == [0, 255]
    assert picture.notes == ("Values from -3 to 5 were stretched to 0 ... 255.",)


def test_floating_numbers_from_nought_to_one_are_scaled():
    values = np.array([[0.25, 0.5], [0.6, 0.8]], dtype=np.float32)
    picture = pictures.read(saved(Image.fromarray(values), "TIFF"), "parts.tif")
    assert picture.pixels[..., 0].tolist() == [[64, 128], [153, 204]]
    assert picture.notes == ("Values from 0 to 1 were scaled to 0 ... 255.",)
    flat = np.full((2, 2), 7.5, np.float32)
    picture = pictures.read(saved(Image.fromarray(flat), "TIFF"), "flat.tif")
    assert (picture.pixels == 0).all()
    assert picture.notes == ("Values from 7.5 to 7.5 were stretched to 0 ... 255.",)


def test_one_grey_of_sixteen_bits_can_be_transparent():
    rows = b"".join(b"\0" + np.array(row, ">u2").tobytes() for row in ([0, 300], [300, 65535]))
    whole = png(2, 2, 16, 0, rows)
    body = b"tRNS" + struct.pack(">H", 300)
    clear = struct.pack(">I", 2) + body + struct.pack(">I", zlib.crc32(body))
    picture = pictures.read(whole[:33] + clear + whole[33:], "deep.png")
    assert picture.alpha.tolist() == [[255, 0], [0, 255]]
    assert picture.pixels[..., 0].tolist() == [[0, 1], [1, 255]]


@pytest.mark.parametrize("format", ["JPEG", "TIFF"])
def test_inks_become_light(format):
    inks = np.zeros((8, 8, 4), np.uint8)
    inks[:, 4:] = [0, 255, 255, 0]
    content = saved(Image.fromarray(inks, "CMYK"), format)
    picture = pictures.read(content, "print.jpg")
    assert picture.pixels[4, 1].min() > 245
    assert picture.pixels[4, 6, 0] > 240 and picture.pixels[4, 6, 1:].max() < 15
    assert "Four inks (CMYK) were converted to red, green and blue." in picture.notes


def test_a_palette_with_transparency_keeps_both():
    image = Image.fromarray(np.array([[0, 1], [2, 1]], np.uint8), "P")
    image.putpalette([255, 0, 0, 0, 255, 0, 0, 0, 255])
    for content in (saved(image, "PNG", transparency=bytes([255, 0, 1])),):
        picture = pictures.read(content, "icon.png")
        assert picture.alpha.tolist() == [[255, 0], [1, 0]]
        assert picture.pixels[1, 0].tolist() == [0, 0, 255]
        assert picture.seen.tolist() == [[True, False], [True, False]]
    picture = pictures.read(saved(image, "GIF", transparency=1), "icon.gif")
    assert picture.alpha.tolist() == [[255, 0], [255, 0]]


def test_of_an_animation_the_first_frame_is_taken():
    frames = [Image.new("RGB", (6, 5), colour) for colour in ("red", "green", "blue")]
    content = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    picture = pictures.read(content, "moving.gif")
    assert picture.pixels[0, 0].tolist() == [255, 0, 0]
    assert "The first of 3 frames was taken." in picture.notes


def test_one_pixel_is_a_picture():
    picture = pictures.read(saved(Image.new("RGB", (1, 1), (1, 2, 3)), "PNG"), "dot.png")
    assert (picture.n, picture.pixels.tolist()) == (1, [[[1, 2, 3]]])


def test_a_picture_by_another_name_is_read_and_that_is_told():
    picture = pictures.read(saved(Image.fromarray(COLOURS), "PNG"), "flower.csv")
    assert picture.notes == ("The name ends in .csv, but the file is a PNG picture.",)
    with pytest.raises(ReadError, match="page Image vector quantization"):
        tables.read(saved(Image.fromarray(COLOURS), "PNG"), "flower.csv")


BOMB = png(60_000, 60_000, 8, 2, b"\0" * 100)
LARGE = png(7_100, 7_100, 8, 2, b"\0" * 100)
JPEG = saved(Image.fromarray(RNG.integers(0, 256, (64, 64, 3), np.uint8)), "JPEG")

REFUSED = {
    "nothing": (b"", "nothing.png", "it holds no bytes"),
    "truncated": (JPEG[: len(JPEG) // 2], "half.jpg", "JPEG of 64 x 64 pixels and breaks off"),
    "only its beginning": (JPEG[:20], "cut.jpg", "its header is damaged"),
    "a bomb": (BOMB, "bomb.png", "at most 50,000,000 are opened"),
    "too large": (LARGE, "wall.png", "7,100 x 7,100 pixels, more than the 50,000,000"),
    "drawing": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "logo.svg", "is an SVG"),
    "drawing with a head": (b'<?xml version="1.0"?>\n<svg/>', "logo.png", "is an SVG"),
    "a table": (b"a,b\n1,2\n", "table.png", "is a CSV or another text"),
    "a phone's": (b"\0\0\0\x18ftypheic" + b"\0" * 40, "IMG.heic", "HEIC or AVIF"),
    "a document": (b"%PDF-1.7\n\x80", "scan.png", "PDF document"),
    "noise": (bytes(RNG.integers(0, 256, 500, np.uint8)), "noise.png", "no picture"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_picture_is_refused_in_a_sentence(case):
    content, name, said = REFUSED[case]
    with pytest.raises(ReadError, match=said) as caught:
        pictures.read(content, name)
    assert f"'{name}'" in str(caught.value) and str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_as_many_pixels_as_are_allowed_are_opened_and_no_more(monkeypatch):
    content = saved(Image.fromarray(COLOURS), "PNG")
    monkeypatch.setattr(pictures, "MOST", COLOURS[..., 0].size)
    assert pictures.read(content, "full.png").n == pictures.MOST
    monkeypatch.setattr(pictures, "MOST", COLOURS[..., 0].size - 1)
    with pytest.raises(ReadError, match="40 x 30 pixels, more than the 1,199"):
        pictures.read(content, "one more.png")


def test_any_cut_and_any_broken_byte_ends_in_a_sentence_or_a_picture():
    whole = {
        "PNG": saved(Image.fromarray(COLOURS), "PNG"),
        "JPEG": saved(Image.fromarray(COLOURS), "JPEG"),
        "GIF": saved(Image.fromarray(COLOURS), "GIF"),
        "TIFF": saved(Image.fromarray(COLOURS), "TIFF", compression="tiff_lzw"),
        "WEBP": saved(Image.fromarray(COLOURS), "WEBP"),
        "BMP": saved(Image.fromarray(COLOURS), "BMP"),
    }
    for name, content in whole.items():
        for turn in range(60):
            broken = bytearray(content[: RNG.integers(1, len(content))] if turn % 2 else content)
            broken[RNG.integers(0, min(len(broken), 120))] = RNG.integers(0, 256)
            try:
                assert pictures.read(bytes(broken), name).pixels.ndim == 3
            except ReadError as error:
                assert str(error).endswith(".")


def test_grey_is_the_recipes():
    image = Image.fromarray(COLOURS)
    picture = pictures.read(saved(image, "PNG"), "x.png")
    assert np.array_equal(pictures.grey(picture), np.array(image.convert("F")).astype(np.uint8))
    flat = pictures.read(saved(Image.fromarray(SMOOTH), "PNG"), "grey.png")
    assert np.array_equal(pictures.grey(flat), SMOOTH)


@pytest.mark.parametrize("id", pictures.SAMPLES)
def test_samples_are_files_like_any(id):
    picture = pictures.sample(id)
    again = pictures.read(picture.stored, picture.name)
    assert again.key == picture.key
    assert (picture.alpha is not None) == (id == "transparent")


def test_a_key_follows_what_is_seen():
    one, other = (pictures.read(saved(Image.new("L", (2, 2), v), "PNG"), "a.png") for v in (1, 2))
    assert one.key != other.key
    assert one.key == pictures.read(saved(Image.new("RGB", (2, 2), (1, 1, 1)), "BMP"), "a.png").key
