"""What a deep answer is worth, and what it did to the points, told in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from clustering.dataset import Floats
from clustering.deep.rows import MEASURES, Row
from clustering.deep.trail import Trail
from clustering.partition import Labels
from clustering.words import amount, count, plural

__all__ = ["SEEING", "Verdict", "judging", "losses", "moments", "verdict"]

ENOUGH = 0.02
"""Difference of a figure from 0 to 1 that is more than luck, where no spread is known."""

SEEING = """
**What to see.** A network that is trained to reproduce has not been told about clusters. Whether
its few numbers are a better place to look for them is a question for each data set: in blobs on a
plane there is nothing to be gained, in images there may be much. Methods that then sharpen the
clusters (DEC, IDEC, information maximisation) are sure of themselves by construction: the
silhouette *of their own space* rises while they train, right or wrong. So the page judges every way
in the space of the input too, beside k-means that learned nothing.

J. Xie, R. Girshick, A. Farhadi, *Unsupervised deep embedding for clustering analysis* (DEC), ICML
2016. X. Guo and others, *Improved deep embedded clustering with local structure preservation*
(IDEC), IJCAI 2017. W. Hu and others, *Learning discrete representations via information maximizing
self-augmented training* (IMSAT), ICML 2017. X. Ji, J. F. Henriques, A. Vedaldi, *Invariant
information clustering* (IIC), ICCV 2019. R. McConville and others, *N2D*, ICPR 2020.
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether learning the space helped.

    Attributes
    ----------
    helped : {"yes", "no", "worse"}
        Better than the best plain way, as good, or worse.
    sentence : str
        That, with the figures.
    """

    helped: Literal["yes", "no", "worse"]
    sentence: str


def judging(rows: Sequence[Row]) -> str:
    """Choose the figure by which ways are judged: accuracy where classes are known.

    Parameters
    ----------
    rows : sequence of Row
        All of the same data.

    Returns
    -------
    str
        ``"accuracy"`` or ``"silhouette_input"``.

    Examples
    --------
    >>> judging([Row("k-means", {"accuracy": (0.5,), "silhouette_input": (0.3,)})])
    'accuracy'
    >>> judging([Row("k-means", {"accuracy": (float("nan"),), "silhouette_input": (0.3,)})])
    'silhouette_input'
    """
    known = all(np.isfinite(row.mean("accuracy")) for row in rows) and len(rows) > 0
    return "accuracy" if known else "silhouette_input"


def verdict(plain: Sequence[Row], deep: Row) -> Verdict:
    """Say whether a deep answer is better than what needs no training.

    Parameters
    ----------
    plain : sequence of Row
        The plain ways, over several seeds.
    deep : Row
        The deep one.

    Returns
    -------
    Verdict
        A difference counts from 0.02 on, and from twice the spread of both over their seeds on.

    Examples
    --------
    >>> raw = Row("k-means on the columns", {"accuracy": (0.79, 0.80, 0.78)})
    >>> verdict([raw], Row("IDEC", {"accuracy": (0.91,)})).sentence[27:]
    'accuracy 0.910 (one seed), and 0.790 ± 0.010 by k-means on the columns.'
    >>> verdict([raw], Row("IDEC", {"accuracy": (0.79,)})).helped
    'no'
    """
    measure = judging([*plain, deep])
    what = MEASURES[measure].replace(",", " in the") if "_" in measure else "accuracy"
    what = what[0].lower() + what[1:]
    best = max(plain, key=lambda row: _or_least(row.mean(measure)))
    now, then = deep.mean(measure), best.mean(measure)
    if not (np.isfinite(now) and np.isfinite(then)):
        return Verdict("no", f"Nothing can be concluded: the {what} is undefined for one of them.")
    luck = np.hypot(*(np.nan_to_num(row.spread(measure)) for row in (best, deep)))
    enough = max(ENOUGH, 2 * float(luck))
    figures = f"{what} {_written(deep, measure)}, and {_written(best, measure)} by {best.name}."
    if now - then > enough:
        return Verdict("yes", f"Learning the space helped: {figures}")
    if then - now > enough:
        return Verdict("worse", f"Learning the space made it worse: {figures}")
    return Verdict("no", f"Learning the space changed little: {figures}")


def _written(row: Row, measure: str) -> str:
    """Write mean and spread over the seeds, or that there is only one."""
    mean, spread = row.mean(measure), row.spread(measure)
    said = f"{mean:z.3f} ± {spread:.3f}" if np.isfinite(spread) else f"{mean:z.3f} (one seed)"
    return said.replace("-", "−")


def _or_least(value: float) -> float:
    return value if np.isfinite(value) else -np.inf


def moments(trail: Trail, *, member: str = "point") -> tuple[str, ...]:
    """Tell what happened up to each time at which a latent space was looked at.

    Parameters
    ----------
    trail : Trail
        Some points at some epochs.
    member : str
        What one of them is called.

    Returns
    -------
    tuple of str
        One sentence or two for each time.

    Examples
    --------
    >>> codes = tuple(np.zeros((3, 2), np.float32) for _ in range(2))
    >>> labels = np.array([0, 0, 1], np.int32), np.array([0, 1, 1], np.int32)
    >>> for said in moments(Trail((0, 5), np.arange(3), codes, labels)):
    ...     print(said)
    Before the first epoch: 2 clusters.
    After 5 epochs: 2 clusters. 1 of 3 points changed its cluster.
    """
    said = []
    before: Labels | None = None
    for epoch, labels in zip(trail.epochs, trail.labels, strict=True):
        when = f"After {count(epoch, 'epoch')}" if epoch else "Before the first epoch"
        clusters = len(np.unique(labels[labels >= 0]))
        words = f"{when}: {count(clusters, 'cluster')}."
        if before is not None:
            moved = int((labels != before).sum())
            if moved:
                whose = "its" if moved == 1 else "their"
                words += f" {moved:,} of {len(labels):,} {plural(member)} changed {whose} cluster."
            else:
                words += f" No {member} changed its cluster."
        said.append(words)
        before = labels
    return tuple(said)


def losses(epochs: Sequence[int], loss: Floats) -> tuple[str, ...]:
    """Tell how far an autoencoder was at each time at which its space was looked at.

    Parameters
    ----------
    epochs : sequence of m int
        After how many epochs, from 1.
    loss : ndarray of shape (epochs,)
        Its loss in each.

    Examples
    --------
    >>> losses((1, 3), np.array([0.5, 0.3, 0.25]))
    ('After 1 epoch: loss 0.5.', 'After 3 epochs: loss 0.25.')
    """
    return tuple(f"After {count(each, 'epoch')}: loss {amount(loss[each - 1])}." for each in epochs)
