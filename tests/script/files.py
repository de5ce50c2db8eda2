"""Files in every format, and in all that a reader does beyond plain pandas."""

import gzip
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from clustering.data.tables import Given
from tests.making import sheet, workbook

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, eq=False)
class Brought:
    """A file of two columns of numbers, and what is told to read it."""

    content: bytes
    name: str
    columns: tuple[str, ...] = ("x0", "x1")
    given: Given | None = None


def files(plain: pd.DataFrame) -> Iterator[tuple[str, Brought]]:
    """Write columns x0 and x1 in many ways, each with what it is called."""
    frame = plain.assign(who=[f"n, {row}" for row in range(len(plain))])
    frame.loc[[4, 40], "x0"] = np.nan
    yield from texts(plain, frame)
    yield from packed(frame)
    yield from others(plain, frame)


def texts(plain: pd.DataFrame, frame: pd.DataFrame) -> Iterator[tuple[str, Brought]]:
    """Delimited text with something around or between its rows."""
    lines = frame.to_csv(index=False).splitlines()
    digits = plain.to_csv(index=False, header=False).translate(WIDE)
    noted = [*lines[:30], "# the sensor was changed here", *lines[30:]]
    titled = ["Measured in the summer", "", *lines, "", "Source: office of statistics", "\x1a"]
    framed = ['"' + line.replace('"', '""') + '"' for line in lines]
    for name, content in {
        "comments": "\n".join(noted),
        "a title and a footer": "\r\n".join(titled),
        "lines quoted as a whole": "\n".join(framed),
        "carriage returns": "\r".join(noted),
        "blanks behind delimiters": plain.to_csv(index=False).replace(",", ", "),
        "single quotes": frame.to_csv(index=False, quotechar="'"),
        "a delimiter too many": "\n".join([lines[0], *(f"{line}," for line in lines[1:])]),
        "many blanks": plain.to_string(index=False),
        "digits of another script": f"x0,x1\n{digits}",
    }.items():
        yield name, Brought(content.encode("utf-16" if "title" in name else "utf-8"), "a.csv")


def packed(frame: pd.DataFrame) -> Iterator[tuple[str, Brought]]:
    """Files in gzip and zip."""
    yield "gzip", Brought(gzip.compress(frame.to_csv(index=False).encode()), "a.csv.gz")
    with io.BytesIO() as held:
        with zipfile.ZipFile(held, "w") as archive:
            archive.writestr("read me.md", "nothing")
            archive.writestr("it's/a.json", frame.to_json(orient="records"))
        yield "JSON in a zip", Brought(held.getvalue(), "a.zip")


def others(plain: pd.DataFrame, frame: pd.DataFrame) -> Iterator[tuple[str, Brought]]:
    """Formats that are no delimited text."""
    lines = frame.to_json(orient="records", lines=True)
    yield "lines of JSON", Brought(lines.encode(), "a.jsonl")
    split = frame.to_json(orient="split", index=False)
    yield "JSON by columns", Brought(split.encode(), "a.json")
    with io.BytesIO() as held:
        frame.set_index(frame.index + 0).to_parquet(held)
        yield "Parquet", Brought(held.getvalue(), "a.parquet")
    with io.BytesIO() as held:
        np.savez(held, few=np.arange(3), many=frame[["x0", "x1"]].to_numpy())
        columns = ("column 1", "column 2")
        yield "NPZ", Brought(held.getvalue(), "a.npz", columns, {"part": "many"})
    head = "@relation r\n@attribute x0 real\n@attribute x1 real\n@attribute who string\n@data\n"
    rows = frame.to_csv(index=False, header=False, na_rep="?", quotechar="'")
    yield "ARFF", Brought(f"% made\n{head}{rows}".encode(), "a.arff")
    regions = ["north", *[None] * (len(plain) - 1)]
    cells = [[one, *row] for one, row in zip(regions, plain.to_numpy().tolist(), strict=True)]
    merged = sheet([["Sizes"], ["where", "x0", "x1"], *cells], merged=["A3:A92"])
    cover = sheet([["Report of the year"]])
    yield "a sheet behind a cover", Brought(workbook({"cover": cover, "data": merged}), "a.xlsx")
