"""DBSCAN's expansion told in sentences, with the counts of the data at hand."""

import numpy as np

from clustering.dataset import Dataset
from clustering.dbscan import EpsilonAxis
from clustering.dbscan.expansion import Moment, Steps, steps
from clustering.partition import Partition
from clustering.words import amount, count

__all__ = ["SEEING", "retold", "seed_point", "tell"]

SEEING = """
**What to see.** No shape is assumed and no number of clusters is asked for: a cluster goes on for
as long as one dense point has another within reach. Only the core points' clusters are certain;
a border point that two clusters reach belongs to the one that came first. What is called noise is
not a cluster of its own, but whatever is too thinly populated at *this* epsilon.

**What was wrong in the recipe.** It takes the epsilon with the highest silhouette, and counts
noise as one more cluster while it does so. Noise lies everywhere, which makes that cluster look bad
and rewards an epsilon that leaves none over. Leave noise out, and a tiny epsilon wins that
keeps only the densest crumbs. Neither says how many points were left out, so that the number of
large clusters over *every* epsilon, and how long it stays the same, is the better guide.

**What DBSCAN cannot do.** One epsilon is one density. Where a thin group lies beside a dense one,
an epsilon wide enough for the first merges what the second holds apart: try *Unequal densities*,
and look at HDBSCAN under Views, which takes each cluster at its own epsilon. In many columns
all distances grow alike, and the range of epsilons between "all noise" and "all one" closes.
"""
"""What a lesson on DBSCAN leaves behind, as Markdown."""


def seed_point(axis: EpsilonAxis, partition: Partition) -> int:
    """Give a point to begin at: core beside a border point, where there is most to be seen.

    Parameters
    ----------
    axis : EpsilonAxis
        Knows the neighbours.
    partition : Partition
        Its answer at an epsilon.

    Returns
    -------
    int
        The first core point where there is no border; the first point where none is core.
    """
    core = partition.core
    if core is None or not core.any():
        return 0
    edge = np.flatnonzero(~core & (partition.labels >= 0))
    beside = axis.places[edge[0]] if len(edge) else np.arange(len(core))
    return int(beside[core[beside]][0])


def tell(dataset: Dataset, steps: Steps, *, unit: str = "") -> tuple[str, ...]:
    """Give a few plain sentences for each moment of an expansion.

    Parameters
    ----------
    dataset : Dataset
        The points, whose names the sentences use.
    steps : Steps
        What `clustering.dbscan.expansion.steps` recorded on them.
    unit : str
        Unit of the distances.

    Returns
    -------
    tuple of str
        As many as there are moments. Clusters are numbered from 1, in the order in which they
        are found.

    Examples
    --------
    >>> import textwrap
    >>> from clustering.dbscan.expansion import steps
    >>> data = Dataset.from_points([[0.0], [1.0], [2.0], [9.0]])
    >>> for text in tell(data, steps(data, eps=1.0, min_samples=3, seed_point=1))[1:3]:
    ...     print(textwrap.fill(text, 80, initial_indent="- ", subsequent_indent="  "))
    - Row 2 has 3 points within 1, itself included: at least 3, so it is core and
      begins cluster 1. Its 2 neighbours are asked next.
    - Row 1 has 2 points within 1, itself included: fewer than 3, so it is not core.
      It lies within 1 of row 2, which is: a border point of cluster 1, and nobody
      is asked for its sake.
    """
    eps = f"{amount(steps.eps)} {unit}".strip()
    return tuple(_said(dataset, steps, moment, eps) for moment in steps.moments)


def retold(
    dataset: Dataset, *, partition: Partition, seed_point: int, most: int = 120
) -> tuple[Steps, tuple[str, ...]]:
    """Record the expansion that gives a known answer, and tell it.

    Parameters
    ----------
    dataset : Dataset
        The points.
    partition : Partition
        The answer, whose parameters are taken.
    seed_point : int
        Where the expansion begins.
    most : int
        How many points are followed.

    Returns
    -------
    steps : Steps
        The expansion.
    words : tuple of str
        What `tell` says of it.
    """
    found = steps(
        dataset,
        eps=float(partition.parameters["eps"]),  # type: ignore[arg-type]
        min_samples=int(partition.parameters["min_samples"]),  # type: ignore[call-overload]
        seed_point=seed_point,
        most=most,
    )
    return found, tell(dataset, found, unit=dataset.metric.unit)


def _said(dataset: Dataset, steps: Steps, moment: Moment, eps: str) -> str:
    """Tell one moment."""
    m, least = len(steps.points), steps.min_samples
    if moment.kind == "start":
        followed = (
            f"All {count(m, 'point')} are followed"
            if m == dataset.n
            else f"{m:,} of {dataset.n:,} points are followed, those nearest to the first; "
            "neighbours are counted among all"
        )
        return f"No point has been looked at. {followed}. Epsilon is {eps}, min_samples {least}."
    if moment.kind == "end":
        return _ended(steps, moment, dataset.n)
    name = dataset.name_of(moment.point)
    held = f"{moment.count:,.6g}"
    who = (
        f"{name[:1].upper()}{name[1:]} has {held} {'point' if moment.count == 1 else 'points'} "
        f"within {eps}, itself included"
    )
    place = int(np.searchsorted(steps.points, moment.point))
    cluster = f"cluster {moment.labels[place] + 1}"
    if moment.kind == "noise":
        return (
            f"{who}: fewer than {least}, so it is not core. No core point has reached it: noise, "
            "for now."
        )
    if moment.kind == "border":
        return (
            f"{who}: fewer than {least}, so it is not core. It lies within {eps} of "
            f"{dataset.name_of(moment.by)}, which is: a border point of {cluster}, and nobody is "
            "asked for its sake."
        )
    fresh = len(moment.reached)
    if moment.kind == "seed":
        verb = f"begins {cluster}"
        asked = f"Its {count(fresh, 'neighbour')} {'is' if fresh == 1 else 'are'} asked next."
        if not fresh:
            asked = "It has nobody to ask."
    else:
        verb = f"belongs to {cluster}"
        asked = (
            f"{count(fresh, 'neighbour')} of it {'is' if fresh == 1 else 'are'} new and will be "
            f"asked; {moment.waiting:,} {'waits' if moment.waiting == 1 else 'wait'} in all."
            if fresh
            else f"All of its neighbours are known already; {moment.waiting:,} still "
            f"{'waits' if moment.waiting == 1 else 'wait'}."
        )
    saved = len(moment.rescued)
    rescued = (
        f" {count(saved, 'point')} that {'was' if saved == 1 else 'were'} noise "
        f"{'is' if saved == 1 else 'are'} border of it now."
        if saved
        else ""
    )
    return f"{who}: at least {least}, so it is core and {verb}. {asked}{rescued}"


def _ended(steps: Steps, moment: Moment, n: int) -> str:
    """Tell what the expansion found."""
    inside = moment.labels >= 0
    k = int(moment.labels.max(initial=-1)) + 1
    dense = int((inside & steps.core).sum())
    found = (
        f"{count(k, 'cluster')}, {count(dense, 'core point')}, "
        f"{count(int(inside.sum()) - dense, 'border point')}, "
        f"{count(int((~inside).sum()), 'point')} of noise."
    )
    if len(moment.labels) == n:
        return f"Every point has been asked once: {found}"
    return (
        f"Each of the {len(moment.labels):,} points that are followed has been asked once: {found} "
        "A core point beyond them may still reach one of the noise, or join two clusters."
    )
