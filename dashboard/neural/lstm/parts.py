"""What stands on the page: the series, the network, the clusters, and what is named."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from clustering.axis import FittedAxis
from clustering.data.sequences import Preparation, SequenceSet, Stream
from clustering.data.sequences.padding import series_of
from clustering.dataset import Dataset, Floats, Integers, digest
from clustering.deep.clustered import Clustered
from clustering.deep.model import Model
from clustering.figures import colors
from clustering.partition import Labels, Partition
from clustering.words import count
from dashboard import ui
from dashboard.neural.lstm.door import Door
from dashboard.neural.lstm.sidebar import Chosen

__all__ = ["WAITING", "Ground", "Here", "members"]

WAITING = "The network is learning; this is here when it is done or stopped."


def members(n: int, member: str) -> str:
    """Write a number of series, windows or events.

    Examples
    --------
    >>> members(1, "event"), members(12, "event"), members(12, "series")
    ('1 event', '12 events', '12 series')
    """
    return f"{n:,} series" if member == "series" else count(n, member)


@dataclass(frozen=True, eq=False, slots=True)
class Ground:
    """What the page is about, before anything is trained.

    Attributes
    ----------
    door : Door
        What was brought.
    sequences : SequenceSet
        All series; the events of a stream in the order of time.
    learned : SequenceSet
        Those that are learned from.
    preparation : Preparation
        Fitted on these.
    dataset : Dataset
        These, prepared.
    other : Dataset or None
        Those that are held back, prepared the same way; None where there are none.
    """

    door: Door
    sequences: SequenceSet
    learned: SequenceSet
    preparation: Preparation
    dataset: Dataset
    other: Dataset | None

    @property
    def stream(self) -> Stream | None:
        """The stream out of which events were cut."""
        return self.door.content if isinstance(self.door.content, Stream) else None

    @property
    def shape(self) -> tuple[int, int]:
        """(T, D) of the points."""
        steps, channels = self.preparation.shape
        return int(steps), int(channels)

    @property
    def member(self) -> str:
        """What a series is called."""
        return self.dataset.source.member

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the known classes."""
        return self.sequences.classes

    @property
    def truth(self) -> Labels | None:
        """Known classes of those that are learned from; None where none is known."""
        return _known(self.sequences.truth(self.dataset))

    @property
    def truth_later(self) -> Labels | None:
        """Known classes of the others."""
        return None if self.other is None else _known(self.sequences.truth(self.other))

    @property
    def series(self) -> list[Floats]:
        """The series that are learned from, prepared, each (T_i, D)."""
        return series_of(self.dataset.points, self.shape)

    def name_of(self, place: int) -> str:
        """Say how one of those that are learned from is called, with its class."""
        name, truth = self.dataset.name_of(place), self.truth
        if truth is None or truth[place] < 0:
            return name
        known = self.classes[truth[place]]
        return f"{name}, class {known}" if known.isdecimal() else f"{name}, {known}"


def _known(truth: Labels | None) -> Labels | None:
    """Give known classes as labels; nothing where not a single one is known."""
    if truth is None or not (np.asarray(truth) >= 0).any():
        return None
    return np.asarray(truth, dtype=np.int32)


@dataclass(frozen=True, eq=False, slots=True)
class Here:
    """What the page knows once something is trained.

    Attributes
    ----------
    ground : Ground
        What it is about.
    chosen : Chosen
        What the sidebar says.
    net : Model
        The autoencoder.
    stood : ui.Here
        The place on the axis.
    latent : Dataset
        The series in the latent space of `model`.
    found : Clustered or None
        Clusters that were sharpened, for the present k.
    live : bool
        Whether something is being trained.
    """

    ground: Ground
    chosen: Chosen
    net: Model
    stood: ui.Here
    latent: Dataset
    found: Clustered | None = None
    live: bool = False

    @property
    def dataset(self) -> Dataset:
        """The series that are learned from."""
        return self.ground.dataset

    @property
    def axis(self) -> FittedAxis:
        """The clusters over their number."""
        return self.stood.axis

    @property
    def model(self) -> Model:
        """The network of the answer."""
        return self.net if self.found is None else self.found.model

    @property
    def partition(self) -> Partition:
        """The answer."""
        return self.stood.partition if self.found is None else self.found.partition

    @property
    def k(self) -> int:
        """Number of clusters."""
        return self.partition.k

    @property
    def numbers(self) -> Integers:
        """Colour number of each cluster."""
        if self.found is None:
            return self.stood.numbers
        return colors.follow(self.found.partition, self.stood.partition, self.stood.numbers)

    @property
    def name(self) -> str:
        """What the answer is called."""
        return f"LSTM, {self.chosen.method if self.found is not None else self.chosen.on_axis}"

    @property
    def answer(self) -> str:
        """What tells this answer from another."""
        return digest(self.dataset.key, self.partition.labels)

    @property
    def given(self) -> dict[int, str]:
        """Names that the user gave to clusters of this answer."""
        kept: dict[str, dict[int, str]] = st.session_state.setdefault("ls_names", {})
        return kept.setdefault(self.answer, {})

    def called(self, cluster: int) -> str:
        """Say how a cluster is called: as the user named it, or by its number."""
        if cluster < 0:
            return "no cluster"
        return self.given.get(cluster) or f"cluster {cluster + 1}"

    @property
    def names(self) -> tuple[str, ...]:
        """How all clusters are called."""
        return tuple(self.called(cluster) for cluster in range(self.k))

    def shade(self, cluster: int) -> str:
        """Give the colour of a cluster."""
        return colors.color(-1 if cluster < 0 else int(self.numbers[cluster]))
