"""The Events tab: the stream with its events, and later ones that arrive one after another."""

import numpy as np
import pandas as pd
import streamlit as st

from clustering.data.sequences import SequenceSet
from clustering.dataset import Dataset
from clustering.deep.arrivals import Arrivals
from clustering.errors import ClusterloomError
from clustering.figures import arrivals as figures
from clustering.figures.arrivals import Event
from clustering.words import count
from dashboard import ui
from dashboard.neural.lstm.arriving import arrived, watch
from dashboard.neural.lstm.parts import Here, members

__all__ = ["events"]

MOST = 400
"""Arrivals that are played; of more, the first ones."""
REASONS = 6
"""Strange arrivals of which it is said why."""


def events(here: Here, which: int) -> None:
    """Show the stream, let the later events arrive, and list what looks like none."""
    ground = here.ground
    assert ground.stream is not None
    try:
        found = arrived(here)
    except ClusterloomError as error:
        ui.note(str(error))
        found = None
    if found is None or ground.other is None:
        ui.note(f"No {ground.member} is left to arrive: learn from a smaller first part.")
    _stream(here, found, which)
    if found is None or ground.other is None:
        return
    left, right = st.columns([1.2, 1], gap="large")
    with left:
        _strange(here, ground.other, found)
    with right:
        st.markdown("**Arrivals by cluster**")
        _counted(here, found)
        held = watch(here)
        ui.note(held.rule, held.note)


def _stream(here: Here, found: Arrivals | None, which: int) -> None:
    """Draw the stream and its events, the arrivals as frames."""
    ground = here.ground
    stream, made = ground.stream, ground.sequences
    assert stream is not None
    place = {int(row): i for i, row in enumerate(made.places.tolist())}
    known = [
        _event(here, made, place[row], ground.dataset.name_of(i), int(label), which)
        for i, (row, label) in enumerate(
            zip(ground.dataset.rows.tolist(), here.partition.labels.tolist(), strict=True)
        )
    ]
    later: list[Event] = []
    if found is not None and ground.other is not None:
        later = [
            _event(here, made, place[row], ground.other.name_of(i), int(found.labels[i]), which,
                   strange=bool(found.strange[i]), words=_words(here, ground.other, found, i))
            for i, row in enumerate(ground.other.rows.tolist()[:MOST])
        ]  # fmt: skip
    figure = figures.stream(
        stream.times, stream.values[:, which], known, later, x="time" if stream.dated else
        f"time ({stream.unit})" if stream.unit else "time", y=stream.channels[which],
        before=f"Before the first arrival: {members(len(known), ground.member)} that the network "
        f"learned from, in {count(here.k, 'cluster')}. Press Play.",
        keep=(stream.key, which),
        note="" if found is None or found.m <= MOST
        else f"The first {MOST} of {found.m:,} arrivals are played.",
    )  # fmt: skip
    ui.chart(figure, "ls_stream", height=340)


def _event(
    here: Here, made: SequenceSet, place: int, name: str, label: int, which: int, *,
    strange: bool = False, words: str = "",
) -> Event:  # fmt: skip
    """Give one event as the figure wants it."""
    cause = f", {made.causes[place]}" if made.causes else ""
    called = f"looks like none, nearest {here.called(label)}" if strange else here.called(label)
    return Event(
        times=made.times[place], values=made.series[place][:, which], shade=here.shade(label),
        said=f"{name}{cause}: {called}", strange=strange, words=words,
    )  # fmt: skip


def _words(here: Here, other: Dataset, found: Arrivals, place: int) -> str:
    """Say what happened when an event arrived."""
    name, cause = other.name_of(place), ""
    if other.features is not None and "cause" in other.features:
        cause = f" ({other.features['cause'].iloc[place]})"
    called = here.called(int(found.labels[place]))
    if found.strange[place]:
        return f"{name}{cause} looks like none. Nearest: {called}. {found.reasons[place]}"
    return (
        f"{name}{cause}: {called}. {ui.number(found.distances[place], 2)} from its middle, "
        f"members lie within {ui.number(found.distance_limits[place], 2)}."
    )


def _strange(here: Here, other: Dataset, found: Arrivals) -> None:
    """List the arrivals that look like none."""
    odd = np.flatnonzero(found.strange)
    if not len(odd):
        st.success(f"Every later {here.ground.member} looks like one of the clusters.")
        return
    st.warning(
        f"{len(odd):,} of {members(found.m, here.ground.member)} "
        f"{'looks' if len(odd) == 1 else 'look'} like none of the clusters."
    )
    told = pd.DataFrame(
        {
            here.ground.member: [other.name_of(i) for i in odd.tolist()],
            "nearest": [here.called(int(found.labels[i])) for i in odd.tolist()],
        }
    )
    truth = here.ground.truth_later
    if truth is not None:
        named = np.array([*here.ground.classes, "–"])
        told.insert(1, "known kind", named[truth[odd]])
    st.dataframe(told, hide_index=True, height="content" if len(told) <= 8 else 320)
    for i in odd[:REASONS].tolist():
        ui.note(f"{other.name_of(i)}: {found.reasons[i]}")


def _counted(here: Here, found: Arrivals) -> None:
    """Count arrivals by cluster, beside the members that were learned from."""
    sizes = here.partition.sizes
    came = np.bincount(found.labels[found.labels >= 0], minlength=here.k)
    odd = np.bincount(found.labels[(found.labels >= 0) & found.strange], minlength=here.k)
    st.dataframe(
        pd.DataFrame(
            {
                "cluster": list(here.names), "learned from": sizes[: here.k],
                "arrived": came - odd, "look like none": odd,
            }
        ),
        hide_index=True, height="content",
    )  # fmt: skip
