"""Related: columns that say the same thing twice.

Two columns that move together count twice in every distance: whoever gives the height
in centimetres and in inches has doubled the weight of height.
"""

from collections.abc import Mapping

import numpy as np

from clustering.dataset import Floats

__all__ = ["alike"]

LIMIT = 0.95  # absolute correlation from which two columns say the same
MOST_COLUMNS, MOST_ROWS = 200, 20_000  # that are looked at
FEWEST = 8  # rows; three points on a line mean nothing
SAID = 3  # pairs that are named


def alike(cells: Mapping[str, Floats]) -> tuple[tuple[str, ...], str]:
    """Find pairs of columns whose absolute correlation is above 0.95.

    Parameters
    ----------
    cells : mapping of str to ndarray of shape (n,)
        Columns of numbers; rows where one of a pair is missing or infinite do not count.

    Returns
    -------
    columns : tuple of str
        The columns of the pairs that are named, none where no pair is found.
    said : str
        One sentence that names the closest pairs and counts the others, and says whether
        only some columns or rows were looked at.

    Notes
    -----
    Pearson's correlation, O(columns^2 * rows).

    Examples
    --------
    >>> x = np.arange(10.0)
    >>> print(alike({"cm": x, "inch": x / 2.54})[1])
    Columns 'cm' and 'inch' have a correlation of 1.00 and count twice; leave one out, or take ...
    """
    names = list(cells)[:MOST_COLUMNS]
    if len(names) < 2 or len(cells[names[0]]) < FEWEST:
        return (), ""
    rows = len(cells[names[0]])
    step = -(-rows // MOST_ROWS)
    table = np.column_stack([cells[name][::step] for name in names])
    strengths = correlations(table)
    first, second = np.nonzero(np.triu(np.abs(strengths) > LIMIT, 1))
    order = np.argsort(-np.abs(strengths[first, second]), kind="stable")
    if not len(order):
        return (), ""
    pairs = [(names[first[place]], names[second[place]]) for place in order[:SAID]]
    sizes = [float(strengths[first[place], second[place]]) for place in order[:SAID]]
    if len(order) == 1:
        said = (
            f"Columns '{cut(pairs[0][0])}' and '{cut(pairs[0][1])}' have a correlation of "
            f"{sizes[0]:.2f} and count twice; leave one out, or take principal components."
        )
    else:
        listed = ", ".join(
            f"'{cut(one)}' and '{cut(other)}' ({size:.2f})"
            for (one, other), size in zip(pairs, sizes, strict=True)
        )
        more = f" and {len(order) - SAID:,} more" if len(order) > SAID else ""
        said = (
            f"{len(order):,} pairs of columns have a correlation beyond 0.95 and count twice: "
            f"{listed}{more}; leave one of each out, or take principal components."
        )
    extra = []
    if step > 1:
        extra.append(f"seen on {len(table):,} of {rows:,} rows")
    if len(cells) > MOST_COLUMNS:
        extra.append(f"among the first {MOST_COLUMNS} of {len(cells):,} columns")
    if extra:
        told = ", ".join(extra)
        said += f" ({told[0].upper()}{told[1:]}.)"
    return tuple(dict.fromkeys(name for pair in pairs for name in pair)), said


def cut(name: str) -> str:
    """Cut a name to 40 characters on one line."""
    plain = " ".join(name[:200].split())
    return plain if len(plain) <= 40 else plain[:39] + "…"


def correlations(table: Floats) -> Floats:
    """Give the correlation of each pair of columns over the rows where both are finite."""
    present = np.isfinite(table)
    filled = np.where(present, table, np.nan)
    with np.errstate(all="ignore"):
        scale = np.maximum(np.nanmax(np.abs(np.where(present, table, 0.0)), axis=0), 1e-300)
        filled = filled / scale
        middle = np.where(present.any(axis=0), np.nansum(np.nan_to_num(filled), axis=0), 0.0)
        middle = middle / np.maximum(present.sum(axis=0), 1)
        x = np.where(present, filled - middle, 0.0)
        here = present.astype(np.float64)
        n = here.T @ here
        sums, squares = x.T @ here, (x * x).T @ here
        covariance = x.T @ x - sums * sums.T / n
        variance = squares - sums * sums / n
        strength = covariance / np.sqrt(variance * variance.T)
    strength[~np.isfinite(strength) | (n < FEWEST)] = 0.0
    return np.clip(strength, -1.0, 1.0)
