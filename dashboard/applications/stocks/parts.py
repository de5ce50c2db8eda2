"""What the stocks page computes, where its user stands on the axis, and ways to elsewhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from clustering import affinity
from clustering.affinity import Relations
from clustering.axis import FittedAxis
from clustering.data import prices as reading
from clustering.data.prices import Prices
from clustering.dataset import Dataset, Floats, Integers
from clustering.figures import Figure, network, preference
from clustering.geometry import layout
from clustering.partition import Partition
from dashboard import ui
from dashboard.applications.stocks.sidebar import Chosen
from dashboard.applications.stocks.whole import Whole, recoloured, whole
from dashboard.ui.state import recall_number

__all__ = ["Ground", "Here", "chart", "computed", "draw", "lists", "pick", "refine", "stand"]

FINER = 8
"""Preferences that are computed between two neighbours when it is refined."""
SEEN = 270
"""Pixels of the lists of clusters; longer ones scroll."""


@dataclass(frozen=True, eq=False, slots=True)
class Ground:
    """What the page is about, whatever the preference is.

    Attributes
    ----------
    prices : Prices
        What was brought, with the names of companies.
    chosen : Chosen
        What the sidebar says.
    data : str
        Id of the prices.
    dataset : Dataset
        Moves: companies by days.
    relations : Relations
        How alike they are.
    axis : FittedAxis
        The clusters over the preference.
    places : ndarray of shape (n, 2)
        Where each company stands on the map.
    whole : Whole or None
        The clusters over all days, where only some are chosen.
    shades : ndarray of int64
        Colour number of each cluster at the median.
    """

    prices: Prices
    chosen: Chosen
    data: str
    dataset: Dataset
    relations: Relations
    axis: FittedAxis
    places: Floats
    whole: Whole | None
    shades: Integers

    @property
    def ties(self) -> Floats:
        """What lines on the map are."""
        return self.relations.matrix if self.relations.partial is None else self.relations.partial

    @property
    def tie(self) -> str:
        """What a line on the map is called."""
        return "correlation" if self.relations.partial is None else "partial correlation"

    @property
    def sectors(self) -> tuple[str, ...]:
        """Sector of each company, empty where one is not known; nothing where none is."""
        known, symbols = self.prices.sectors, self.symbols
        return tuple(known.get(each, "") for each in symbols) if known else ()

    @property
    def symbols(self) -> tuple[str, ...]:
        """Symbol of each company that takes part."""
        every = self.prices.symbols
        return tuple(every[row] for row in self.dataset.rows.tolist())

    @property
    def names(self) -> tuple[str, ...]:
        """Name of each company that takes part."""
        return self.dataset.source.names


@dataclass(frozen=True, eq=False, slots=True)
class Here:
    """Where the user stands on the axis.

    Attributes
    ----------
    ground : Ground
        What it is about.
    stood : ui.Here
        The place on the axis.
    """

    ground: Ground
    stood: ui.Here

    @property
    def partition(self) -> Partition:
        """The answer."""
        return self.stood.partition

    @property
    def numbers(self) -> Integers:
        """Colour number of each cluster: at the median those of the ground, others free ones."""
        numbers, first = self.stood.numbers, self.ground.shades
        free = np.setdiff1d(np.arange(len(first) + int(numbers.max(initial=0)) + 1), first)
        return np.concatenate([first, free])[numbers]

    @property
    def value(self) -> float:
        """The preference."""
        return self.stood.value

    @property
    def usual(self) -> bool:
        """Whether that is the median of the similarities, which other days have of their own."""
        return bool(np.isclose(self.value, self.ground.relations.median, rtol=1e-9, atol=0.0))

    @property
    def chosen(self) -> int | None:
        """Cluster that was clicked, None where none is."""
        number = ui.recall("st_cluster", low=1, high=max(self.partition.k, 1), on=self.on)
        return None if number is None else number - 1

    @property
    def on(self) -> str:
        """What a choice of a cluster makes sense on."""
        return repr((self.ground.dataset.key, self.partition.labels.tolist()))

    def called(self, cluster: int) -> str:
        """Name a cluster by its number and its exemplar."""
        exemplars = self.partition.exemplars
        if exemplars is None or not len(exemplars):
            return f"Cluster {cluster + 1}"
        return f"Cluster {cluster + 1} ({self.ground.names[int(exemplars[cluster])]})"


# ---- work ---------------------------------------------------------------------------------------
def computed(prices: Prices, chosen: Chosen, data: str) -> Ground:
    """Compute what does not ask for a preference, each part once."""
    dataset = ui.computed(
        reading.moves, prices, kind=chosen.kind, begin=chosen.begin, end=chosen.end
    )
    relations = ui.computed(affinity.relations, dataset, by=chosen.similarity)
    axis = _axis(dataset, relations, chosen)
    ties = relations.matrix if relations.partial is None else relations.partial
    places = ui.computed(layout.places, dataset, similarity=relations.matrix, links=ties)
    every = whole(prices, chosen)
    middle = int(np.abs(axis.values - relations.median).argmin())
    shades = recoloured(every, dataset, axis.partitions[middle])
    return Ground(prices, chosen, data, dataset, relations, axis, places, every, shades)


def _axis(dataset: Dataset, relations: Relations, chosen: Chosen) -> FittedAxis:
    """Give the axis with what was refined, and with the preference that a link names."""
    more: dict[str, tuple[float, ...]] = st.session_state.setdefault("st_finer", {})
    key = f"{relations.key} {chosen.damping}"

    def axis() -> FittedAxis:
        return ui.computed(
            affinity.axis, dataset, similarity=chosen.similarity, relations=relations,
            damping=chosen.damping, also=more.get(key, ()),
        )  # fmt: skip

    found = axis()
    asked = recall_number("st_preference", low=-1e12, high=1e12)
    if asked is not None and found.values[0] < asked < found.values[-1]:
        near = np.isclose(found.values, asked, rtol=1e-9, atol=0.0).any()
        if not near:
            more[key] = (*more.get(key, ()), asked)[-5 * FINER :]
            found = axis()
    return found


def stand(ground: Ground) -> Here:
    """Show the slider that moves along the preferences, and say where it stands."""
    stood = ui.stand_at(
        ground.axis, "st_preference", ground.dataset, label="Preference",
        default=ground.relations.median, on=repr((ground.data, *ground.chosen.ground)),
        said="{:.3g}".format,
        help="How fit each company is to stand for others: the higher, the more exemplars. The "
        "recipe takes the median of all similarities.",
    )  # fmt: skip
    return Here(ground, stood)


def refine(here: Here) -> None:
    """Offer to compute more preferences between the neighbours of this one."""
    values, place = here.ground.axis.values, here.stood.place
    low, high = values[max(place - 1, 0)], values[min(place + 1, len(values) - 1)]

    def finer() -> None:
        key = f"{here.ground.relations.key} {here.ground.chosen.damping}"
        more = st.session_state["st_finer"]
        between = np.linspace(low, high, FINER + 2)[1:-1]
        more[key] = tuple(sorted({*more.get(key, ()), *between.tolist()}))

    st.button(
        "Refine here", on_click=finer, key="st_refine", disabled=not low < high,
        help=f"Computes {FINER} more preferences from {low:.4g} to {high:.4g}.",
    )  # fmt: skip


# ---- what is drawn ------------------------------------------------------------------------------
def draw(here: Here) -> Figure:
    """Draw the network of companies."""
    ground = here.ground
    return network.network(
        ground.dataset, here.partition, ground.places, ground.ties, numbers=here.numbers,
        kind=ground.tie, chosen=here.chosen,
    )  # fmt: skip


def chart(here: Here, key: str, *, height: int = 200) -> None:
    """Draw the number of clusters over the preference; a click moves the slider."""
    figure = preference.curve(
        here.ground.axis, here.value, median=here.ground.relations.median,
        keep=here.ground.dataset.key,
    )  # fmt: skip
    ui.chart(figure, key, height=height, on_click=here.stood.move if here.stood.free else None)


def pick(here: Here) -> Callable[[ui.Click], None]:
    """Give what a click on the map does: the cluster of the nearest company comes forward."""

    def clicked(click: ui.Click) -> None:
        away = ((here.ground.places - [click.x, click.y]) ** 2).sum(axis=1)
        label = int(here.partition.labels[int(away.argmin())])
        ui.remember("st_cluster", None if label < 0 or label == here.chosen else label + 1)

    return clicked


def lists(here: Here, shades: Sequence[str]) -> None:
    """List the clusters with their members, the exemplar of each strong."""
    partition, names = here.partition, here.ground.names
    lines = []
    for cluster in range(partition.k):
        members = np.flatnonzero(partition.labels == cluster).tolist()
        stands = -1 if partition.exemplars is None else int(partition.exemplars[cluster])
        said = ", ".join(
            f"**{ui.literal(names[i])}** ■" if i == stands else ui.literal(names[i])
            for i in members
        )
        mark = f':color[■]{{foreground="{shades[cluster]}"}}'
        lines.append(f"{mark} Cluster {cluster + 1} \\-\\-\\> {said}")
    long = sum(1 + len(line) // 110 for line in lines) > 13
    with st.container(height=SEEN if long else "content", border=False, key="st_lists"):
        st.markdown("  \n".join(f":small[{line}]" for line in lines))
