"""Dialect: how a text is cut into cells, found out around whatever is told."""

import re
from dataclasses import replace

from clustering.data.formats.detection import BLANKS, delimiter_of, padded, quotes_of, records
from clustering.data.formats.ending import lines_below
from clustering.data.formats.leading import comments_of, lines_above, trailing, without_comments
from clustering.data.formats.lines import is_framed, lines, table_lines, unframed
from clustering.data.formats.names import has_header
from clustering.data.reading import Given, Reading

__all__ = ["TOLD", "find_out"]

TOLD = re.compile(r"sep=(.)\r?\n", re.I)  # what spreadsheets write for one another


def find_out(head: str, tail: str, known: Reading, given: Given) -> Reading:
    """Find out how a text is read, around what is told.

    Parameters
    ----------
    head, tail : str
        Its first and its last lines; both are the whole text where it is short.
    known : Reading
        What is known already, the encoding among it.
    given : Given
        What is told.

    Returns
    -------
    Reading
        Complete but for the signs in numbers.
    """
    told = TOLD.match(head)
    text = head[told.end() :] if told else head
    enclosed = given.get("enclosed", are_framed(text))
    if enclosed:
        text, tail = "".join(unframed(lines(text))), "".join(unframed(lines(tail)))
    plain = without_comments(text, given.get("comment", ""))
    delimiter = given.get("delimiter") or (told.group(1) if told else "")
    quote = given.get("quote")
    if not delimiter:
        delimiter = delimiter_of(plain, quote='"' if quote is None else quote)
        if delimiter == "," and "'" in plain and '"' not in plain:
            delimiter = delimiter_of(plain, quote="'")
    if len(delimiter) != 1 and delimiter != BLANKS:
        return replace(known, delimiter=delimiter)
    found_quote, escape = quotes_of(plain, delimiter)
    quote = found_quote if quote is None else quote
    escape = given.get("escape", escape if quote == found_quote else "")
    comment = given.get("comment")
    if comment is None:
        comment = comments_of(text, delimiter, quote)
    skip = lines_above(text, delimiter, quote) + bool(told)
    if "skip" in given:
        rest = lines(text)[max(given["skip"] - bool(told), 0) :]
        blank = next((place for place, line in enumerate(rest) if line.strip()), 0)
        skip = given["skip"] + blank
    body = table_lines(text, max(skip - bool(told), 0), 0, comment, quote=quote)
    rows = records(body, delimiter, quote=quote, escape=escape)
    gaps = given.get("padded", padded(rows) and delimiter != BLANKS)
    if gaps:
        rows = records(body, delimiter, quote=quote, escape=escape, padded=True)
        rows = [[cell.strip(" \t") for cell in row] for row in rows]
    header = given.get("header", has_header(rows) if rows else True)
    width = max(map(len, rows[:1] + rows[1:2]), default=0)
    footer = given.get("footer")
    if footer is None:
        footer = lines_below(tail, delimiter, rows[header:], width=width, quote=quote)
    if footer:
        rows = (
            records(table_lines(body, 0, footer), delimiter, quote=quote) if head == tail else rows
        )
    return replace(
        known,
        delimiter=delimiter,
        quote=quote,
        escape=escape,
        line_end="\r" if re.search(r"\r(?!\n)", re.sub(r'"[^"]*"', "", head)) else "",
        enclosed=enclosed,
        comment=comment,
        padded=gaps,
        header=header,
        skip=skip,
        footer=footer,
        trailing=header and trailing(rows),
        missing=given.get("missing", known.missing),
    )


def are_framed(text: str) -> bool:
    r"""Tell whether lines as a whole stand in quotes, which hide a table.

    Examples
    --------
    >>> are_framed('"a,b"\n"1,2"\n"3,x ""y"" z"\n'), are_framed('"a","b"\n"1","2"\n')
    (True, False)
    >>> are_framed('"Doe, Ann"\n"Roe, Joe"\n')
    False
    """
    found = [line for line in lines(text)[:200] if line.strip()]
    places = [place for place, line in enumerate(found) if is_framed(line)]
    if len(places) < 2 or 2 * len(places) < len(found):
        return False
    found = found[places[0] : places[-1] + 1]  # without a title, without a source
    if len(places) < len(found) - 1:
        return False
    bare = "".join(unframed([line for line in found if is_framed(line)]))
    delimiter = delimiter_of(bare)
    rows = records(bare, delimiter)
    widths = {len(row) for row in rows}
    return (
        len(widths) == 1
        and widths.pop() > 1
        and not any(cell[:1] == " " for row in rows for cell in row)
    )
