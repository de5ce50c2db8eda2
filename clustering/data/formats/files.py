"""Files: what the bytes are, whatever their ending says, and what they are packed in.

Gzip and zip are opened here, one layer of them; what lies inside is judged as any file
is. Of several files in an archive the told one is taken, else the largest of those that
could hold a table.
"""

import hashlib
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath

from clustering.data.formats.packing import gunzipped, member_of, members_of
from clustering.data.formats.signatures import format_of, refusal_of
from clustering.data.reading import Format, Given, Reading
from clustering.errors import ReadError

__all__ = ["ENDINGS", "Inside", "checksum", "unpacked"]

TEXTS = (".csv", ".tsv", ".txt", ".tab", ".dat", ".data", ".asc", ".prn")
BOOKS = (".xlsx", ".xlsm", ".xls")
COLUMNS = (".parquet", ".pq", ".npy", ".npz")
TREES = (".json", ".jsonl", ".ndjson", ".geojson", ".arff")
PACKED = (".gz", ".zip")
ENDINGS = TEXTS + BOOKS + COLUMNS + TREES + PACKED
"""Endings of the files that are read."""

GZIP, ZIP, OLE = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
PART = 1 << 16  # bytes that are summed up at once
SHOWN = 60  # characters of a name in a sentence
TRIED = 5  # files of an archive, the largest first


@dataclass(frozen=True, eq=False, slots=True)
class Inside:
    """A file out of its packing.

    Attributes
    ----------
    content : bytes
        Of the one file that is read.
    reading : Reading
        With `format`, `unpack` and `member`.
    members : tuple of str
        The files of the archive that could be read; empty without one.
    notes : tuple of str
        What must be said about the choice, a sentence each.
    """

    content: bytes
    reading: Reading
    members: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def checksum(content: bytes) -> str:
    """Give sixteen hexadecimal digits that follow from all bytes.

    Both check sums of zlib for each part are digested: six times as fast as a digest of
    all bytes, and as sure to see a change that nobody made in order to deceive.
    """
    state = hashlib.blake2b(f"{len(content)}".encode(), digest_size=8)
    view = memoryview(content)
    for place in range(0, len(content), PART):
        part = view[place : place + PART]
        state.update(struct.pack("<2I", zlib.crc32(part), zlib.adler32(part)))
    return state.hexdigest()


def unpacked(content: bytes, name: str, called: str, given: Given) -> Inside:
    """Find out what a file is, and take it out of its packing.

    Parameters
    ----------
    content : bytes
        The whole file.
    name, called : str
        Its name, and how sentences call it.
    given : Given
        May name the member of an archive.

    Returns
    -------
    Inside
        What a reader of its format takes.

    Raises
    ------
    ReadError
        Where it is no table, or packs too much.
    """
    if content.startswith(GZIP):
        inner = gunzipped(content, called)
        own = name[:-3] if name.lower().endswith(".gz") else name
        if inner.startswith(GZIP) or is_archive(inner, called):
            raise ReadError(f"{called} packs another archive; unpack it first.")
        return Inside(inner, Reading(format=judged(inner, own, called), unpack="gzip"))
    if is_archive(content, called):
        return out_of_zip(content, called, given)
    return Inside(content, Reading(format=judged(content, name, called)))


def judged(content: bytes, name: str, called: str) -> Format:
    """Tell the format of a file that is not packed, or why it is not read."""
    if is_blank(content):
        raise ReadError(f"{called} is empty; choose a file with a line of names and rows below.")
    if content.startswith(ZIP):
        check_document(content, called)
    elif content.startswith(OLE):
        check_compound(content, called)
    kind, advice = refusal_of(content)
    if kind:
        raise ReadError(f"{called} is {kind}, not a table; {advice}.")
    return "npy" if is_arrays(content, called) else format_of(content, name)


def is_blank(content: bytes) -> bool:
    """Tell whether there is nothing but blanks, delimiters, zeros and byte order marks."""
    nothing = b"\x00\xef\xbb\xbf\xff\xfe \t\r\n,;|"
    # Cut off the ends of all of it, it would be copied.
    return not content[:4096].strip(nothing) and not content.strip(nothing)


def names_of(content: bytes, called: str) -> list[str]:
    """Give the names of all files of a zip archive; none where it is no archive."""
    if not content.startswith(ZIP):
        return []
    return [info.filename.replace("\\", "/") for info in members_of(content, called)]


def is_archive(content: bytes, called: str) -> bool:
    """Tell a zip of files from the formats that are zip archives themselves."""
    if not content.startswith(ZIP):
        return False
    try:
        names = names_of(content, called)
    except ReadError:
        if b"[Content_Types].xml" in content[:4096] or b"xl/" in content[:65_536]:
            return False  # the reader of workbooks says what is wrong
        raise
    if is_arrays(content, called):
        return False
    known = ("[Content_Types].xml", "mimetype", "content.xml")
    return not any(name in known or name.startswith(("xl/", "word/", "ppt/")) for name in names)


def is_arrays(content: bytes, called: str) -> bool:
    """Tell whether an archive is one of NumPy arrays alone, as an NPZ file is."""
    names = names_of(content, called) if content.startswith(ZIP) else []
    return bool(names) and all(name.endswith(".npy") for name in names)


def check_document(content: bytes, called: str) -> None:
    """Refuse documents that are written as zip archives but are no workbooks."""
    try:
        names = names_of(content, called)
    except ReadError:
        return
    for start, kind in (("word/", "a text document"), ("ppt/", "a presentation")):
        if any(name.startswith(start) for name in names):
            raise ReadError(
                f"{called} is {kind}, not a table; copy its table into a spreadsheet and save that."
            )


def check_compound(content: bytes, called: str) -> None:
    """Refuse compound files that are protected, or documents of another program."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise ReadError(
            f"{called} is protected by a password; open it, take the password off and save it."
        )
    if "WordDocument".encode("utf-16-le") in content:
        raise ReadError(
            f"{called} is a text document, not a table; copy its table into a spreadsheet and save "
            "that."
        )


def out_of_zip(content: bytes, called: str, given: Given) -> Inside:
    """Take one file out of a zip archive."""
    infos = members_of(content, called)
    told = given.get("member")
    if told:
        infos_told = [info for info in infos if info.filename == told]
        if not infos_told:
            raise ReadError(
                f"{called} holds no file '{told[:SHOWN]}'; choose one of the {len(infos)} it holds."
            )
        chosen = infos_told[0]
        inner, form = inside(content, chosen, called)
        names = tuple(info.filename for info in readable(infos) or infos)
        return Inside(inner, Reading(format=form, unpack="zip", member=told), names)
    candidates = sorted(readable(infos), key=lambda info: -info.file_size)
    if not candidates:
        kinds = sorted({ending(info) or "no ending" for info in infos})[:3]
        raise ReadError(
            f"{called} holds no file that could be a table"
            f"{f' (only {chr(44).join(kinds)})' if kinds else ''}; pack a CSV or XLSX file."
        )
    first_problem: ReadError | None = None
    for chosen in candidates[:TRIED]:
        try:
            inner, form = inside(content, chosen, called)
            break
        except ReadError as problem:
            first_problem = first_problem or problem
    else:
        assert first_problem is not None
        raise first_problem
    names = tuple(info.filename for info in readable(infos))
    more = len(names) - 1
    note = (
        f"'{chosen.filename[-SHOWN:]}' is shown; the archive holds {more:,} more "
        f"file{'s' if more > 1 else ''} that can be chosen."
    )
    return Inside(
        inner,
        Reading(format=form, unpack="zip", member=chosen.filename),
        names,
        (note,) if more else (),
    )


def inside(content: bytes, info: zipfile.ZipInfo, called: str) -> tuple[bytes, Format]:
    """Unpack a file of an archive, and tell its format."""
    inner = member_of(content, info, called)
    own = f"'{shown(info.filename)}' in {called}"
    if inner.startswith(GZIP) or is_archive(inner, own):
        raise ReadError(f"{own} is an archive in an archive; unpack it first.")
    return inner, judged(inner, info.filename, own)


def shown(name: str) -> str:
    """Cut a name to what a sentence has room for, with blanks for what is no letter."""
    return re.sub(r"[^\w.()/\\ -]", " ", name)[-SHOWN:].strip()


def readable(infos: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """Keep the files whose ending is one that is read; all where none is."""
    known = [info for info in infos if ending(info) in ENDINGS]
    return known or [info for info in infos if not ending(info)]


def ending(info: zipfile.ZipInfo) -> str:
    """Give the ending of a file of an archive, in small letters."""
    return PurePath(PurePosixPath(info.filename.replace("\\", "/")).name).suffix.lower()
