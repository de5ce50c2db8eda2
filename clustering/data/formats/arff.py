r"""ARFF: the text format of Weka, which names and types its columns above the rows.

::

    @relation iris
    @attribute 'sepal length' numeric
    @attribute class {setosa, versicolor}
    @data
    5.1,setosa
    {1 versicolor}

The second row is a sparse one: what it does not mention is zero, or the first of the
words.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from clustering.data.formats import bounds
from clustering.data.formats.encoding import encoding_of
from clustering.data.formats.labels import unique
from clustering.data.formats.raw import Raw
from clustering.data.reading import Given, Reading
from clustering.errors import ReadError

__all__ = ["arff_cells", "arff_frame", "read_arff"]


def read_arff(content: bytes, called: str, reading: Reading, given: Given) -> Raw:
    """Read an ARFF file.

    Parameters
    ----------
    content : bytes
        The whole file.
    called : str
        How sentences name the file.
    reading : Reading
        What is known already.
    given : Given
        May say the encoding, and which texts are missing values.

    Returns
    -------
    Raw
        Numeric attributes are numbers, all others text.

    Raises
    ------
    ReadError
        Where a line cannot be understood, by its number.
    """
    encoding = given.get("encoding") or encoding_of(content)
    try:
        text = content.decode(encoding)
    except (UnicodeError, LookupError):
        raise ReadError(f"{called} is not written in {encoding}; try another encoding.") from None
    missing = given.get("missing", reading.missing)
    try:
        names, types, rows = arff_cells(text)
    except ValueError as problem:
        raise ReadError(f"{problem.args[0]} of {called} {problem.args[1]}.") from None
    if not names:
        raise ReadError(f"{called} names no attributes; each needs a line '@attribute name type'.")
    bounds.check_shape(len(rows), len(names), called)
    frame = arff_frame(types, rows, missing)
    frame.columns = unique(names)
    found = replace(
        reading,
        encoding=encoding,
        comment="%",
        quote="'",
        missing=missing,
        kinds=tuple((str(name), "code") for name in frame.columns[numbered(types, frame)]),
    )
    return Raw(frame, found)


def numbered(types: Sequence[str], frame: pd.DataFrame) -> list[bool]:
    """Tell which attributes are words that happen to be whole numbers.

    Examples
    --------
    >>> frame = pd.DataFrame({"a": ["1", "2"], "b": ["x", None]}, dtype="str")
    >>> numbered(["{1,2}", "{x}"], frame)
    [True, False]
    """
    return [
        kind[:1] == "{"
        and bool(frame.iloc[:, place].notna().any())
        and bool(frame.iloc[:, place].dropna().str.fullmatch("[-+]?[0-9]{1,15}").all())
        for place, kind in enumerate(types)
    ]


def arff_cells(text: str) -> tuple[list[str], list[str], list[list[str]]]:
    r"""Cut an ARFF file into names, types and rows of cells.

    It stands alone, because an exported script carries it along.

    Parameters
    ----------
    text : str
        The whole file.

    Returns
    -------
    names, types : list of str
        Of the attributes.
    rows : list of lists of str
        One for each line below ``@data`` that is no comment.

    Raises
    ------
    ValueError
        With which line it is, and what is wrong.

    Examples
    --------
    >>> arff_cells("@relation r\n@attribute 'a b' real\n@attribute c {x,y}\n@data\n1,y\n{0 2}\n")
    (['a b', 'c'], ['real', '{x,y}'], [['1', 'y'], ['2', 'x']])
    """
    quoted = r"'(?:[^'\\]++|\\.)*+'" + "|" + r'"(?:[^"\\]++|\\.)*+"'
    attribute = re.compile(rf"@attribute\s+({quoted}|[^\s'\"]\S*)\s*(.*)", re.I)
    token = re.compile(rf" *+(?:({quoted}) *+|([^,\t'\"]*+))(?:,|\t|$)")
    pair = re.compile(rf" *+(\d+)\s++({quoted}|[^,'\"]*+)\s*+(?:,|$)")

    def bare(cell: str) -> str:
        cell = cell.strip()
        if len(cell) > 1 and cell[0] in "'\"" and cell[-1] == cell[0]:
            return re.sub(r"\\(.)", r"\1", cell[1:-1])
        return cell

    def cut(line: str, number: int) -> list[str]:
        if "'" not in line and '"' not in line:
            return [cell.strip() for cell in line.split("," if "," in line else "\t")]
        cells, place = [], 0
        while place <= len(line):
            found = token.match(line, place)
            if not found:
                raise ValueError(f"Line {number:,}", "opens a quote and never closes it; mend it")
            cells.append(bare(found[1]) if found[1] is not None else found[2].strip())
            if found.end() == len(line) and line[found.end() - 1] not in ",\t":
                break
            place = found.end()
            if place == len(line):
                cells.append("")
                break
        return cells

    names: list[str] = []
    types: list[str] = []
    usual: list[str] = []
    rows: list[list[str]] = []
    inside = False
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text.lstrip("\ufeff")), start=1):
        line = line.strip()
        if not line or line[0] == "%":
            continue
        if not inside:
            found = attribute.fullmatch(line)
            if found:
                names.append(bare(found[1]))
                types.append(found[2].strip())
                words = cut(types[-1].strip("{} "), number) if types[-1][:1] == "{" else ["0"]
                usual.append(words[0])
            elif re.match(r"@data\b", line, re.I):
                inside = True
            elif not re.match(r"@relation\b", line, re.I):
                raise ValueError(
                    f"Line {number:,}", "is neither an attribute nor a comment; mend it"
                )
        elif line[0] == "{" and line[-1] == "}":
            row, body, end = list(usual), line[1:-1].strip(), 0
            while end < len(body):
                found = pair.match(body, end)
                if not found or int(found[1]) >= len(names):
                    what = (
                        f"speaks of a column that is not there at {body[end : end + 20]!r}; mend it"
                    )
                    raise ValueError(f"Line {number:,}", what)
                row[int(found[1])], end = bare(found[2]), found.end()
            rows.append(row)
        else:
            cells = cut(line, number)
            if len(cells) != len(names):
                what = f"has {len(cells):,} cells for {len(names):,} attributes; mend it"
                raise ValueError(f"Line {number:,}", what)
            rows.append(cells)
    return names, types, rows


def arff_frame(
    types: Sequence[str], rows: Sequence[Sequence[str]], missing: Sequence[str]
) -> pd.DataFrame:
    """Give each attribute its type; a numeric one with a cell that is no number stays text.

    It stands alone, because an exported script carries it along.

    Examples
    --------
    >>> arff_frame(["real", "{x}"], [["1", "x"], ["?", "?"]], ("?",)).to_dict("list")
    {0: [1.0, nan], 1: ['x', nan]}
    """
    columns = {}
    for place, kind in enumerate(types):
        cells = [None if row[place] in missing else row[place] for row in rows]
        column = pd.Series(cells, dtype="str")
        if kind.split(" ")[0].lower() in ("numeric", "real", "integer"):
            try:
                numbers = np.array([np.nan if cell is None else float(cell) for cell in cells])
                whole = kind.lower() == "integer" or not any("." in (cell or "") for cell in cells)
                if whole and None not in cells and (abs(numbers) < 2**53).all():
                    column = pd.Series(numbers).astype("int64")
                    if not (column == numbers).all():
                        column = pd.Series(numbers)
                else:
                    column = pd.Series(numbers)
            except ValueError:
                pass
        columns[place] = column
    return pd.DataFrame(columns)
