"""Lloyd's steps told in sentences, with the numbers of the data at hand.

Every sentence gives the reason of one half step: which point goes over to which
center because it is nearer, how far a center moves because its points have another
mean, and in the end why nothing moves any more.
"""

import numpy as np
from scipy.spatial.distance import cdist, pdist, squareform

from clustering.dataset import Dataset, Floats
from clustering.kmeans.borders import contest
from clustering.kmeans.half_steps import Moment, Steps, steps
from clustering.partition import Partition
from clustering.validity import match
from clustering.words import amount, apart, change, count

__all__ = ["SEEING", "retold", "tell"]

SEEING = """
**What to see.** Each turn has two halves. *Assign* gives every point to the nearest centre:
the borders are the lines half-way between two centres. *Update* moves each centre to the mean
of its points. Neither half can raise the inertia, so the run must end, but it ends in the first
hollow it finds: take the worst of the fifty starts and watch two centres share one group while
another centre serves two.

**What k-means cannot do.** Its regions are always convex, and it likes groups that are about as
wide as they are long and about as large as one another. Try it on *Rings and moons*, on
*Elongated* and on *Unequal densities*: the inertia falls, and the answer is wrong.
"""
"""What a lesson on k-means leaves behind, as Markdown."""


def tell(dataset: Dataset, steps: Steps) -> tuple[str, ...]:
    """Give a few plain sentences for each moment of a run.

    Parameters
    ----------
    dataset : Dataset
        The points, whose names the sentences use.
    steps : Steps
        What `clustering.kmeans.steps` recorded on them.

    Returns
    -------
    tuple of str
        As many as there are moments. Clusters are numbered from 1, as figures
        number them. Plain text, in which the names of points are the user's own.

    Examples
    --------
    >>> import textwrap
    >>> from clustering import kmeans
    >>> data = Dataset.from_points([[0.0], [1.0], [5.0], [6.0]])
    >>> told = tell(data, kmeans.steps(data, start=[[0.0], [1.0]]))
    >>> for text in told[2:]:
    ...     print(textwrap.fill(text, 80, initial_indent="- ", subsequent_indent="  "))
    - 1 of 2 centres moves to the mean of its points, that of cluster 2 by 3.
      Inertia falls from 41 to 14.
    - 1 of 4 points changes cluster, since another centre is nearer now: row 2
      leaves cluster 2 (distance 3) for cluster 1 (1). Inertia falls from 14 to 6.
    - 2 of 2 centres move to the mean of their points, that of cluster 2 farthest,
      by 1.5. Inertia falls from 6 to 1.
    - No point changes cluster, so that no centre would move: the run ends after 3
      turns with an inertia of 1. Another start may end elsewhere.
    """
    told = [placed(steps.moments[0])]
    for before, moment in zip(steps.moments, steps.moments[1:], strict=False):
        if moment.kind == "update":
            told.append(updated(dataset, before, moment))
        elif before.kind == "start":
            told.append(first_assigned(dataset, moment))
        else:
            told.append(assigned(dataset, before, moment))
    told[-1] = ended(told[-1], steps)
    return tuple(told)


def retold(
    dataset: Dataset, *, start: Floats, partition: Partition
) -> tuple[Steps, tuple[str, ...]]:
    """Record the run from one start, and tell it with the numbers of a known answer.

    Parameters
    ----------
    dataset : Dataset
        The points.
    start : ndarray of shape (k, d)
        Starting centers.
    partition : Partition
        The answer whose numbering the clusters take.

    Returns
    -------
    steps : Steps
        The run.
    words : tuple of str
        What `tell` says of it.
    """
    last = steps(dataset, start=start).last
    if not np.array_equal(last.labels, partition.labels):
        names = match(partition.labels, last.labels)
        names = np.concatenate([names, np.arange(len(names), len(start))])
        start = start[np.argsort(names, kind="stable")]
    run = steps(dataset, start=start)
    return run, tell(dataset, run)


def placed(start: Moment) -> str:
    """Tell the start: centers, and no clusters yet."""
    k = len(start.centers)
    if k == 1:
        return "1 centre is placed; no point has a cluster yet."
    between = squareform(pdist(start.centers))
    np.fill_diagonal(between, np.inf)
    a, b = np.unravel_index(between.argmin(), between.shape)
    return (
        f"{k} centres are placed; no point has a cluster yet. "
        f"The closest two are {a + 1} and {b + 1}, {amount(between[a, b])} apart."
    )


def first_assigned(dataset: Dataset, moment: Moment) -> str:
    """Tell the first assignment: everyone chooses, and whose choice is the closest."""
    weighted = "" if dataset.weights is None else "weighted "
    inertia = (
        f"Inertia, the {weighted}sum of squared distances to the own centre, is "
        f"{amount(moment.inertia)}."
    )
    if len(moment.centers) == 1:
        return f"All {count(dataset.n, 'point')} go to the only centre. {inertia}"
    own, second, rival = contest(cdist(dataset.points, moment.centers), moment.labels)
    i = int((second - own).argmin())
    near, far = apart(own[i], second[i])
    also = "as much" if near == far else far
    return (
        f"Each of {count(dataset.n, 'point')} goes to the nearest centre. The closest choice "
        f"is {dataset.name_of(i)}: {near} to centre {moment.labels[i] + 1} and {also} to centre "
        f"{rival[i] + 1}. {inertia}"
    )


def assigned(dataset: Dataset, before: Moment, moment: Moment) -> str:
    """Tell an assignment: how many go over, and the one that gains most by it."""
    inertia = f"Inertia {change(before.inertia, moment.inertia)}."
    if not moment.moved:
        return f"No point changes cluster. {inertia}"
    movers = np.flatnonzero(before.labels != moment.labels)
    old, new = before.labels[movers], moment.labels[movers]
    was = np.linalg.norm(dataset.points[movers] - moment.centers[old], axis=1)
    now = np.linalg.norm(dataset.points[movers] - moment.centers[new], axis=1)
    i = int((was - now).argmax())
    # A center that was put on this very point is not 5e-17 away, but there.
    far, near = apart(was[i], now[i] if now[i] > 1e-12 * was[i] else 0.0)
    verb = "changes" if moment.moved == 1 else "change"
    # Of two centers in one place the one with the lower number takes the points.
    reason = "is as near and comes first" if far == near else "is nearer now"
    return (
        f"{moment.moved:,} of {count(dataset.n, 'point')} {verb} cluster, since another centre "
        f"{reason}: {dataset.name_of(int(movers[i]))} leaves cluster {old[i] + 1} "
        f"(distance {far}) for cluster {new[i] + 1} ({near}). {inertia}"
    )


def updated(dataset: Dataset, before: Moment, moment: Moment) -> str:
    """Tell an update: how many centers move, the farthest, and empty clusters."""
    inertia = f"Inertia {change(before.inertia, moment.inertia)}."
    k = len(moment.centers)
    rescued = "".join(
        f"Cluster {cluster + 1} is left without points; its centre is put on "
        f"{dataset.name_of(i)}, which lies farthest from its own and goes over to it. "
        for cluster, i in moment.relocated
    )
    if not moment.moved:
        return f"Every centre is the mean of its points already. {inertia}"
    j = int(moment.shifts.argmax())
    shift = amount(moment.shifts[j])
    if k == 1:
        return f"The centre moves to the mean of all points, by {shift}. {inertia}"
    if moment.moved == 1:
        who, how = "moves to the mean of its points", f"by {shift}"
    else:
        who, how = "move to the mean of their points", f"farthest, by {shift}"
    return (
        f"{rescued}{moment.moved} of {count(k, 'centre')} {who}, that of cluster {j + 1} {how}. "
        f"{inertia}"
    )


def ended(text: str, steps: Steps) -> str:
    """Tell why the run ends, after what its last moment says."""
    turns = count(steps.iterations, "turn")
    luck = " Another start may end elsewhere." if len(steps.last.centers) > 1 else ""
    if steps.stopped == "settled" and steps.last.kind == "assign":
        return (
            f"No point changes cluster, so that no centre would move: the run ends after "
            f"{turns} with an inertia of {amount(steps.last.inertia)}.{luck}"
        )
    if steps.stopped == "settled":
        return (
            f"No point changed cluster before, so that the run ends after {turns}. A centre "
            "without points looks for a place once more, and no point follows it. "
            f"Inertia {change(steps.moments[-2].inertia, steps.last.inertia)}."
        )
    if steps.stopped == "max_iter":
        return (
            f"{text} The run is stopped after {turns}, the most it was allowed; "
            "more may lower the inertia further."
        )
    update = next(moment for moment in reversed(steps.moments) if moment.kind == "update")
    moved, still = apart(float((update.shifts**2).sum()), steps.tolerance)
    return (
        f"{text} The run ends after {turns}: the squared shifts of all centres add up to {moved}, "
        f"and up to {still} counts as standing still."
    )
