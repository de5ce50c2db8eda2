"""Script, prices: from a file to opening and closing prices, days by symbols."""

from typing import Any

from clustering.data.kinds.conversion import to_dates, to_numbers
from clustering.data.prices import Prices
from clustering.data.prices.workbooks import SHEET
from clustering.data.tables import Table
from clustering.errors import UnsupportedError
from clustering.script.formats import content_of, opening
from clustering.script.reading import reading_blocks
from clustering.snippets import block, call, carried, enclosed, listing

__all__ = ["frames", "read"]


def read(prices: Prices) -> list[str]:
    """Write how the file becomes `table`."""
    layout, table = prices.layout, prices.layout.table
    if table is None:
        return [_paths("prices.csv"), block("The prices.", "table = pd.read_csv(table_path)")]
    if layout.kind != "workbook":
        return reading_blocks(table)
    if layout.skip < 0:
        raise UnsupportedError(
            "The sheets of this workbook begin in different rows, for which no script can be "
            "written; save them with the names of the columns in the first row."
        )
    sheets = call(
        "pd.read_excel",
        f"BytesIO({content_of(table)})",
        sheet_name=listing(layout.sheets),
        skiprows=repr(layout.skip),
        engine="'calamine'",
        na_values=repr(list(table.reading.missing)),
        keep_default_na="False",
    )
    return [
        _paths(table.name),
        block(
            "A sheet for each symbol.",
            *opening(table),
            "from io import BytesIO",
            f"sheets = {sheets}",
            "table = pd.concat(",
            f"    [sheet.assign(**{{{SHEET!r}: symbol}}) for symbol, sheet in sheets.items()],",
            "    ignore_index=True,",
            ")",
        ),
    ]


def _paths(name: str) -> str:
    """Write where the prices are and where the labels go."""
    return block(
        "Where the prices are, and where the labels go.",
        f"table_path = sys.argv[1] if len(sys.argv) > 1 else {name!r}",
        "labels_path = sys.argv[2] if len(sys.argv) > 2 else 'labels.csv'",
    )


def _date(table: Table | None, name: str) -> tuple[str, list[Any]]:
    """Write how a column becomes days."""
    if table is None or table.form(name).native:
        return f"pd.to_datetime(table[{name!r}]).dt.normalize()", []
    formats = repr(table.form(name).formats)
    return f"to_dates(table[{name!r}], {formats}).dt.normalize()", [to_dates]


def _number(table: Table | None, name: str) -> tuple[str, list[Any]]:
    """Write how a column becomes prices."""
    if table is None or table.form(name).native:
        return f"table[{name!r}].astype(float)", []
    form = table.form(name)
    signs = {"decimal": form.decimal, "thousands": form.thousands, "unit": form.unit}
    told = {key: repr(sign) for key, sign in signs.items() if sign}
    return call("to_numbers", f"table[{name!r}]", **told), [to_numbers]


def frames(prices: Prices, opened: bool) -> list[str]:
    """Write how `table` becomes `first` and `last`, days by symbols."""
    layout, table = prices.layout, prices.layout.table
    day, functions = _date(table, layout.date or "date")
    columns = dict[str, str]()
    wanted = layout.columns or (
        *((("", "open", layout.open or "open"),) if opened else ()),
        ("", "close", layout.close or "close"),
    )
    for symbol, field, name in wanted:
        columns[f"{field} {symbol}"], more = _number(table, name)
        functions += more
    why = "Prices as days by symbols: the first opening and the last close of each day."
    safe = "Texts, zeros and negative numbers are no prices."
    imports = ["import re", "from typing import Any"] if functions else []
    lines = [f"days = {day}"]
    if layout.kind == "wide":
        for field, name, pick in (("open", "first", "first"), ("close", "last", "last")):
            each = [
                f"{symbol!r}: {columns[f'{field} {symbol}']}"
                for symbol, kind, _ in layout.columns
                if kind == field
            ]
            if each and (opened or field == "close"):
                lines.append(f"{name} = {enclosed('pd.DataFrame({', each, '})')}")
                lines.append(f"{name} = {name}[days.notna()].groupby(days.dropna()).{pick}()")
    else:
        whose = SHEET if layout.kind == "workbook" else layout.symbol
        if table is None:
            whose = "symbol"
        symbol = f"table[{whose!r}].astype('str').str.strip()" if whose else repr(prices.symbols[0])
        lines.append(f"long = pd.DataFrame({{'day': days, 'symbol': {symbol}}})")
        if opened:
            lines.append(f"long['open'] = {columns['open ']}")
        lines.append(f"long['close'] = {columns['close ']}")
        missing = f"[table[{whose!r}].notna()]" if whose else ""
        lines.append(f"long = long{missing}.dropna(subset=['day', 'symbol'])")
        lines.append("long = long.sort_values('day', kind='stable').groupby(['day', 'symbol'])")
        if opened:
            lines.append("first = long['open'].first().unstack('symbol')")
        lines.append("last = long['close'].last().unstack('symbol')")
    cleaned = [f"{name} = {name}.where(({name} > 0) & np.isfinite({name}))" for name in ("last",)]
    if opened:
        cleaned.insert(0, "first = first.where((first > 0) & np.isfinite(first))")
        cleaned.append("first = first.reindex(index=last.index, columns=last.columns)")
    return [
        "\n".join(imports),
        *carried(*dict.fromkeys(functions)),
        block(why, *lines),
        block(safe, *cleaned),
    ]
