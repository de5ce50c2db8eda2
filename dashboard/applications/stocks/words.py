"""What the stocks page says: its figures, what is doubtful, how the groups part and meet."""

from collections.abc import Sequence

import numpy as np

from clustering import affinity
from clustering.dataset import Dataset
from clustering.words import count
from dashboard import ui
from dashboard.applications.stocks.parts import Here

__all__ = [
    "caption",
    "companies",
    "hasty",
    "key_figures",
    "listed",
    "missing",
    "parting",
    "remarks",
    "settled",
]


def companies(n: int) -> str:
    """Write a number of companies."""
    return f"{n:,} {'company' if n == 1 else 'companies'}"


def listed(names: Sequence[str], *, most: int = 12) -> str:
    """List names, the last one after "and"; of many only the first.

    Examples
    --------
    >>> listed(["Apple"]), listed(["Apple", "Dell", "HP"])
    ('Apple', 'Apple, Dell and HP')
    """
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def key_figures(here: Here) -> list[ui.KeyFigure]:
    """Give the five figures on top of the page."""
    ground, partition = here.ground, here.partition
    sizes, used = partition.sizes, float(partition.parameters["damping"])  # type: ignore[arg-type]
    alpha, largest = ground.relations.alpha, int(sizes.max(initial=0))
    shrunk = ground.chosen.similarity == "Ledoit-Wolf"
    return [
        ui.KeyFigure(
            "Clusters", f"{partition.k:,}", "Groups of companies, each around its exemplar."
        ),
        ui.KeyFigure(
            "Companies · days",
            f"{ground.dataset.n:,} · {ground.dataset.d:,}",
            "Companies that take part, and days on which all of them have prices.",
        ),
        ui.KeyFigure(
            "Largest",
            f"{largest:,} · {ui.percent(largest / ground.dataset.n)}",
            "Companies in the largest cluster.",
        ),
        ui.KeyFigure(
            "Converged",
            f"{'yes' if partition.converged else 'no'}, at {used:g}",
            "Whether the messages settled, and the damping at which they were sent. What did not "
            "settle looks like any answer, and may be none.",
        ),
        ui.KeyFigure(
            "Shrinkage" if shrunk else "Alpha",
            ui.number(alpha, 4) if np.isfinite(alpha) else "none",
            "How far Ledoit-Wolf draws covariances towards zero."
            if shrunk
            else "Penalty of the graphical lasso, by cross-validation: the larger, the fewer "
            "direct ties. Other similarities have none.",
        ),
    ]


def remarks(here: Here) -> str:
    """Say what is doubtful about an answer; nothing where all is well."""
    partition, relations = here.partition, here.ground.relations
    said = [relations.note]
    if not partition.converged:
        said.append(affinity.said(partition))
    return " ".join(filter(None, said))


def hasty(here: Here) -> str:
    """Say how the graphical lasso of one draw or window differs from that of all days."""
    if here.ground.chosen.similarity != "graphical lasso":
        return ""
    return (
        "Here the graphical lasso keeps the penalty and stops at a duality gap of "
        f"{affinity.LOOSE:g}, a hundred times as wide as that of all the chosen days; clusters "
        "hardly ever notice."
    )


def missing(dataset: Dataset) -> str:
    """Say which companies are left out, and that there is more under "What was found"."""
    out = [each for each in dataset.changes if "left out" in each and " days left" not in each]
    more = len(dataset.changes) - len(out)
    also = f"{count(more, 'remark')} more in the sidebar, under What was found." if more else ""
    return " ".join([*out, also]) if out else ""


def settled(here: Here) -> str:
    """Say how the messages came to rest, and how often they did not on the axis."""
    axis, partition = here.ground.axis, here.partition
    lost = int((axis.curves["converged"] <= 0).sum())
    along = (
        f"{lost} of {len(axis.values)} preferences, crossed in red, did not converge."
        if lost
        else f"All {len(axis.values)} preferences converged."
    )
    if not partition.converged:
        return along
    own = affinity.said(partition)
    return f"{own} {along}" if lost else f"{own.removesuffix('.')}, as at all preferences."


def parting(here: Here) -> str:
    """Say which group splits first when the preference rises, and which merge when it falls."""
    ground = here.ground
    found = affinity.splits(ground.axis, here.value)
    said = []
    for way, turn in (("Raise", found.rising), ("Lower", found.falling)):
        if turn is not None and turn.changes:
            first = turn.changes[0]
            more = len(turn.changes) - 1
            also = f", and {count(more, 'more group')} with it" if more else ""
            told = _split(here, first) if way == "Raise" else _merged(here, first)
            over = ""
            if len(turn.moved):
                verb = "changes" if len(turn.moved) == 1 else "change"
                named = listed([ground.names[i] for i in turn.moved.tolist()], most=4)
                over = f"; {named} {verb} over"
            said.append(f"{way} it to {ui.number(turn.value, 3)}: {told}{also}{over}.")
    return " ".join(said) or "No other preference has more clusters or fewer."


def _split(here: Here, change: affinity.Change) -> str:
    """Say into what a group falls: its smaller parts by name, the largest by its size."""
    parts = sorted(change.parts, key=len)
    named = [listed([here.ground.names[i] for i in part], most=5) for part in parts[:-1]]
    rest = len(parts[-1])
    other = f"the other {rest}" if rest > 1 else here.ground.names[int(parts[-1][0])]
    return f"cluster {change.groups[0] + 1} splits first, {' | '.join(named)} from {other}"


def _merged(here: Here, change: affinity.Change) -> str:
    """Say which groups become one."""
    numbers = [str(group + 1) for group in change.groups]
    return f"clusters {listed(numbers)} merge first"


def caption(here: Here) -> str:
    """Say the answer in one line, for what is carried away."""
    chosen, settled = here.ground.chosen, here.partition.converged
    return (
        f"{chosen.kind}, {chosen.similarity}, preference {here.value:.4g}, "
        f"{'converged' if settled else 'did not converge'}. Squares are exemplars."
    )
