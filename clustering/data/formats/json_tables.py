"""JSON tables: objects, lists and JSON lines as rows and columns."""

from dataclasses import replace

from clustering.data.formats import bounds
from clustering.data.formats.encoding import encoding_of
from clustering.data.formats.json_layouts import decoded, json_table
from clustering.data.formats.labels import unique, unnamed
from clustering.data.formats.plain import plain_table, words_of
from clustering.data.formats.raw import Raw
from clustering.data.reading import Given, Reading
from clustering.errors import ReadError
from clustering.words import count

__all__ = ["read_json"]

MOST = 10_000_000
"""Cells of a JSON text, counted by its commas and brackets: each becomes an object of Python."""

SHOWN = 60  # characters of a name in a sentence


def read_json(content: bytes, called: str, reading: Reading, given: Given) -> Raw:
    """Read JSON or JSON lines in any of the usual layouts.

    Parameters
    ----------
    content : bytes
        The whole text.
    called : str
        How sentences name the file.
    reading : Reading
        What is known already.
    given : Given
        May say the encoding, and whether lists begin with names.

    Returns
    -------
    Raw
        Lists in cells are text.

    Raises
    ------
    ReadError
        Where it is no JSON, or no table.
    """
    cells = sum(content.count(sign) for sign in (b",", b"{", b"["))
    if cells > MOST:
        raise ReadError(
            f"{called} holds about {cells:,} values; at most {MOST:,} of JSON are read, so save "
            "the table as CSV or Parquet."
        )
    encoding = given.get("encoding") or encoding_of(content)
    missing = given.get("missing", reading.missing)
    try:
        tree, in_lines, repeated = decoded(content.decode(encoding))
        names, columns, header, path = json_table(tree, given.get("header"))
        bounds.check_shape(max(map(len, columns), default=0), len(columns), called)
        frame = plain_table(columns, missing)
    except (UnicodeError, LookupError):
        raise ReadError(f"{called} is not written in {encoding}; try another encoding.") from None
    except RecursionError:
        raise ReadError(
            f"{called} is nested too deeply for a table; save its rows as a list of objects."
        ) from None
    except ValueError as problem:
        raise ReadError(sentence(problem, called)) from None
    if not len(columns):
        raise ReadError(f"{called} is JSON without rows; choose a file with a list of objects.")
    frame.columns = unique(list(map(words_of, names))) if header else unnamed(len(columns))
    notes = []
    if path:
        notes.append(f"'{path[:SHOWN]}' of the file is shown; what stands beside it is not.")
    if repeated:
        objects = f"{count(repeated, 'object')} of the file {'has' if repeated == 1 else 'have'}"
        notes.append(f"{objects} a name twice; the last one counts.")
    found = replace(
        reading, format="jsonl" if in_lines else "json", encoding=encoding, header=header,
        missing=missing,
    )  # fmt: skip
    return Raw(frame, found, notes=tuple(notes))


def sentence(problem: ValueError, called: str) -> str:
    """Say what is wrong, with the place."""
    place, what = problem.args if len(problem.args) == 2 else ("It", "is no JSON that can be read")
    if place == "It":
        return f"{called} {what}; save the table as a list of objects, or as CSV."
    return f"{place} of {called} {what}; mend it, or save the table as CSV."
