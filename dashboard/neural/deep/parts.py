"""What stands on the page: the plain ways, the network, the clusters that came of it."""

from dataclasses import dataclass

import numpy as np

from clustering import kmeans
from clustering.dataset import Dataset, Integers
from clustering.deep.clustered import Clustered
from clustering.deep.model import Model
from clustering.deep.rows import Row, agreements, spaces
from clustering.deep.trail import Trail
from clustering.figures import Figure, colors
from clustering.figures import deep as figures
from clustering.figures import map as maps
from clustering.geometry import projection
from clustering.geometry.projection import View
from clustering.geometry.selection import Window
from clustering.lessons import deep as lesson
from clustering.lessons.deep import Verdict
from clustering.partition import Labels, Partition
from clustering.progress import Report, Step, silent
from dashboard.neural.deep.door import Ground
from dashboard.neural.deep.sidebar import Chosen

__all__ = [
    "FIRST",
    "WAITING",
    "Here",
    "beside",
    "draw_input",
    "draw_layout",
    "draw_raw",
    "draw_replay",
    "plainly",
]

WAITING = "The network is learning; this is here when it is done or stopped."

FIRST = "autoencoder, then k-means"
"""What every other deep way begins with."""

SEEDS = 3
"""Seeds of the plain ways."""

STARTS = 4
"""Starts of the k-means whose clusters are drawn, as in the table."""


@dataclass(frozen=True, eq=False, slots=True)
class Here:
    """What the page knows.

    Attributes
    ----------
    ground : Ground
        What it is about.
    chosen : Chosen
        What the sidebar says.
    view : View
        The plane of the input space.
    raw : Partition
        k-means on the columns.
    plain : tuple of Row
        The ways that train nothing.
    found : Clustered or None
        The deep answer; None before any training.
    deep : tuple of Row
        Ways that learned their space: the last one is `found`.
    alarm : str
        What is wrong with the deep answer, in a sentence.
    name : str
        What the deep answer is called.
    net : Model or None
        The autoencoder, with its way.
    trail : Trail or None
        The way of some points through the latent space.
    refined : bool
        Whether the answer comes from a training of its own, after the autoencoder's.
    live : bool
        Whether something is being trained.
    """

    ground: Ground
    chosen: Chosen
    view: View
    raw: Partition
    plain: tuple[Row, ...]
    found: Clustered | None = None
    deep: tuple[Row, ...] = ()
    alarm: str = ""
    name: str = ""
    net: Model | None = None
    trail: Trail | None = None
    refined: bool = False
    live: bool = False

    @property
    def dataset(self) -> Dataset:
        """The points."""
        return self.ground.dataset

    @property
    def rows(self) -> tuple[Row, ...]:
        """All ways."""
        return self.plain + self.deep

    @property
    def partition(self) -> Partition | None:
        """The deep answer."""
        return None if self.found is None else self.found.partition

    @property
    def numbers(self) -> Integers:
        """Colour number of each deep cluster: that of the plain one that shares most points."""
        if self.found is None:
            return np.arange(self.raw.k)
        return colors.follow(self.found.partition, self.raw, np.arange(self.raw.k))

    @property
    def measure(self) -> str:
        """The figure by which ways are judged."""
        return lesson.judging(self.plain)

    @property
    def verdict(self) -> Verdict | None:
        """Whether learning the space helped."""
        done = self.deep and not self.live
        return lesson.verdict(self.plain, self.deep[-1]) if done else None


# ---- work ---------------------------------------------------------------------------------------
def plainly(dataset: Dataset, *, k: int, report: Report = silent) -> tuple[Partition, View]:
    """Cluster the columns as they are, and lay the points flat."""
    report(Step(0, 2, "k-means on the columns"))
    raw = kmeans.fit(dataset, k=k, n_init=STARTS, seed=0)
    report(Step(1, 2, "laying the points flat"))
    return raw, projection.view(dataset, columns=None)


def beside(dataset: Dataset, *, labels: Labels, latent: Dataset, truth: Labels | None) -> Row:
    """Measure k-means in the space of the autoencoder, before a method went on from it."""
    values = agreements(labels, truth)
    values |= spaces(dataset, [labels], space="input")[0]
    values |= spaces(latent, [labels], space="latent")[0]
    return Row(FIRST, {name: (value,) for name, value in values.items()})


# ---- what is drawn ------------------------------------------------------------------------------
def draw_raw(here: Here, window: Window | None = None) -> Figure:
    """Draw k-means on the columns, in the input space."""
    return maps.clusters(here.dataset, here.raw, here.view, window=window)


def draw_input(here: Here, window: Window | None = None) -> Figure:
    """Draw the deep clusters in the input space."""
    assert here.partition is not None
    return maps.clusters(
        here.dataset, _flat(here.partition), here.view, numbers=here.numbers, window=window
    )


def _flat(partition: Partition) -> Partition:
    """Give an answer without centres, which a network may decode to where no point is."""
    return Partition(partition.labels, partition.rows, partition.method)


def draw_replay(here: Here) -> Figure:
    """Draw the latent space over the epochs."""
    trail = here.trail
    assert trail is not None and here.net is not None
    width = trail.codes[-1].shape[1]
    axes = ("latent 1", "latent 2") if width <= 2 else ("latent, PC1", "latent, PC2")
    member = here.dataset.source.member
    words = (
        lesson.moments(trail, member=member) if here.refined
        else lesson.losses(trail.epochs, here.net.history["loss"])
    )  # fmt: skip
    return figures.replay(
        here.dataset, trail.places, np.stack(trail.plane()), np.stack(trail.labels), words,
        axes=axes, numbers=here.numbers,
        note="" if width <= 2 else f"All times on the plane on which the last {width} numbers "
        "spread most",
    )  # fmt: skip


def draw_layout(here: Here, window: Window | None = None) -> Figure:
    """Draw the space that the clusters were found in, where it is not the latent space."""
    assert here.found is not None and here.partition is not None
    space = here.found.latent(here.dataset)
    return maps.clusters(
        space, _flat(here.partition), projection.view(space, columns=None), numbers=here.numbers,
        window=window,
    )  # fmt: skip
