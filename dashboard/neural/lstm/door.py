"""What the page works on: series that were brought, or a stream that is cut into events."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from clustering.data import sequences
from clustering.data.sequences import Layout, SequenceSet, Stream
from clustering.dataset import digest
from clustering.errors import ClusterloomError
from clustering.words import count
from dashboard import ui

__all__ = ["DEFAULT", "LOG", "Door", "open_door"]

DEFAULT, LOG = "sensor-events", "machine-log"
"""Ids of what the page opens on, and of the sample that is a stream."""

OFFERED = (DEFAULT, "load-curves", LOG, "digits", "weather", "month-series")
"""Samples that make sense here, where they are there."""

KINDS: Mapping[str, str] = {
    "as found": "", "a row a series": "wide", "a row a time and series": "long",
    "one stream": "stream",
}  # fmt: skip
"""How a table may be meant, and what the library calls that."""

TABLES = ("wide", "long", "stream")


@dataclass(frozen=True, eq=False, slots=True)
class File:
    """What was brought, and what was found in it.

    Attributes
    ----------
    content : bytes
        Of the file; empty for a sample.
    name : str
        Of the file.
    found : SequenceSet or Stream
        What was read, with the layout that was found out.
    """

    content: bytes
    name: str
    found: SequenceSet | Stream
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """Compute the key."""
        object.__setattr__(self, "key", digest(self.content, self.name, self.found.key))

    @property
    def n(self) -> int:
        """Number of bytes."""
        return len(self.content)


@dataclass(frozen=True, eq=False, slots=True)
class Door:
    """What came in.

    Attributes
    ----------
    data : str
        Its id.
    name : str
        As its owner calls it.
    content : SequenceSet or Stream
        The series, or the stream.
    own : bool
        Whether it is a sample of the project.
    file : bytes
        What was read; empty for a sample.
    """

    data: str
    name: str
    content: SequenceSet | Stream
    own: bool
    file: bytes

    @property
    def key(self) -> str:
        """Digest of what came in."""
        return self.content.key

    @property
    def n(self) -> int:
        """How many series or rows it has."""
        return self.content.m if isinstance(self.content, Stream) else self.content.n


def open_door() -> Door:
    """Show what the page works on, let the user bring a file, and say what was found in it."""
    own = {id: sequences.SAMPLES[id] for id in OFFERED if id in sequences.SAMPLES}
    found = ui.brought(
        "ls", "Series", own=own, make=lambda id: File(b"", own[id], sequences.sample(id)),
        read=lambda content, name: File(content, name, sequences.read(content, name)),
        endings=sequences.ENDINGS, default=DEFAULT, upload="Your own series",
        help="A table with a row a series; a long one (id, time, values); one long stream (time, "
        "values); .ts of the UCR and UEA archives; NPZ. A stream is cut into events.",
    )  # fmt: skip
    file = found.content
    with st.sidebar:
        content = file.found
        if file.content and content.layout.kind in TABLES:
            content = _layout(file)
        content = _whole(found.data, content)
        st.caption(ui.literal(_said(content)))
        with st.expander("What was found", key="ls_found"):
            if not content.notes:
                ui.note("Nothing had to be found out.")
            for each in content.notes:
                ui.note(each)
    return Door(found.data, found.name, content, found.own, file.content)


def _whole(data: str, content: SequenceSet | Stream) -> SequenceSet | Stream:
    """Put a file of the folder together with its other part, where that lies beside it."""
    path = sequences.beside(data) if isinstance(content, SequenceSet) else ""
    return ui.computed(sequences.whole, content, path=path) if path else content


def _said(content: SequenceSet | Stream) -> str:
    """Say in a line what came in."""
    if isinstance(content, Stream):
        return f"A stream of {count(content.m, 'row')}, {count(content.d, 'channel')}"
    low, high = int(content.lengths.min()), int(content.lengths.max())
    steps = count(high, "step") if low == high else f"{low} to {high} steps"
    return f"{content.n:,} series of {steps}, {count(content.d, 'channel')}"


# ---- the layout of a table ----------------------------------------------------------------------
def _layout(file: File) -> SequenceSet | Stream:
    """Show how the columns of a table are meant; read it anew where that was changed."""
    table = file.found.layout.table
    columns = [] if table is None else [str(name) for name in table.frame.columns]
    with st.expander("Layout of the file", key="ls_layout"):
        meant = st.selectbox(
            "The table holds", list(KINDS), key="ls_kind", bind="query-params",
            help="A row a series: its steps are columns. A row a time and series: one column says "
            "whose the row is. One stream: a row a time, and events are cut out of it.",
        )  # fmt: skip
        if not KINDS[meant]:
            return file.found
        layout = _columns(KINDS[meant], columns, file.found.layout)
        if layout.kind == "long" and not layout.id:
            ui.note("Choose under Series the column that says whose a row is; until then the "
                    "layout that was found out is shown.")  # fmt: skip
            return file.found
    try:
        return ui.computed(_read, file, layout=layout)
    except ClusterloomError as error:
        with st.sidebar:
            st.error(ui.literal(error, most=400))
            ui.note("What is shown is the layout that was found out.")
        return file.found


def _columns(kind: str, columns: list[str], found: Layout) -> Layout:
    """Show which columns hold what."""
    none = "–"

    def one(label: str, key: str, usual: str) -> str:
        if st.session_state.get(key) not in (None, none, *columns):
            del st.session_state[key]
        place = columns.index(usual) + 1 if usual in columns else 0
        picked: str = st.selectbox(label, [none, *columns], place, key=key, bind="query-params")
        return "" if picked == none else picked

    id = one("Series", "ls_id", found.id) if kind == "long" else ""
    first = found.time[0] if found.time else ""
    time = one("Time", "ls_time", first) if kind != "wide" else ""
    label = one("Known class", "ls_label", found.label)
    rest = [name for name in columns if name not in (id, time, label)]
    values = st.multiselect(
        "Values", rest, key="ls_values", bind="query-params", help="All numbers where left empty."
    )
    return Layout(kind, id, (time,) if time else (), tuple(values), label)  # type: ignore[arg-type]


def _read(file: File, *, layout: Layout) -> SequenceSet | Stream:
    """Read a file as its owner means it."""
    return sequences.read(file.content, file.name, layout=layout)
