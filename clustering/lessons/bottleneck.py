"""What the bottleneck keeps: the same point through fewer and more numbers, told by its errors."""

from dataclasses import dataclass

from clustering.deep.keeping import Kept
from clustering.errors import DataError
from clustering.words import amount, apart, count, plural

__all__ = ["SEEING", "Moment", "told"]

SEEING = """
**What to see.** Everything that comes back went through the few numbers in the middle, so what
is lost was not in them. With two numbers a network keeps what most of the data share, and draws
whatever is nearest to that; with more it keeps the shape, then the slant, then the single
stroke. Each doubling takes away less than the one before.

**What it cannot see.** A small error is no sign of good clusters. The network is paid for every
pixel alike, and the slant of a hand moves more pixels than the difference between a 4 and a 9.
That is why the axis of latent sizes shows error and accuracy, and why they part company.

**Why the mean and PCA stand beside it.** The mean is what one can say without looking. Principal
components are the best that any space without curves can do, and need no training: a network
that loses more than they do was not trained long enough, or is not needed.
"""
"""What the lesson leaves behind, as Markdown."""


ROUNDING = 1e-12
"""Part of the mean's error below which an error is none, but for the last digits."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One size of the bottleneck.

    Attributes
    ----------
    size : int
        Numbers that pass; 0 where none does and the mean comes back.
    words : str
        What becomes of the point.
    error, pca_error : float
        Mean squared error of a coordinate of this point, through the network and through as
        many principal components.
    """

    size: int
    words: str
    error: float
    pca_error: float


def told(kept: Kept, *, place: int = 0, name: str, member: str = "image") -> tuple[Moment, ...]:
    """Tell what each size of the bottleneck keeps of one point.

    Parameters
    ----------
    kept : Kept
        What became of a few points.
    place : int
        Which of these, from 0.
    name : str
        How it is called, e.g. ``"digit 17"``.
    member : str
        What the points are, in the singular.

    Returns
    -------
    tuple of Moment
        The mean first, then each size, ascending; the last tells what follows.

    Raises
    ------
    DataError
        Where there is no such point.

    Notes
    -----
    Every number in the sentences is measured: those of the point on itself, those "over all"
    on the points that the axis of latent sizes was measured on.
    """
    if not 0 <= place < len(kept.places):
        raise DataError(f"{count(len(kept.places), member)} went through; choose one of them.")
    nothing = float(kept.own_mean[place])
    moments = [Moment(0, _nothing(kept, nothing, name, member), nothing, nothing)]
    for i, size in enumerate(kept.sizes):
        own = float(kept.own[i, place])
        words = " ".join(
            [_own(kept, size, own, nothing), _gained(kept, i, member), _beside(kept, i)]
        )
        moments.append(Moment(size, words, own, float(kept.own_pca[i, place])))
    last = moments[-1]
    ending = f"{last.words} {_ending(kept)}"
    return (*moments[:-1], Moment(last.size, ending, last.error, last.pca_error))


def _nothing(kept: Kept, nothing: float, name: str, member: str) -> str:
    """Tell what one says of a point without looking at it."""
    return (
        f"{name[:1].upper()}{name[1:]} is {kept.originals.shape[1]:,} numbers. Where none of them "
        f"passes, the mean of all {plural(member)} is the best guess: it is off by "
        f"{amount(nothing)} here (squared, for each number), and by {amount(kept.mean_error)} over "
        f"all {plural(member)}."
    )


def _own(kept: Kept, size: int, own: float, nothing: float) -> str:
    """Tell how much of the point comes back."""
    d = kept.originals.shape[1]
    passing = f"{count(size, 'number')} of {d:,}" if size < d else f"all {d:,} numbers"
    verb = "passes" if size == 1 else "pass"
    error, mean = apart(own, nothing)
    if own < nothing:
        compared = f"{100 * (1 - own / nothing):.0f} % less than the mean's {mean}"
    elif own > nothing:
        compared = f"more than the mean's {mean}, so that for this one it had better said nothing"
    else:
        compared = "as much as the mean's"
    return f"Where {passing} {verb}, it comes back with an error of {error}, {compared}."


def _gained(kept: Kept, i: int, member: str) -> str:
    """Tell what the step from the size before is worth."""
    before = float(kept.errors[i - 1]) if i else kept.mean_error
    now, since = float(kept.errors[i]), f"{kept.sizes[i - 1]} numbers" if i else "the mean"
    first, second = apart(before, now)
    if before == 0.0 or first == second:
        return f"Over all {plural(member)} the error stays at {second}."
    share, verb = abs(before - now) / before, "falls" if now < before else "rises"
    course = f"by {100 * share:.0f} % from {since}, from {first} to {second}"
    return f"Over all {plural(member)} it {verb} {course}."


def _beside(kept: Kept, i: int) -> str:
    """Tell what principal components make of as many numbers."""
    network, components = float(kept.errors[i]), float(kept.pca_errors[i])
    as_many = "One principal component" if kept.sizes[i] == 1 else "As many principal components"
    loses = "loses" if kept.sizes[i] == 1 else "lose"
    if components < ROUNDING * kept.mean_error:
        return f"{as_many} {loses} nothing."
    _, said = apart(network, components)
    if network < components:
        return f"{as_many} {loses} {said}, more than the network."
    if network > components:
        return f"{as_many} {loses} {said}, less than the network after {kept.epochs} epochs."
    return f"{as_many} {loses} as much."


def _ending(kept: Kept) -> str:
    """Tell from which size on little is left to gain, and where the network beats PCA."""
    errors = [float(error) for error in kept.errors]
    if kept.mean_error <= 0.0 or min(errors) >= kept.mean_error:
        return "No size was better than the mean: train longer, or choose another optimizer."
    # Of what the best size takes away, the smallest size that takes away nine tenths.
    best = kept.mean_error - min(errors)
    enough = next(
        size
        for size, error in zip(kept.sizes, errors, strict=True)
        if kept.mean_error - error >= 0.9 * best
    )
    most = kept.sizes[errors.index(min(errors))]
    first = (
        f"The least is lost with {most} numbers."
        if most == enough
        else f"The least is lost with {most} numbers, and {enough} already take away nine tenths "
        "of what these do."
    )
    better = [
        str(size)
        for size, network, components in zip(kept.sizes, errors, kept.pca_errors, strict=True)
        if network < components
    ]
    if not better:
        return f"{first} At no size does the network lose less than PCA."
    if len(better) == len(kept.sizes):
        return f"{first} At every size the network loses less than PCA."
    listed = ", ".join(better[:-1]) + (" and " if better[1:] else "") + better[-1]
    return f"{first} The network loses less than PCA with {listed} numbers, and not otherwise."
