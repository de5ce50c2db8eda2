"""Packing: one file out of an archive, and never more of it than was agreed.

A megabyte of gzip can hold a gigabyte of zeros, and the sizes that an archive states of
its files are written by whoever made it. So everything is unpacked piece by piece and
counted; what grows too large, or grows out of nearly nothing, is refused before it is
there. Names in an archive are labels to choose by: nothing is ever written to a disk.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from clustering.errors import ReadError

__all__ = [
    "MOST_FILES",
    "RATIO",
    "UNPACKED",
    "gunzipped",
    "is_hidden",
    "member_of",
    "members_of",
    "pieces",
]

UNPACKED = 1_000_000_000
"""Bytes that a file may unpack to."""

RATIO, SMALL = 100, 100_000_000
"""Times its packed size, beyond so many bytes: no table repeats itself so often."""

MOST_FILES = 1_000
"""Files that an archive may hold."""

PIECE = 1 << 20  # bytes unpacked at a time
ENTRY = b"PK\x01\x02"  # begins each entry of the list of files
STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED


def gunzipped(content: bytes, called: str) -> bytes:
    """Unpack gzip, all of its members, piece by piece.

    Parameters
    ----------
    content : bytes
        The whole file.
    called : str
        Its name, as a sentence says it.

    Returns
    -------
    bytes
        What was packed.

    Raises
    ------
    ReadError
        Where it is broken or too large.
    """
    found, rest = bytearray(), content
    while rest.strip(b"\x00"):
        unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
        while not unpacking.eof:
            try:
                piece = unpacking.decompress(rest, PIECE)
            except zlib.error:
                raise ReadError(damaged(called, "gzip")) from None
            rest = unpacking.unconsumed_tail
            if not piece and not rest and not unpacking.eof:
                raise ReadError(
                    f"{called} ends before all of it is unpacked; it was cut short, so fetch it "
                    "again."
                )
            found += piece
            check_size(len(found), len(content), called)
        rest = unpacking.unused_data
    return bytes(found)


def check_size(size: int, packed: int, called: str) -> None:
    """Refuse what unpacks to too much."""
    if size > UNPACKED:
        raise ReadError(
            f"{called} unpacks to more than {UNPACKED / 1e9:.0f} GB; unpack it and keep the rows "
            "that are needed."
        )
    if size > SMALL and size > RATIO * packed:
        raise ReadError(
            f"{called} unpacks to more than {RATIO} times its size, as no table does; "
            "choose the table itself."
        )


def members_of(content: bytes, called: str, *, most: int = MOST_FILES) -> list[zipfile.ZipInfo]:
    """List the files of a zip archive, in the order they stand.

    Parameters
    ----------
    content : bytes
        The whole archive.
    called : str
        Its name, as a sentence says it.
    most : int
        Files that it may hold.

    Returns
    -------
    list of ZipInfo
        Without folders and hidden files.

    Raises
    ------
    ReadError
        Where it is broken, or holds more than `most` files.
    """
    if content.count(ENTRY) > 2 * most:  # before the list is made; packed bytes may look so
        raise ReadError(many(called, most))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, IndexError):
        raise ReadError(damaged(called, "zip")) from None
    if len(infos) > most:
        raise ReadError(many(called, most))
    return [info for info in infos if not is_hidden(info.filename) and not info.is_dir()]


def is_hidden(name: str) -> bool:
    r"""Tell whether a file only exists for a program: resource forks, lists of thumbnails.

    Examples
    --------
    >>> is_hidden("__MACOSX/._a.csv"), is_hidden("../a.csv"), is_hidden("data\\a.csv")
    (True, False, False)
    """
    parts = PurePosixPath(name.replace("\\", "/")).parts
    last = parts[-1] if parts else ""
    return "__MACOSX" in parts or last.startswith(".") or last.lower() in ("thumbs.db", "")


def member_of(content: bytes, info: zipfile.ZipInfo, called: str) -> bytes:
    """Unpack one file of a zip archive.

    Parameters
    ----------
    content : bytes
        The whole archive.
    info : ZipInfo
        Of the file.
    called : str
        Name of the archive, as a sentence says it.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    ReadError
        Where it is protected, broken, or too large.
    """
    inside = info.filename[-60:]
    if info.flag_bits & 1:
        raise ReadError(f"'{inside}' in {called} is protected by a password; unpack it first.")
    if info.compress_type not in (STORED, DEFLATED):
        raise ReadError(
            f"'{inside}' in {called} is packed in a way that is not read; unpack it first."
        )
    found = bytearray()
    for piece in pieces(content, info, damaged(called, "zip")):
        found += piece
        check_size(len(found), max(info.compress_size, 1), called)
    if zlib.crc32(found) != info.CRC:
        raise ReadError(damaged(called, "zip"))
    return bytes(found)


def pieces(content: bytes, info: zipfile.ZipInfo, sentence: str) -> Iterator[bytes]:
    """Unpack a file of an archive piece by piece, to its end and not to its stated size.

    Parameters
    ----------
    content : bytes
        The whole archive.
    info : ZipInfo
        Of the file.
    sentence : str
        What is said where the file cannot be unpacked.
    """
    start = info.header_offset
    lengths = content[start + 26 : start + 30]  # of the name and of the extra field
    start += 30 + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
    packed = content[start : start + info.compress_size]
    if info.flag_bits & 1 or info.compress_type not in (STORED, DEFLATED):
        raise ReadError(sentence)
    if info.compress_type == STORED:
        for place in range(0, len(packed), PIECE):
            yield packed[place : place + PIECE]
        return
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while piece := unpacking.decompress(packed, PIECE):
            yield piece
            packed = unpacking.unconsumed_tail
    except zlib.error:
        raise ReadError(sentence) from None


def damaged(called: str, kind: str) -> str:
    """Say that an archive cannot be unpacked."""
    return f"{called} is a {kind} archive that is damaged; fetch it again, or unpack it first."


def many(called: str, most: int) -> str:
    """Say that an archive holds too many files."""
    wanted = "choose one of them" if most == MOST_FILES else "pack fewer of them"
    return f"{called} holds more than {most:,} files; unpack it and {wanted}."
