"""One file a claim: `python -m benchmarks NAME [--quick]` measures it.

A benchmark is a module in this folder. Its docstring says, in its first line, what
is claimed; its function ``run(quick: bool) -> Result`` measures it::

    from benchmarks import Result, compare

    def run(quick: bool) -> Result:
        points = ...                                    # fixed seed
        main = compare(
            "20,000 points",
            plain=lambda: the_usual_way(points),
            ours=lambda: clustering.our_way(points),
            difference=lambda a, b: np.abs(a - b).max(),
            repeats=1 if quick else 3,
            promise=12.0,
        )
        return Result(rows=(main,), tolerance=1e-6)

Both sides are given the same input and are run in turn, in changing order, in the
same process, so that a busy machine slows both; what is printed are medians. The
first row is the main case, of which the last line of the output speaks. What is
compared is the *answer*: where the two sides disagree by more than the tolerance
the program ends with 1. A ratio below its promise is marked in the table and no
more, because machines differ; tests never time.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

__all__ = ["Result", "Row", "compare"]

P = TypeVar("P")
O = TypeVar("O")  # noqa: E741


@dataclass(frozen=True, slots=True)
class Row:
    """One case: how long both sides took and how far apart their answers are.

    Attributes
    ----------
    case : str
        What was measured, in a few words.
    plain, ours : float
        Median seconds of the usual way and of ours.
    difference : float
        Largest disagreement seen; NaN counts as disagreement.
    promise : float
        The ratio that is claimed; 0 where none is.
    """

    case: str
    plain: float
    ours: float
    difference: float
    promise: float = 0.0

    @property
    def ratio(self) -> float:
        """How many times faster ours is: plain time / our time."""
        return self.plain / self.ours


@dataclass(frozen=True, slots=True)
class Result:
    """What a benchmark found.

    Attributes
    ----------
    rows : tuple of Row
        The cases; the first is the main one.
    tolerance : float
        Largest difference at which both sides still agree.
    notes : tuple of str
        Sentences printed under the table: what was run, what was not.
    """

    rows: tuple[Row, ...]
    tolerance: float
    notes: tuple[str, ...] = ()

    @property
    def difference(self) -> float:
        """Largest difference of all rows; NaN as soon as one is NaN."""
        found = [row.difference for row in self.rows]
        return next((value for value in found if value != value), max(found))

    @property
    def agrees(self) -> bool:
        """True where every row is within the tolerance."""
        return self.difference <= self.tolerance


def compare(
    case: str,
    *,
    plain: Callable[[], P],
    ours: Callable[[], O],
    difference: Callable[[P, O], float],
    repeats: int = 3,
    promise: float = 0.0,
) -> Row:
    """Run both sides in turn, `repeats` times each, and compare their answers.

    Parameters
    ----------
    case : str
        What is measured, in a few words.
    plain, ours : callable
        The two sides; each call does the whole work anew and returns its answer.
    difference : callable
        How far apart the two answers of one round are, e.g. the largest absolute
        difference.
    repeats : int
        Rounds; the order of the sides changes from round to round.
    promise : float
        The ratio that is claimed; 0 where none is.

    Returns
    -------
    Row
        Medians of the times and the largest difference of all rounds.

    Examples
    --------
    >>> row = compare("a sum", plain=lambda: sum(range(9)), ours=lambda: 36,
    ...               difference=lambda a, b: abs(a - b), repeats=2)
    >>> row.case, row.difference
    ('a sum', 0.0)
    """
    seconds: dict[str, list[float]] = {"plain": [], "ours": []}
    apart: list[float] = []
    for turn in range(repeats):
        if turn % 2:
            second, seconds_ours = _timed(ours)
            first, seconds_plain = _timed(plain)
        else:
            first, seconds_plain = _timed(plain)
            second, seconds_ours = _timed(ours)
        seconds["plain"].append(seconds_plain)
        seconds["ours"].append(seconds_ours)
        apart.append(float(difference(first, second)))
    return Row(
        case,
        statistics.median(seconds["plain"]),
        statistics.median(seconds["ours"]),
        next((value for value in apart if value != value), max(apart)),
        promise,
    )


def _timed(work: Callable[[], P]) -> tuple[P, float]:
    """Give what `work` returns and the seconds it took."""
    start = time.perf_counter()
    answer = work()
    return answer, time.perf_counter() - start
