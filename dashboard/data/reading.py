"""How a file was read, in words and in widgets: what was found can be overridden."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from clustering.data import samples
from clustering.data.choices import Choices
from clustering.data.reading import Reading, given_from
from clustering.data.tables import Table
from clustering.errors import ClusterloomError
from dashboard.ui import shelf
from dashboard.ui.room import Opened, select
from dashboard.ui.words import literal

__all__ = [
    "DELIMITERS", "ENCODINGS", "change_reading", "how_read", "name_of", "panel", "sign_of", "told",
]  # fmt: skip

DELIMITERS = (",", ";", "\t", "|", r"\s+")
ENCODINGS = (
    "utf-8", "utf-16", "gb18030", "big5", "shift_jis", "euc_kr", "cp1252", "latin-1", "cp1250",
    "cp1251", "mac_roman", "cp850",
)  # fmt: skip
SIGNS = {"\t": "tab", r"\s+": "blanks", " ": "blank", "": "none", "\u00a0": "no-break blank"}
NAMES = {
    ",": "commas", ";": "semicolons", "\t": "tabs", r"\s+": "blanks", "|": "bars",
}  # fmt: skip
FORMATS = {
    "book": "a workbook", "parquet": "Parquet", "json": "JSON", "jsonl": "JSON lines",
    "npy": "NumPy arrays", "arff": "ARFF", "sample": "a sample",
}  # fmt: skip
LINES, LONG = 6, 300


def told(given: dict[str, Any]) -> str:
    """Write what is told about reading as a link carries it; empty where nothing is."""
    return json.dumps(given, ensure_ascii=False, separators=(",", ":")) if given else ""


def name_of(sign: str) -> str:
    """Give the name of a sign that cannot be seen, and any other as it is."""
    return SIGNS.get(sign, sign)


def sign_of(text: str) -> str:
    """Give the sign that a text names, and any other text as it is."""
    return {name: sign for sign, name in SIGNS.items()}.get(text, text)


def how_read(table: Table) -> str:
    r"""Say in one line how a file was read.

    Examples
    --------
    >>> from clustering.data.tables import read
    >>> how_read(read("x;y\n1,5;2\n2,5;3\n".encode(), "mine.csv"))
    'text in utf-8, cells kept apart by semicolons, decimal comma, names in line 1'
    """
    reading = table.reading
    if reading.format == "sample":
        return "drawn by code"
    parts = []
    if reading.unpack:
        parts.append(f"unpacked from {reading.unpack}")
    if reading.member:
        parts.append(f"file '{reading.member[:60]}'")
    if reading.format == "text":
        sign = NAMES.get(reading.delimiter, f"'{reading.delimiter}'")
        parts += [f"text in {reading.encoding}", f"cells kept apart by {sign}"]
    else:
        parts.append(FORMATS[reading.format])
    if reading.part:
        parts.append(f"'{reading.part[:60]}'")
    if reading.decimal == ",":
        parts.append("decimal comma")
    if reading.format in ("text", "book"):
        line = reading.skip + 1
        parts.append(f"names in line {line}" if reading.header else "no line of names")
    if reading.orders:
        who, when, paid = (f"'{name[:60]}'" for name in reading.orders)
        parts.append(f"one row a customer ({who}) of orders dated {when} at {paid}")
    return ", ".join(parts)


def change_reading(opened: Opened, **changes: Any) -> None:
    """Read the open file with something told anew; what cannot be read stays as it was.

    To be called from a widget's callback.
    """
    known: dict[str, Any] = dict(given_from(opened.how))
    how = told(known | changes)
    try:
        table = shelf.source(opened.data, how)
    except ClusterloomError as error:
        st.session_state["how_refused"] = (opened.data, opened.how, str(error))
        return
    st.session_state.pop("how_refused", None)
    select(opened.data, _kept(opened, table), how=how)


def _kept(opened: Opened, table: Table) -> Choices:
    """Give the choices that go on making sense for the same file read otherwise."""
    before = shelf.usual_for(opened.table)
    after = shelf.usual_for(table)
    if opened.choices == before:
        return after
    kept = tuple(name for name in opened.choices.columns if name in table.frame.columns)
    if opened.choices.columns == before.columns or not kept:
        kept = after.columns
    return replace(opened.choices, columns=kept)


def panel(opened: Opened) -> None:
    """Show how the file was read, and let each part of it be told otherwise."""
    table, reading = opened.table, opened.table.reading
    if reading.format == "sample":
        return
    refused = st.session_state.pop("how_refused", None)
    if refused and refused[:2] == (opened.data, opened.how):
        st.error(literal(refused[2], most=400))
    known = given_from(opened.how)
    st.caption(literal(f"Read as {how_read(table)}{', as you told' if known else ''}.", most=400))
    # Its label never changes, or it would close with every change that is made in it.
    more = st.expander("Read it otherwise", key="how_panel", on_change="rerun")
    if not more.open:
        return
    with more:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _parts(opened)
            if reading.format == "text":
                _text(opened)
            if reading.format in ("text", "book"):
                _lines(opened)
            if reading.format in ("text", "book", "arff", "json", "jsonl"):
                _signs(opened)
        if known:
            st.button(
                "Find it out again", on_click=select, args=(opened.data,),
                help="Forget what was told about this file.",
            )  # fmt: skip
        if reading.format == "text" and not reading.unpack:
            st.caption("The first lines of the file")
            st.code(_first_lines(opened, reading), language=None)
        st.caption("The first rows of the table")
        st.dataframe(table.frame.head(LINES), height=250)


def _parts(opened: Opened) -> None:
    """Offer the files of an archive, the sheets of a workbook, the arrays of an NPZ file."""
    table = opened.table
    if len(table.members) > 1:
        _choice(opened, "member", "File of the archive", table.members, 260)
    if len(table.parts) > 1:
        label = "Sheet" if table.reading.format == "book" else "Array"
        _choice(opened, "part", label, table.parts, 200)


def _text(opened: Opened) -> None:
    """Offer what delimited text is written with."""
    _choice(opened, "delimiter", "Delimiter", DELIMITERS, 130, new=True)
    _choice(opened, "encoding", "Encoding", ENCODINGS, 150, new=True)
    _choice(opened, "quote", "Quotes", ('"', "'", ""), 110)
    _choice(opened, "comment", "Comments begin", ("", "#", "%", "//"), 150, new=True)


def _lines(opened: Opened) -> None:
    """Offer where the table begins and ends."""
    reading = opened.table.reading
    _widget(
        opened, "header", reading.header,
        lambda key, changed: st.segmented_control(
            "First line", [True, False], key=key, on_change=changed, required=True,
            format_func=lambda names: "names" if names else "data",
        ),
    )  # fmt: skip
    _number(opened, "skip", "Lines above", reading.skip)
    if reading.format == "text":
        _number(opened, "footer", "Lines below", reading.footer)


def _number(opened: Opened, field: str, label: str, value: int) -> None:
    """Offer a number of lines."""
    _widget(
        opened, field, value,
        lambda key, changed: st.number_input(
            label, 0, 1_000_000, key=key, on_change=changed, width=120
        ),
    )  # fmt: skip


def _signs(opened: Opened) -> None:
    """Offer the signs in numbers, and what stands for a missing cell."""
    _choice(opened, "decimal", "Decimal sign", (".", ","), 120)
    _choice(opened, "thousands", "Thousands", ("", ",", ".", " ", "'", "\u00a0"), 140)
    if opened.table.reading.dayfirst is not None:
        _widget(
            opened, "dayfirst", opened.table.reading.dayfirst,
            lambda key, changed: st.segmented_control(
                "Dates such as 03/04", [True, False], key=key, on_change=changed, required=True,
                format_func=lambda first: "day first" if first else "month first",
            ),
        )  # fmt: skip
    markers = list(opened.table.reading.missing)
    _widget(
        opened, "missing", markers,
        lambda key, changed: st.multiselect(
            "Missing cells are", markers, key=key, on_change=changed, accept_new_options=True,
            format_func=lambda text: text or "(empty)", width=360,
        ),
    )  # fmt: skip


def _choice(
    opened: Opened,
    field: str,
    label: str,
    options: tuple[str, ...],
    width: int,
    *,
    new: bool = False,
) -> None:
    """Offer one text of several, the present one chosen."""
    value = getattr(opened.table.reading, field)
    shown = list(dict.fromkeys((*options, value)))
    _widget(
        opened, field, value,
        lambda key, changed: st.selectbox(
            label, shown, key=key, on_change=changed, accept_new_options=new, width=width,
            format_func=name_of,
        ),
    )  # fmt: skip


def _widget(
    opened: Opened, field: str, value: Any, show: Callable[[str, Callable[[], None]], Any]
) -> None:
    """Show a widget that holds what was found, and tells what it is changed to."""
    key = f"how_{field}"

    def changed() -> None:
        now = st.session_state[key]
        if now is not None:
            change_reading(opened, **{field: sign_of(now) if isinstance(now, str) else now})

    st.session_state[key] = value
    show(key, changed)


def _first_lines(opened: Opened, reading: Reading) -> str:
    """Give the first lines of a text file as they stand in it."""
    kept = shelf.uploads().get(opened.data)
    content = kept.content if kept else samples.content(opened.data)
    text = content[:20_000].decode(reading.encoding, "replace")
    return "\n".join(line[:LONG] for line in text.splitlines()[: LINES + reading.skip])
