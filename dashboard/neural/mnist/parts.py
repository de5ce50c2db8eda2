"""What the MNIST page works on, and what follows from a trained model."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from clustering import agglomerative, bisecting, engine, kmeans, mixture
from clustering.data.image_sets import ImageSet
from clustering.dataset import Dataset, Floats, Integers
from clustering.deep import embedding
from clustering.deep.mistakes import Confusion, confusion
from clustering.deep.model import Model
from clustering.errors import ClusterloomError
from clustering.figures.latent import some
from clustering.geometry import embedding as flattening
from clustering.geometry import projection
from clustering.geometry.components import Components, components
from clustering.partition import Partition
from clustering.progress import Report
from clustering.words import plural
from dashboard import ui
from dashboard.neural.mnist.sidebar import Chosen

__all__ = [
    "METHODS",
    "Ground",
    "Here",
    "choose_clusters",
    "decoded",
    "flat",
    "ground",
    "look",
    "part_of",
]

SMALL = 10_000
"""Images up to which all are looked at, and answers are found without a worker."""

ENOUGH = 20_000
"""Images from which principal components are found."""

LIVE = 2_000
"""Images up to which everything is drawn anew after each piece of a training."""

METHODS: Mapping[str, Callable[..., Partition]] = {
    "k-means": kmeans.fit,
    "Gaussian mixture": mixture.fit,
    "bisecting k-means": bisecting.fit,
    "agglomerative (Ward)": agglomerative.fit,
}
"""What can cluster the latent space, by name."""
SEEDLESS = ("agglomerative (Ward)",)


@dataclass(frozen=True, eq=False, slots=True)
class Ground:
    """What is trained on and what is looked at.

    Attributes
    ----------
    images : ImageSet
        What was brought.
    chosen : Chosen
        What the sidebar says.
    train, test : Dataset
        The images that are learned from, and those that are kept back.
    looked : Dataset
        Those on the map and in the clusters.
    what : str
        Which these are: ``"test"``, ``"training"`` or ``"all"``.
    """

    images: ImageSet
    chosen: Chosen
    train: Dataset
    test: Dataset
    looked: Dataset
    what: str

    @property
    def shape(self) -> tuple[int, ...]:
        """Of one image."""
        return self.images.shape

    @property
    def member(self) -> str:
        """What one image is called."""
        return self.images.member

    @property
    def truth(self) -> Integers | None:
        """Class of each image that is looked at, -1 where it has none."""
        return self.images.truth(self.looked)

    @property
    def named(self) -> str:
        """Which images are looked at, in words."""
        return {"test": f"the {self.looked.n:,} test {plural(self.member)}",
                "training": f"the {self.looked.n:,} {plural(self.member)} of the training",
                "all": f"all {self.looked.n:,} {plural(self.member)}"}[self.what]  # fmt: skip

    def called(self, place: int) -> str:
        """Name one image that is looked at."""
        row = int(self.looked.rows[place])
        names = self.images.names
        return names[row] if names else f"{self.member} {row + 1:,}"

    def class_of(self, place: int) -> str:
        """Give the class of one image that is looked at, a dash where none is known."""
        truth = self.truth
        known = truth is not None and truth[place] >= 0
        return self.images.classes[int(truth[place])] if known and truth is not None else "–"


@dataclass(frozen=True, eq=False, slots=True)
class Here:
    """What there is once a model is trained.

    Attributes
    ----------
    ground : Ground
        The images.
    model : Model
        What was trained.
    beside : Components
        What costs no training: principal components of the training images; with none of
        them, the mean image.
    plain : (float, float)
        Mean squared error on the test part of the mean image, and of as many components as the
        model has numbers.
    error : float
        Mean squared error of the model on the test part.
    back : ndarray of shape (n, d)
        What came out for each image that is looked at.
    latent : Dataset
        Their codes.
    partition : Partition
        Clusters of the codes.
    centers : ndarray of shape (k, d)
        The centres of the clusters, decoded.
    confusion : Confusion or None
        How the classes are spread over the clusters, where classes are known.
    method : str
        What found the clusters, as the page calls it.
    """

    ground: Ground
    model: Model
    beside: Components
    plain: tuple[float, float]
    error: float
    back: Floats
    latent: Dataset
    partition: Partition
    centers: Floats
    confusion: Confusion | None
    method: str

    @property
    def errors(self) -> Floats:
        """Mean squared error of each image that is looked at, shape (n,)."""
        found: Floats = ((self.ground.looked.points - self.back) ** 2).mean(axis=1)
        return found

    @property
    def named(self) -> Integers:
        """Class that each cluster stands for, one to one, -1 for none, shape (k,)."""
        found = self.confusion
        return np.full(self.partition.k, -1) if found is None else found.named

    @property
    def order(self) -> Integers:
        """Clusters in the order of the classes that they stand for."""
        return np.arange(self.partition.k) if self.confusion is None else self.confusion.order

    @property
    def numbers(self) -> Integers:
        """Colour number of each cluster: that of its class, a free one where it has none."""
        named = self.named
        free = np.setdiff1d(np.arange(len(named) + int(named.max(initial=-1)) + 1), named)
        return np.where(named < 0, free[np.cumsum(named < 0) - 1], named)

    def called(self, cluster: int) -> str:
        """Call a cluster by its class, where it stands for one."""
        named = int(self.named[cluster])
        return self.ground.images.classes[named] if named >= 0 else f"c{cluster + 1}"


# ---- images -------------------------------------------------------------------------------------
def part_of(images: ImageSet, *, part: str, most: int | None = None) -> Dataset:
    """Give a part of the images as points."""
    return images.dataset(part, most=most)  # type: ignore[arg-type]


def ground(images: ImageSet, chosen: Chosen) -> Ground:
    """Give what is trained on and what is looked at, each made once."""
    train = ui.computed(part_of, images, part="train", most=chosen.most)
    test = ui.computed(part_of, images, part="test", most=SMALL)
    offered = looks(images)
    what = str(st.session_state.get("mn_look", st.query_params.get("mn_look", offered[0])))
    what = what if what in offered else offered[0]
    if what == "all":
        looked = ui.computed(part_of, images, part="all")
    else:
        looked = test if what == "test" else train
    return Ground(images, chosen, train, test, looked, what)


def looks(images: ImageSet) -> list[str]:
    """Give which images can be looked at: all of few, or one of the parts."""
    return [*(["all"] if images.n <= SMALL else []), "test", "training"]


def choose_clusters(images: ImageSet) -> tuple[str, int]:
    """Show which images are looked at and what clusters them; give method and k."""
    offered, classes = looks(images), len(images.classes)
    if st.session_state.get("mn_look", offered[0]) not in offered:
        st.session_state["mn_look"] = offered[0]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Images looked at", offered, key="mn_look", bind="query-params", width=150,
            help="Which images stand on the map and are clustered. The reconstruction error is "
            "always that of the test images, which the network has never seen.",
        )  # fmt: skip
        method = st.selectbox(
            "Clusters by", list(METHODS), key="mn_method", bind="query-params", width=190,
            help="Any method of the library works on the latent space; k-means is the usual one.",
        )  # fmt: skip
        k = st.slider(
            "Number of clusters k", 1, 30, min(classes or min(10, images.n // 2), 30), key="mn_k",
            bind="query-params", width="stretch",
        )  # fmt: skip
    return method, k


# ---- what follows from a model ------------------------------------------------------------------
def look(ground: Ground, model: Model, method: str, k: int, *, learning: bool) -> Here:
    """Compute what the page shows of a model, each part once; no clusters while it learns."""
    beside = ui.computed(principal, ground.train)
    plain = ui.computed(plain_errors, ground.test, beside=beside, latent=model.latent)
    latent = ui.computed(embedding.embed, ground.looked, model=model)
    back = ui.computed(decoded, model, codes=latent.points)
    error = test_error(ground, model, back)
    if learning:
        none = Partition(np.zeros(latent.n, np.int32), latent.rows, "none")
        return Here(ground, model, beside, plain, error, back, latent, none, back[:0], None, "none")
    partition = ui.computed(clustered, latent, method=method, k=k, seed=ground.chosen.seed)
    centers = ui.computed(decoded, model, codes=middles(latent, partition))
    found = None
    if ground.truth is not None:
        found = ui.computed(confused, latent, truth=ground.truth, partition=partition)
    return Here(
        ground, model, beside, plain, error, back, latent, partition, centers, found, method
    )  # fmt: skip


def test_error(ground: Ground, model: Model, back: Floats) -> float:
    """Give the mean squared error on the test part, which is often among what is looked at."""
    points, mine = ground.looked.points, ground.images.test[ground.looked.rows]
    if ground.what == "training":
        points, mine = ground.test.points, np.ones(ground.test.n, dtype=bool)
        back = ui.computed(embedding.reconstructed, ground.test, model=model)
    return float(((points[mine] - back[mine]) ** 2).mean())


def principal(dataset: Dataset) -> Components:
    """Find the principal components of the images of the training, of very many of a part."""
    few = some(dataset.n, most=ENOUGH)
    if len(few) == dataset.n:
        return components(dataset)
    return components(Dataset.from_points(dataset.points[few]))


def plain_errors(dataset: Dataset, *, beside: Components, latent: int) -> tuple[float, float]:
    """Give the mean squared error of the mean image and of so many principal components."""
    mean, few = (
        float(((dataset.points - beside.reconstruct(dataset.points, count=count)) ** 2).mean())
        for count in (0, latent)
    )
    return mean, few


def clustered(dataset: Dataset, *, method: str, k: int, seed: int, report: Report) -> Partition:
    """Cluster codes, here where they are few."""
    fit = METHODS[method]
    more = {} if method in SEEDLESS else {"seed": seed}
    if dataset.n <= SMALL:
        return fit(dataset, k=k, **more)
    return engine.run(fit, dataset, k=k, **more, report=report)


def decoded(model: Model, *, codes: Floats, report: Report) -> Floats:
    """Lead codes back to images, on a worker: Keras never comes into this process."""
    return engine.run(embedding.decoded, model, codes=codes, report=report)


def confused(dataset: Dataset, *, truth: Integers, partition: Partition) -> Confusion:
    """Hold the clusters against the classes."""
    return confusion(truth, partition.labels, k=partition.k)


def middles(latent: Dataset, partition: Partition) -> Floats:
    """Give the mean code of each cluster, that of all where one is empty, shape (k, latent)."""
    if partition.centers is not None:
        return partition.centers
    sums = np.zeros((partition.k, latent.d))
    there = partition.labels >= 0
    np.add.at(sums, partition.labels[there], latent.points[there])
    sizes = partition.sizes[:, None]
    found: Floats = np.where(sizes > 0, sums / np.maximum(sizes, 1), latent.points.mean(axis=0))
    return found


def flat(here: Here, way: str) -> tuple[Floats, tuple[str, str]]:
    """Lay the codes flat: by principal components at once, by UMAP when asked."""
    if way == "UMAP":
        try:
            return ui.computed(laid_out, here.latent), ("UMAP 1", "UMAP 2")
        except ClusterloomError as error:
            st.warning(ui.literal(error, most=400))
    view = projection.view(here.latent)
    return view.points, view.axes


def laid_out(dataset: Dataset, *, report: Report) -> Floats:
    """Have UMAP lay the codes out on a worker."""
    return engine.run(flattening.umap, dataset, report=report)
