r"""JSON layouts: the many ways in which programs write one table as JSON.

::

    [{"x": 1, "y": {"z": 2}}, ...]                    rows, parts of parts with dots: y.z
    {"x": 1}\n{"x": 2}                                rows, one a line
    [[1, 2], [3, 4]]                                  rows without names
    {"x": [1, 2], "y": [3, 4]}                        columns
    {"x": {"0": 1, "1": 2}}, {"0": {"x": 1}, ...}     columns or rows by their index
    {"columns": [...], "index": [...], "data": [[]]}  split
    {"data": [{...}], "meta": ...}                    a table among other things
    {"type": "FeatureCollection", "features": [...]}  places, as GeoJSON

Every function stands alone with the others of this module, because an exported script
carries them along.
"""

import json
from collections.abc import Mapping
from typing import Any

__all__ = ["FUNCTIONS", "decoded", "json_table"]


def decoded(text: str) -> tuple[Any, bool, int]:
    r"""Read JSON, or JSON lines.

    Parameters
    ----------
    text : str
        The whole file.

    Returns
    -------
    tree : object
        Lists, dictionaries and values.
    in_lines : bool
        True where each line is a value of its own.
    repeated : int
        Objects in which a name stood twice; the last one counts.

    Raises
    ------
    ValueError
        With the line, and what is wrong there.
    RecursionError
        Where it is nested too deeply.

    Examples
    --------
    >>> decoded('{"a": 1, "a": 2}\n\n{"a": 3}')
    ([{'a': 2}, {'a': 3}], True, 1)
    """
    repeated = 0

    def keep(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        found = dict(pairs)
        repeated += len(found) < len(pairs)
        return found

    def whole(digits: str) -> Any:
        return int(digits) if len(digits) < 4000 else digits

    decoder = json.JSONDecoder(object_pairs_hook=keep, parse_int=whole)
    text = text.lstrip("\ufeff")
    try:
        return decoder.decode(text), False, repeated
    except json.JSONDecodeError as problem:
        lines = text.splitlines() if problem.msg == "Extra data" else []
        if len(lines) < 2:
            raise ValueError(f"Line {problem.lineno:,}", "is no JSON") from None
    rows, repeated = [], 0
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                rows.append(decoder.decode(line))
            except json.JSONDecodeError:
                raise ValueError(f"Line {number:,}", "is no JSON") from None
    return rows, True, repeated


def json_table(tree: Any, header: bool | None) -> tuple[list[str], list[list[Any]], bool, str]:
    """Find the table in a tree of JSON.

    Parameters
    ----------
    tree : object
        Lists, dictionaries and values.
    header : bool, optional
        Whether the first of rows without names holds names; found out where None.

    Returns
    -------
    names : list of str
        Of the columns; empty where there are none.
    columns : list of lists
        Cells, None where a row has none.
    header : bool
        Whether the columns have names.
    path : str
        Where in the tree the table is, with dots.

    Raises
    ------
    ValueError
        With what is no table, and why.

    Examples
    --------
    >>> json_table({"data": [{"x": 1, "y": {"z": 2}}, {"x": 3}], "n": 2}, None)
    (['x', 'y.z'], [[1, 3], [2, None]], True, 'data')
    >>> json_table([[1, 2], [3, 4]], None)
    ([], [[1, 3], [2, 4]], False, '')
    """
    path = ""
    for _ in range(6):
        if not isinstance(tree, Mapping):
            break
        if tree.get("type") == "Feature" and isinstance(tree.get("properties"), Mapping):
            tree = {"type": "FeatureCollection", "features": [tree]}
        if tree.get("type") == "FeatureCollection" and isinstance(tree.get("features"), list):
            return (*json_rows([json_place(feature) for feature in tree["features"]]), True, path)
        if isinstance(tree.get("columns"), list) and isinstance(tree.get("data"), list):
            names = [str(name) for name in tree["columns"]]
            return (*json_lists(tree["data"], names), True, path)
        inner = json_inside(tree)
        if not inner:
            break
        tree, path = tree[inner], f"{path}.{inner}".lstrip(".")
    if isinstance(tree, Mapping):
        return (*json_columns(tree), True, path)
    if not isinstance(tree, list):
        raise ValueError("It", "holds a single value and no rows")
    if not any(isinstance(row, (Mapping, list)) for row in tree):
        return ["value"], [list(tree)], True, path
    if any(isinstance(row, Mapping) for row in tree):
        return (*json_rows(tree), True, path)
    if header is None:
        first = tree[0] if isinstance(tree[0], list) else []
        below = [cell for row in tree[1:] if isinstance(row, list) for cell in row]
        header = (
            bool(first)
            and all(isinstance(cell, str) for cell in first)
            and any(not isinstance(cell, (str, type(None))) for cell in below)
        )
    if header:
        names = [str(cell) for cell in tree[0]]
        return (*json_lists(tree[1:], names), True, path)
    return ([], json_lists(tree, [])[1], False, path)


def json_inside(tree: Mapping[str, Any]) -> str:
    """Name the part of a tree that is a table among other things; empty where none is."""
    tables = {
        name: len(part)
        for name, part in tree.items()
        if isinstance(part, list) and any(isinstance(row, (Mapping, list)) for row in part)
    }
    if tables and not (
        len({len(part) for part in tree.values() if isinstance(part, list)}) == 1
        and all(isinstance(part, list) for part in tree.values())
        and len(tree) > 1
    ):
        return max(tables, key=lambda name: tables[name])
    deeper = {
        name: max(
            (
                len(rows)
                for child in (part, *part.values())
                if isinstance(child, Mapping)
                for rows in child.values()
                if isinstance(rows, list) and any(isinstance(row, Mapping) for row in rows)
            ),
            default=0,
        )
        for name, part in tree.items()
        if isinstance(part, Mapping)
    }
    best = max(deeper, key=lambda name: deeper[name], default="")
    alike = len(deeper) == len(tree) > 1 and min(deeper.values()) > 0
    return best if best and deeper[best] and not alike else ""


def json_columns(tree: Mapping[str, Any]) -> tuple[list[str], list[list[Any]]]:
    """Read columns by their names, rows by their index, or names and values."""
    parts = list(tree.values())
    if parts and all(isinstance(part, list) for part in parts):
        lengths = {len(part) for part in parts}
        if len(lengths) > 1:
            what = f"has columns of {min(lengths):,} to {max(lengths):,} cells, which make no rows"
            raise ValueError("It", what)
        return list(tree), parts
    if parts and all(isinstance(part, Mapping) for part in parts):
        inner = list(dict.fromkeys(name for part in parts for name in part))
        counted = [all(str(name).isdecimal() for name in names) for names in (tree, inner)]
        if counted[0] != counted[1]:
            by_rows = counted[0]
        else:
            alike = [len({type(cell) for cell in part.values()} - {type(None)}) for part in parts]
            by_rows = max(alike) > 1 or len(tree) > len(inner)
        if by_rows:
            names, columns = json_rows(parts)
            index = list(tree)
        else:
            names, columns = list(tree), [[part.get(name) for name in inner] for part in parts]
            index = inner
        if [str(place) for place in range(len(index))] != index:
            return ["index", *names], [list(index), *columns]
        return names, columns
    if any(isinstance(part, (list, Mapping)) for part in parts) or len(parts) == 1:
        return json_rows([tree])
    if len({type(part) for part in parts} - {type(None)}) > 1:
        return json_rows([tree])
    return ["name", "value"], [list(tree), parts]


def json_rows(rows: list[Any]) -> tuple[list[str], list[list[Any]]]:
    """Read objects as rows; parts of parts become columns with dots in their names."""
    flat: list[dict[str, Any]] = []
    names: dict[str, None] = {}
    for row in rows:
        found: dict[str, Any] = {}
        waiting = [("", row if isinstance(row, Mapping) else {"value": row}, 1)]
        while waiting:
            above, part, depth = waiting.pop()
            for name, cell in part.items():
                if isinstance(cell, Mapping) and cell and depth < 8:
                    waiting.append((f"{above}{name}.", cell, depth + 1))
                else:
                    found[f"{above}{name}"] = cell
        flat.append(found)
        names.update(dict.fromkeys(found))
        if len(names) > 10_000 or len(names) * len(rows) > 50_000_000:
            what = "names too many columns in too many rows (at most 10,000, and 50,000,000 cells)"
            raise ValueError("It", what)
    return list(names), [[row.get(name) for row in flat] for name in names]


def json_lists(rows: list[Any], names: list[str]) -> tuple[list[str], list[list[Any]]]:
    """Read lists as rows; a short one lacks its last cells, a long one is refused."""
    lists = [row if isinstance(row, list) else [row] for row in rows]
    width = len(names) or max(map(len, lists), default=0)
    for number, row in enumerate(lists, start=1):
        if len(row) > width:
            what = f"has {len(row):,} cells where there are {width:,} columns"
            raise ValueError(f"Row {number:,}", what)
    columns = [
        [row[place] if place < len(row) else None for row in lists] for place in range(width)
    ]
    return names, columns


def json_place(feature: Any) -> dict[str, Any]:
    """Read a feature of GeoJSON: what it says of a place, and where that is."""
    if not isinstance(feature, Mapping):
        return {"value": feature}
    properties = feature.get("properties")
    row = dict(properties) if isinstance(properties, Mapping) else {}
    form = feature.get("geometry")
    form = form if isinstance(form, Mapping) else {}
    spot = form.get("coordinates")
    if form.get("type") == "Point" and isinstance(spot, list) and len(spot) >= 2:
        row.setdefault("longitude", spot[0])
        row.setdefault("latitude", spot[1])
    elif form:
        row.setdefault("geometry", form.get("type"))
    return row


FUNCTIONS = (
    decoded, json_table, json_inside, json_columns, json_rows, json_lists, json_place,
)  # fmt: skip
"""What a script carries along."""
