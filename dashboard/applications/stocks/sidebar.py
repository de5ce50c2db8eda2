"""The sidebar of the stocks page: which prices, how companies are called, how moves compare."""

from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from clustering import affinity
from clustering.data import prices as reading
from clustering.data import samples
from clustering.data.prices import Prices
from clustering.dataset import digest
from clustering.errors import ClusterloomError
from clustering.words import count
from dashboard import ui

__all__ = ["Chosen", "parameters", "prices", "recipe"]

BOOK = "stock_market_data.xlsx"
MAPS = ("symbol_map.json", "symbol_map.csv")
"""How a symbol map is called that lies beside prices in the user's folder."""
OFFERED = tuple(each for each in affinity.SIMILARITIES if each != "distance")
DEFAULT = "market"
KINDS_OF_CLOSE: list[reading.Kind] = ["log returns"]
"""What can be measured without opening prices."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is compared, as the sidebar says it.

    Attributes
    ----------
    kind : {"close - open", "log returns"}
        What a move is.
    similarity : {"graphical lasso", "Ledoit-Wolf", "correlation"}
        How alike two companies are.
    damping : float
        How much of each message is kept from the turn before.
    begin, end : date or None
        The days that count, None where all do.
    """

    kind: reading.Kind
    similarity: affinity.Similarity
    damping: float
    begin: date | None
    end: date | None

    @property
    def restricted(self) -> bool:
        """Whether some days are left out."""
        return self.begin is not None or self.end is not None

    @property
    def ground(self) -> tuple[object, ...]:
        """What a preference makes sense on."""
        return self.kind, self.similarity, self.begin, self.end


# ---- prices and names ---------------------------------------------------------------------------
def prices() -> tuple[ui.Brought[Prices], DeltaGenerator]:
    """Show which prices the page works on, and what names their companies.

    Returns
    -------
    Brought
        The prices, with names where there are some.
    container
        Where stands what was found in them.
    """
    found = ui.brought(
        "st", "Prices", own=reading.SAMPLES, make=reading.sample, read=reading.read,
        endings=reading.ENDINGS, default=DEFAULT, upload="Bring prices",
        help="A workbook with a sheet for each symbol (date, open, close); a long table (date, "
        "symbol, open, close); or a wide one (date, and a column for each symbol). Any names of "
        "columns will do.",
    )  # fmt: skip
    with st.sidebar:
        st.file_uploader(
            "Symbol map", key="st_map", on_change=lambda: _take(found),
            help="JSON {symbol: company}, or CSV symbol, name and, where known, sector. "
            "symbol_map.json beside the prices in the folder is found by itself.",
        )  # fmt: skip
        refused = st.session_state.get("st_map_refused")
        if refused and refused[0] == found.data:
            st.error(ui.literal(refused[1], most=400))
        content, said = _named(found)
        ui.note(said)
        with st.expander("What was found", key="st_found"):
            place = st.container()
            with place:
                for each in content.notes:
                    ui.note(each)
    return ui.Brought(found.data, found.name, content, found.own), place


def _take(found: ui.Brought[Prices]) -> None:
    """Keep a symbol map that names these companies, or the reason why it is none."""
    given = st.session_state["st_map"]
    maps: dict[str, tuple[bytes, str]] = st.session_state.setdefault("st_maps", {})
    st.session_state.pop("st_map_refused", None)
    if given is None:
        maps.pop(found.data, None)
        return
    content = given.getvalue()
    try:
        reading.with_names(found.content, reading.names_from(content, given.name))
    except ClusterloomError as error:
        st.session_state["st_map_refused"] = found.data, str(error)
        return
    maps[found.data] = content, given.name


def _named(found: ui.Brought[Prices]) -> tuple[Prices, str]:
    """Give the companies the names of the map that was brought, or lies beside the prices."""
    brought = st.session_state.get("st_maps", {}).get(found.data)
    if brought is None:
        brought = _beside(found.data)
    days = f"{found.content.days[0]:%Y-%m-%d} to {found.content.days[-1]:%Y-%m-%d}"
    said = f"{_companies(found.content.n)}, {count(len(found.content.days), 'day')}, {days}."
    if brought is None:
        return found.content, said
    content, name = brought
    kept: dict[str, Prices] = st.session_state.setdefault("st_named", {})
    key = digest(found.content.key, content)
    if key not in kept:
        try:
            kept[key] = reading.with_names(found.content, reading.names_from(content, name))
        except ClusterloomError as error:
            return found.content, f"{said} {name} beside it was not used. {error}"
        for old in list(kept)[:-4]:
            del kept[old]
    return kept[key], f"{said} Names from {name}."


def _beside(data: str) -> tuple[bytes, str] | None:
    """Find the symbol map that lies in the folder of these prices."""
    folder, _, _ = data.rpartition("/")
    files = samples.shelf((".json", ".csv"))
    for name in MAPS:
        path = files.get(f"{folder}/{name}") if data.startswith("file/") else None
        if path is not None:
            try:
                return path.read_bytes(), name
            except OSError:
                continue
    return None


def _companies(n: int) -> str:
    return f"{n:,} {'company' if n == 1 else 'companies'}"


# ---- parameters ---------------------------------------------------------------------------------
def parameters(content: Prices, data: str) -> Chosen:
    """Show what a move is, how alike companies are, the damping and the days."""
    kinds: list[reading.Kind] = list(reading.KINDS) if content.open is not None else KINDS_OF_CLOSE
    if st.session_state.get("st_moves", kinds[0]) not in kinds:
        st.session_state["st_moves"] = kinds[0]
    kind = st.selectbox(
        "Moves", kinds, key="st_moves", bind="query-params",
        help="What a company did on a day: close minus open, or the logarithm of close over the "
        "close before. Both are divided by their standard deviation.",
    )  # fmt: skip
    if content.open is None:
        ui.note("These prices have no opening price, so that moves are log returns.")
    similarity = st.selectbox(
        "Similarity", OFFERED, key="st_similarity", bind="query-params",
        help="The graphical lasso estimates covariances with few direct ties, its penalty found "
        "by cross-validation. Ledoit-Wolf draws all covariances towards zero; correlation takes "
        "them as they are.",
    )  # fmt: skip
    damping = st.slider(
        "Damping", 0.5, 0.95, 0.5, 0.05, key="st_damping", bind="query-params",
        help="Share of each message that is kept from the turn before. Where the messages do not "
        "settle, more is tried, and the page says so.",
    )  # fmt: skip
    begin, end = _days(content, data)
    return Chosen(kind, similarity, damping, begin, end)


def _days(content: Prices, data: str) -> tuple[date | None, date | None]:
    """Show which days count; give the ends that were moved."""
    first, last = content.days[0].date(), content.days[-1].date()
    if first >= last:
        return None, None
    known = [_recalled(name, first, last, data) for name in ("st_from", "st_to")]
    begin, end = known[0] or first, known[1] or last
    if begin >= end:
        begin, end = first, last
    st.session_state["st_days"] = begin, end

    def moved() -> None:
        low, high = st.session_state["st_days"]
        ui.remember("st_from", _number(low) if low > first else None)
        ui.remember("st_to", _number(high) if high < last else None)

    st.slider(
        "Days", first, last, key="st_days", format="YYYY-MM-DD", on_change=moved,
        help="Only these days count. Views lists who is in other company then.",
    )  # fmt: skip
    return begin if begin > first else None, end if end < last else None


def _recalled(name: str, first: date, last: date, data: str) -> date | None:
    """Give the day that the URL names as a number, 20050103; None where it is no day of these."""
    number = ui.recall(name, low=_number(first), high=_number(last), on=data)
    if number is None:
        return None
    try:
        return date(number // 10_000, number // 100 % 100, number % 100)
    except ValueError:
        ui.remember(name, None)
        return None


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def recipe() -> None:
    """Show the button that opens the book's own example."""
    book = next((id for id, path in samples.shelf((".xlsx",)).items() if path.name == BOOK), None)

    def apply(data: str) -> None:
        ui.choose_brought("st", data)
        for name, value in (
            ("st_moves", "close - open"), ("st_similarity", "graphical lasso"),
            ("st_damping", 0.5),
        ):  # fmt: skip
            st.session_state[name] = value
        for name in ("st_from", "st_to", "st_preference"):
            ui.remember(name, None)

    st.caption("PRESET")
    st.button(
        "recipe", on_click=partial(apply, book or DEFAULT), key="st_recipe",
        help="The data and the values of the book's own example.",
    )  # fmt: skip
    if book is None:
        ui.note(
            f"The book's file {BOOK} is not in the folder named by {samples.VARIABLE}; "
            "this is the project's own market."
        )
