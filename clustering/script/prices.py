"""Script, prices: the way from a file of prices to clusters of companies, as plain lines.

The rules by which companies are left out are not repeated; their outcome is: the symbols that
were compared stand in the script, and so do the prices that jumped. What is computed of them is
computed again.
"""

import numpy as np
import pandas as pd

from clustering.affinity import in_python
from clustering.data.prices import Gaps, Kind, Prices, jumps
from clustering.dataset import Dataset
from clustering.errors import DataError
from clustering.partition import Partition
from clustering.script.price_frames import frames, read
from clustering.script.program import assembled
from clustering.snippets import block, enclosed, listing

__all__ = ["price_script", "prices_csv"]

OPENING = """Companies that move together, found again with public packages alone.

    python this_script.py [PRICES [LABELS]]

writes LABELS (labels.csv where it is not said): each company with its cluster and whether it
is the exemplar. The same clusters are sure with the versions that gave them:
{versions}."""


def price_script(
    prices: Prices,
    dataset: Dataset,
    partition: Partition,
    *,
    kind: Kind = "close - open",
    begin: object = None,
    end: object = None,
    gaps: Gaps = "shared days",
) -> str:
    """Write a program that finds the same clusters in the user's file.

    Parameters
    ----------
    prices : Prices
        As they were read. Of the project's own sample the program reads what `prices_csv` gives.
    dataset : Dataset
        What `prices.moves` made of them.
    partition : Partition
        What `affinity.fit` said about it.
    kind, begin, end, gaps
        As `prices.moves` had them.

    Returns
    -------
    str
        A program of public packages.

    Raises
    ------
    DataError
        Where dataset and partition do not belong together.
    UnsupportedError
        Where the sheets of a workbook begin in different rows.
    """
    if not np.array_equal(dataset.rows, partition.rows) or dataset.features is None:
        raise DataError("This result belongs to other data; compute it again.")
    symbols = [str(symbol) for symbol in dataset.features["symbol"]]
    opened = prices.open is not None
    blocks = [
        "import pandas as pd",
        *read(prices),
        *frames(prices, opened),
        _days(symbols, begin, end, kind, gaps, opened),
        _moves(prices, symbols, kind),
        in_python(partition.parameters, weights="", distances=""),
        _home(prices, symbols),
    ]
    book = prices.layout.table is not None and prices.layout.table.reading.format == "book"
    return assembled(OPENING, blocks, packages=["pandas", *(["python-calamine"] if book else [])])


def prices_csv(prices: Prices) -> bytes:
    """Write prices as a long table: symbol, date, open where it is known, close.

    Examples
    --------
    >>> close = pd.DataFrame({"F": [8.0, np.nan]}, pd.to_datetime(["2005-01-03", "2005-01-04"]))
    >>> prices_csv(Prices(None, close)).decode().split()
    ['symbol,date,close', 'F,2005-01-03,8.0']
    """
    fields = {"open": prices.open} if prices.open is not None else {}
    fields["close"] = prices.close
    long = pd.concat(
        {field: frame.T.stack() for field, frame in fields.items()}, axis=1
    ).reset_index(names=["symbol", "date"])
    text: str = long.dropna(subset=list(fields), how="all").to_csv(index=False, lineterminator="\n")
    return text.encode()


def _days(
    symbols: list[str], begin: object, end: object, kind: Kind, gaps: Gaps, opened: bool
) -> str:
    """Write which companies and days are compared."""
    within = [
        f"last.index {sign} pd.Timestamp({str(pd.Timestamp(day).date())!r})"  # type: ignore[arg-type]
        for sign, day in ((">=", begin), ("<=", end))
        if day is not None
    ]
    lines = [f"symbols = {listing(symbols)}"]
    if within:
        cut = " & ".join(f"({each})" for each in within) if len(within) > 1 else within[0]
        lines.append(f"inside = {cut}")
        lines.append("last = last.loc[inside]")
        lines += ["first = first.loc[inside]"] if opened else []
    lines.append(
        "known = last.notna() & first.notna()" if kind == "close - open" else "known = last.notna()"
    )
    lines.append("known = known.loc[known.loc[:, known.any()].mean(axis=1) >= 0.5]")
    shared = "known.index[known[symbols].all(axis=1)]" if gaps == "shared days" else "known.index"
    lines.append(f"shared = {shared}")
    return block(
        "The companies that are compared, and the days: those on which at least half of all have "
        + ("prices, and each of these." if gaps == "shared days" else "prices."),
        *lines,
    )


def _moves(prices: Prices, symbols: list[str], kind: Kind) -> str:
    """Write the moves, in standard deviations."""
    found = [jump for jump in jumps(prices) if jump.symbol in set(symbols)]
    scaled = [
        "values = moves.to_numpy()",
        "points = np.ascontiguousarray((values / values.std(axis=0)).T)",
    ]
    if kind == "close - open":
        lines = ["moves = (last - first).loc[shared, symbols].fillna(0.0)"]
        inside = [jump for jump in found if jump.within]
        for jump in inside:
            day = f"pd.Timestamp({str(jump.day.date())!r})"
            lines.append(f"moves.loc[moves.index == {day}, {jump.symbol!r}] = 0.0")
        why = "Close minus open, in standard deviations of each company."
        return block(why + (" Prices that jump within a day do not count." if inside else ""),
                     *lines, *scaled)  # fmt: skip
    lines = ["level = np.log(last[symbols])"]
    if found:
        each = [f"({str(jump.day.date())!r}, {jump.symbol!r}, {jump.within})" for jump in found]
        lines += [
            f"jumps = {enclosed('[', each, ']')}",
            "for day, symbol, within in jumps:",
            "    day = pd.Timestamp(day)",
            "    if day not in level.index:",
            "        continue",
            "    before = last[symbol].loc[:day].dropna()",
            "    if len(before) < 2:",
            "        continue",
            "    apart = np.log(before.iloc[-1] / before.iloc[-2])",
        ]
        if prices.open is not None:
            lines += [
                "    if not within and first.loc[day, symbol] > 0:",
                "        apart -= np.log(before.iloc[-1] / first.loc[day, symbol])",
            ]
        lines.append("    level.loc[level.index >= day, symbol] -= apart")
    lines += [
        "level = level.loc[(level.index >= shared[0]) & (level.index <= shared[-1])]",
        "moves = level.ffill().loc[shared].diff().iloc[1:].fillna(0.0)",
    ]
    why = "Logarithms of close over the close before, in standard deviations of each company."
    return block(why + (" What jumped over night, as at a split, does not count." if found else ""),
                 *lines, *scaled)  # fmt: skip


def _home(prices: Prices, symbols: list[str]) -> str:
    """Write the labels beside the companies."""
    names = {symbol: prices.names[symbol] for symbol in symbols if symbol in prices.names}
    called = enclosed("{", [f"{symbol!r}: {name!r}" for symbol, name in names.items()], "}")
    return block(
        "Clusters are numbered from 1; 0 is none.",
        f"names = {called}",
        "companies = [names.get(symbol, symbol) for symbol in symbols]",
        "found = pd.DataFrame({'symbol': symbols, 'company': companies, 'cluster': labels + 1})",
        "found['exemplar'] = np.isin(np.arange(len(symbols)), exemplars)",
        "for number, members in found.groupby('cluster')['company']:",
        "    print(f'Cluster {number} --> {\", \".join(members)}')",
        "found.to_csv(labels_path, index=False, encoding='utf-8-sig')",
    )
