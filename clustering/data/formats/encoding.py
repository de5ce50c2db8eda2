"""Encoding: which letters the bytes of a text are.

A byte order mark decides. Otherwise UTF-8, because text in another encoding is practically
never valid UTF-8 by accident, and zero bytes speak for UTF-16 and UTF-32. Of the older
encodings those are compared in which the bytes are valid: each would make other letters of
them, and the right one makes letters that are written together somewhere on earth.
`charset_normalizer` is asked where these letters leave a doubt, because tables are short
of sentences, on which it rests.
"""

import codecs
import re

import charset_normalizer
import numpy as np
import pyarrow as pa

from clustering.data.formats.alphabets import EAST, WESTERN, east_score, west_score

__all__ = ["decodes", "encoding_of"]

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 65_536
ASCII = bytes(range(128))


def decodes(content: bytes, encoding: str) -> bool:
    """Tell whether all of the bytes are valid in this encoding."""
    if encoding == "utf-8":
        if content.isascii():
            return True
        offsets = pa.py_buffer(np.array([0, len(content)], dtype=np.int64))
        held = [None, offsets, pa.py_buffer(content)]
        try:
            pa.Array.from_buffers(pa.large_string(), 1, held).validate(full=True)
        except pa.ArrowInvalid:
            return False
        return True
    try:
        content.decode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True


def encoding_of(content: bytes) -> str:
    r"""Find the encoding of a text.

    Parameters
    ----------
    content : bytes
        The whole file.

    Returns
    -------
    str
        ``"utf-8"``, ``"utf-8-sig"``, ``"utf-16"``, ``"utf-16-le"``, ``"utf-16-be"``,
        ``"utf-32"``, ``"utf-32-le"``, ``"utf-32-be"``, ``"gb18030"`` (which contains
        GBK), ``"cp932"`` (Shift-JIS), ``"big5"``, ``"cp949"`` (EUC-KR), ``"euc_jp"``,
        ``"cp1252"``, ``"latin-1"``, ``"cp1250"``, ``"cp1251"``, ``"koi8-r"``,
        ``"cp1253"``, ``"cp1254"``, ``"mac-roman"`` or ``"cp850"``. The bytes are
        valid in it.

    Examples
    --------
    >>> encoding_of("año,1".encode("latin-1")), encoding_of("年龄,岁\n".encode("gbk"))
    ('latin-1', 'gb18030')
    """
    for mark, encoding in MARKS:
        if content.startswith(mark):
            name = "utf-8" if encoding == "utf-8-sig" else encoding
            if decodes(content, name):
                return encoding
    wide = with_zeros(content)
    if wide:
        return wide
    if decodes(content, "utf-8"):
        return "utf-8"
    first = re.search(rb"[\x80-\xff]", content)
    place = first.start() if first else 0
    place = max(content.rfind(b"\n", 0, place), place - 1000, 0)
    sample = content[place : place + SAMPLE]
    if len(content) > place + SAMPLE:
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    east = [(east_score(sample, encoding), encoding) for encoding in EAST]
    score, encoding = max(east, key=lambda pair: pair[0])
    if score >= 0.25 and decodes(content, encoding):
        return encoding
    if in_pairs(sample) and decodes(content, "gb18030"):
        best = charset_normalizer.from_bytes(sample, cp_isolation=["gb18030", "cp1252"]).best()
        if best is None or best.encoding == "gb18030":
            return "gb18030"
    # The most common one needs not be the best, only nearly so.
    west = [(west_score(sample, one) + 0.1 * (one == "cp1252"), one) for one in WESTERN]
    # One byte a letter: all is valid where each byte that occurs is.
    high = bytes(sorted(set(content.translate(None, ASCII))))
    west = [(score, one) for score, one in west if one == "cp1252" or decodes(high, one)]
    found = max(west, key=lambda pair: pair[0])[1]
    if found != "cp1252":
        return found
    if high[:1] < b"\xa0" and decodes(high, "cp1252"):
        return "cp1252"
    return "latin-1"


def with_zeros(content: bytes) -> str:
    """Find UTF-16 and UTF-32 without a mark, by where the zero bytes of ASCII signs stand."""
    head = content[:4096]
    zeros = head.count(0)
    if len(head) < 4 or not zeros or len(content) % 2:
        return ""
    plain = sum(9 <= byte < 127 for byte in head)
    if zeros < 0.3 * len(head) and plain > 0.9 * (len(head) - zeros):
        return ""  # a text of one byte a letter, with some zeros astray
    if zeros > 0.6 * len(head) and len(content) % 4 == 0:
        for encoding, place in (("utf-32-le", 0), ("utf-32-be", 3)):
            if head[place::4].count(0) < 0.1 * len(head) / 4 and decodes(content, encoding):
                return encoding
    for encoding, place in (("utf-16-le", 1), ("utf-16-be", 0)):
        high, low = head[place::2], head[1 - place :: 2]
        if high.count(0) > 0.1 * len(high) and not low.count(0) and decodes(content, encoding):
            return encoding
    return ""


def in_pairs(sample: bytes) -> bool:
    """Tell whether high bytes hardly ever stand alone, as they do in western words."""
    runs = re.findall(rb"[\x80-\xff]+", sample)
    return 2 * sum(len(run) == 1 for run in runs) <= len(runs)
