"""Lines: what of a text is the table, and what stands around and between its rows.

`table_lines` stands alone, because an exported script carries it along word for word:
what is a row of the table there is then what was one here.
"""

import io
import re
from collections.abc import Sequence

from clustering.data.reading import Reading

__all__ = ["is_framed", "lines", "needs_lines", "table_lines", "unframed"]


def table_lines(
    text: str,
    skip: int = 0,
    footer: int = 0,
    comment: str = "",
    enclosed: bool = False,
    quote: str = '"',
) -> str:
    """Give the lines of a text that make up its table, without quotes around whole lines."""
    found = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text)
    kept, inside = [], False
    for line in found[skip : len(found) - footer]:
        bare = line.rstrip("\r\n")
        if comment and not inside and bare.lstrip().startswith(comment):
            continue
        if enclosed and len(bare) > 1 and bare[0] == bare[-1] == '"':
            if '"' not in bare[1:-1].replace('""', ""):
                kept.append(bare[1:-1].replace('""', '"') + "\n")
                continue
        if quote and bare.count(quote) % 2:
            inside = not inside
        kept.append(line if inside else bare + "\n")
    return "".join(kept)


def needs_lines(reading: Reading) -> bool:
    """Tell whether rows must be picked out of the text before a parser sees it."""
    return bool(reading.footer or reading.comment or reading.enclosed or reading.line_end)


def lines(text: str) -> list[str]:
    """Cut a text into lines as the parsers of tables do."""
    return list(io.StringIO(text, newline=""))


def is_framed(line: str) -> bool:
    """Tell whether a line stands in quotes as a whole.

    Examples
    --------
    >>> is_framed('"1,""a"",2"'), is_framed('"1","2"'), is_framed("1,2")
    (True, False, False)
    """
    bare = line.strip("\r\n")
    return len(bare) > 1 and bare[0] == bare[-1] == '"' and '"' not in bare[1:-1].replace('""', "")


def unframed(text: Sequence[str]) -> list[str]:
    """Take the quotes off lines that stand in them as a whole."""
    return [
        line.strip("\r\n")[1:-1].replace('""', '"') + "\n" if is_framed(line) else line
        for line in text
    ]
