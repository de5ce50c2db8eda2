"""Why the recipe's optimizer no longer learns, told by short trainings on the data at hand."""

from clustering.deep.race import Race, Run
from clustering.words import amount, apart, change, count

__all__ = ["SEEING", "told"]

SEEING = """
**What happened.** The recipe trains with `adadelta` and names no learning rate. When it was
written, Keras gave that name a rate of 1.0, as the method's paper has it: adadelta finds the
length of each step by itself, and a rate has nothing to add. Today the same word means 0.001.
The code still runs, without a warning, and every step is a thousandth of what was meant.

**How one notices.** Not by the loss, which falls in every epoch. A loss means nothing by itself;
it needs something to be held against. The mean image is the cheapest: whoever answers every
picture with the same grey blur loses that much. A network that loses more has learned nothing.

**What to do.** Write the rate down, `keras.optimizers.Adadelta(learning_rate=1.0)`, or take
`adam`, which was meant for 0.001 and gets there faster. This page does both.
"""
"""What the lesson leaves behind, as Markdown."""

STILL = 0.01
"""Part of the weights' length below which a training has as good as not moved them."""


def told(race: Race, *, mean: str = "mean image", member: str = "image") -> tuple[str, ...]:
    """Tell what each training came to, and what makes the difference.

    Parameters
    ----------
    race : Race
        The trainings.
    mean : str
        What the mean of the points is called.
    member : str
        What a point is called, in the singular.

    Returns
    -------
    tuple of str
        A sentence or more for the beginning, for each run, and for what follows; every
        number is measured.
    """
    return (_begin(race, mean, member), *(_run(race, run, mean) for run in race.runs), _end(race))


def _begin(race: Race, mean: str, member: str) -> str:
    """Tell what all trainings share, and what they are held against."""
    return (
        f"The same network, from the same weights, sees {count(race.n, member)} "
        f"{race.epochs} {'time' if race.epochs == 1 else 'times'} and must bring each through "
        f"{count(race.latent, 'number')}. Answering with the {mean} every time would lose "
        f"{amount(race.mean_error)}, and {count(race.latent, 'principal component')} "
        f"{'loses' if race.latent == 1 else 'lose'} {amount(race.pca_error)}."
    )


def _run(race: Race, run: Run, mean: str) -> str:
    """Tell one training: how far it went, and what that is worth."""
    first, last = float(run.errors[0]), float(run.errors[-1])
    moved = f"{100 * run.moved:.0f} %" if run.moved >= 0.1 else f"{100 * run.moved:.2f} %"
    course = (
        f"{run.name[:1].upper()}{run.name[1:]}: {count(run.steps, 'step')} moved the weights by "
        f"{moved} of their length, and the error {change(first, last)}."
    )
    return f"{course} {_worth(race, run, last, mean)}"


def _worth(race: Race, run: Run, last: float, mean: str) -> str:
    """Tell what an error is worth, beside the mean and the principal components."""
    said, blank = apart(last, race.mean_error)
    if last >= race.mean_error:
        ahead = _ahead(run, race.mean_error)
        times = last / race.mean_error if race.mean_error else float("inf")
        return (
            f"That is {times:.2g} times what the {mean} loses: it has yet to learn what all of "
            f"them have in common.{ahead}"
        )
    passed = int((run.errors < race.mean_error).argmax())
    when = "before its first epoch" if passed == 0 else f"in epoch {passed}"
    _, flat = apart(last, race.pca_error)
    components = f"{count(race.latent, 'principal component')} ({flat})"
    less = 100 * (1 - last / race.mean_error)
    compared = "less than" if last < race.pca_error else "still more than"
    return (
        f"It passed the {mean} {when}, and {said} is {less:.0f} % less than the {mean}'s {blank}; "
        f"{compared} {components}."
    )


def _ahead(run: Run, goal: float) -> str:
    """Tell how many epochs are missing at the pace of the last one."""
    pace = float(run.errors[-2] - run.errors[-1])
    if pace <= 0.0:
        return " And its last epoch made nothing better."
    missing = count(round((float(run.errors[-1]) - goal) / pace) + 1, "more epoch")
    return f" At the pace of its last epoch it would be as good after {missing}."


def _end(race: Race) -> str:
    """Tell what makes the difference, from what was measured."""
    best = min(race.runs, key=lambda run: float(run.errors[-1]))
    first = (
        f"After {count(race.epochs, 'epoch')} {best.name} is ahead, with an error of "
        f"{amount(best.errors[-1])}."
    )
    pairs = [
        (slow, fast)
        for slow in race.runs
        for fast in race.runs
        if slow.optimizer == fast.optimizer and slow.learning_rate < fast.learning_rate
    ]
    if not pairs:
        return first
    slow, fast = pairs[0]
    rates = fast.learning_rate / slow.learning_rate
    further = fast.moved / slow.moved if slow.moved else float("inf")
    still = " and stood as good as still" if slow.moved < STILL else ""
    return (
        f"{first} The two runs of {slow.optimizer} differ in one number: at a learning rate "
        f"{amount(rates)} times as large the weights went {amount(further)} times as far. "
        f"At {slow.learning_rate:g} they moved by {100 * slow.moved:.2f} %{still}."
    )
