"""Packed: archives that hold too much, too many, the wrong thing, or lie about it."""

import gzip
import io
import struct
import zipfile
import zlib
from functools import cache

from tests.hostile.case import Case
from tests.making import sheet, workbook, zipped

TABLE = b"x,y\n1,2\n3,4\n5,7\n"


@cache
def zeros(size: int) -> bytes:
    """Gzip of so many zeros, made without holding them."""
    packing = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [packing.compress(bytes(1 << 20)) for _ in range(size >> 20)]
    return b"".join([*parts, packing.flush()])


def far_too_much(size: int, *, stated: int | None = None) -> bytes:
    """A zip of one CSV of so many zeros, with a false size where one is stated."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.csv", "w", force_zip64=False) as member,
    ):
        for _ in range(size >> 20):
            member.write(bytes(1 << 20))
    content = buffer.getvalue()
    if stated is not None:
        content = content.replace(struct.pack("<I", size >> 20 << 20), struct.pack("<I", stated))
    return content


def protected() -> bytes:
    """A zip that says its file is encrypted."""
    content = bytearray(zipped({"a.csv": TABLE}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def flipped(content: bytes, place: int) -> bytes:
    """One bit the other way round."""
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def overlapping(files: int) -> bytes:
    """A zip whose list names the same packed bytes again and again."""
    inner = zipped({"a.csv": bytes(50_000_000)})
    start = inner.index(b"PK\x01\x02")
    end = inner.index(b"PK\x05\x06")
    entry = inner[start:end]
    entries = b"".join(
        entry.replace(b"a.csv", f"{place % 10}.csv".encode()) for place in range(files)
    )
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, files, files, len(entries), start, 0)
    return inner[:start] + entries + tail


PACKED = (
    Case("gzip", "a.csv.gz", lambda: gzip.compress(TABLE), (3, 2)),
    Case("gzip called CSV", "a.csv", lambda: gzip.compress(TABLE), (3, 2)),
    Case(
        "gzip in two members",
        "a.csv.gz",
        lambda: gzip.compress(TABLE) + gzip.compress(b"8,9\n"),
        (4, 2),
    ),
    Case("gzip of nothing", "a.csv.gz", lambda: gzip.compress(b""), "empty"),
    Case("gzip cut short", "a.csv.gz", lambda: gzip.compress(TABLE * 1000)[:-20], "cut short"),
    Case("gzip cut to its first bytes", "a.csv.gz", lambda: gzip.compress(TABLE)[:5], "cut short"),
    Case("gzip with a wrong sum", "a.csv.gz", lambda: flipped(gzip.compress(TABLE), -6), "damaged"),
    Case(
        "gzip and something behind it", "a.csv.gz", lambda: gzip.compress(TABLE) + b"xyz", "damaged"
    ),
    Case("a gzip bomb", "a.csv.gz", lambda: zeros(2 << 30), "unpacks to more"),
    Case(
        "gzip in gzip", "a.csv.gz", lambda: gzip.compress(gzip.compress(TABLE)), "another archive"
    ),
    Case(
        "a zip in gzip", "a.gz", lambda: gzip.compress(zipped({"a.csv": TABLE})), "another archive"
    ),
    Case(
        "a tar in gzip",
        "a.tar.gz",
        lambda: gzip.compress(bytes(257) + b"ustar" + bytes(250)),
        "tar",
    ),
    Case(
        "a picture in gzip",
        "a.csv.gz",
        lambda: gzip.compress(b"\x89PNG\r\n\x1a\n" + bytes(99)),
        "PNG",
    ),
    Case("zip", "a.zip", lambda: zipped({"a.csv": TABLE}), (3, 2)),
    Case("zip called CSV", "a.csv", lambda: zipped({"a.csv": TABLE}), (3, 2)),
    Case(
        "a workbook in a zip",
        "a.zip",
        lambda: zipped({"b.xlsx": workbook({"s": sheet([["a", "b"], [1, 2], [3, 4]])})}),
        (2, 2),
    ),
    Case("a zip without files", "a.zip", lambda: zipped({}), "empty archive"),
    Case("a zip of an empty file", "a.zip", lambda: zipped({"a.csv": b""}), "empty"),
    Case("a zip of folders", "a.zip", lambda: zipped({"a/": b"", "b/": b""}), "no file"),
    Case(
        "a zip of a Mac",
        "a.zip",
        lambda: zipped(
            {"__MACOSX/._a.csv": bytes(200) * 9, ".DS_Store": b"x" * 999, "a.csv": TABLE}
        ),
        (3, 2),
    ),
    Case("a zip of hidden files", "a.zip", lambda: zipped({".a.csv": TABLE}), "no file"),
    Case(
        "a zip of pictures",
        "a.zip",
        lambda: zipped({"a.png": b"\x89PNG", "b.jpg": b"\xff"}),
        "no file",
    ),
    Case(
        "a picture and a table",
        "a.zip",
        lambda: zipped({"a.csv": b"\x89PNG" + bytes(999), "b.csv": TABLE}),
        (3, 2),
    ),
    Case("../ in a zip", "a.zip", lambda: zipped({"../../../../tmp/evil.csv": TABLE}), (3, 2)),
    Case("an absolute name in a zip", "a.zip", lambda: zipped({"/etc/passwd.csv": TABLE}), (3, 2)),
    Case("backslashes in a zip", "a.zip", lambda: zipped({"C:\\x\\..\\evil.csv": TABLE}), (3, 2)),
    Case(
        "one name twice in a zip",
        "a.zip",
        lambda: zipped({"a.csv": TABLE}).replace(b"PK\x05\x06", b"PK\x05\x06"),
        (3, 2),
    ),
    Case("odd signs in a zip", "a.zip", lambda: zipped({"\u202eevil\n<b>.csv": TABLE}), (3, 2)),
    Case("a zip with a password", "a.zip", protected, "password"),
    Case("a zip bomb", "a.zip", lambda: far_too_much(1 << 30), "unpacks to more"),
    Case(
        "a zip bomb of false size",
        "a.zip",
        lambda: far_too_much(300 << 20, stated=100),
        "unpacks to more",
    ),
    Case(
        "a nested zip bomb",
        "a.zip",
        lambda: zipped({f"{i}.zip": far_too_much(64 << 20) for i in range(16)}),
        "archive in an archive",
    ),
    Case(
        "a zip of 5,000 files",
        "a.zip",
        lambda: zipped({f"{i}.csv": b"a\n1" for i in range(5000)}),
        "1,000 files",
    ),
    Case("a zip of overlapping files", "a.zip", lambda: overlapping(900), "'a.zip'"),
    Case("a zip cut short", "a.zip", lambda: zipped({"a.csv": TABLE})[:-30], "damaged"),
    Case(
        "a zip with a broken file",
        "a.zip",
        lambda: flipped(zipped({"a.csv": TABLE * 99}), 60),
        "damaged",
    ),
    Case("a zip of first bytes", "a.zip", lambda: b"PK\x03\x04" + bytes(range(256)), "damaged"),
    Case("bzip2", "a.csv.bz2", lambda: __import__("bz2").compress(TABLE), "bzip2"),
    Case("xz", "a.csv.xz", lambda: __import__("lzma").compress(TABLE), "xz"),
    Case("7z", "a.csv", lambda: b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(99), "7z"),
    Case("RAR", "a.csv", lambda: b"Rar!\x1a\x07\x01\x00" + bytes(99), "RAR"),
)
