"""Prices: from a file of share prices to companies whose moves can be compared.

Three layouts are common, and none says which it is: a workbook with a sheet for each symbol, a
long table (date, symbol, open, close), and a wide one (a column for each symbol). `read` finds
out by what the columns hold, and only then by their names. `moves` makes a Dataset of them, in
which each company is a point and each day a column; what had to be left out to get there stands
in its ``changes``.
"""

from clustering.data.prices.calendar import FEWEST
from clustering.data.prices.jumps import Jump, jumps
from clustering.data.prices.kept import Layout, Named, Prices, made, with_names
from clustering.data.prices.moves import GAPS, KINDS, Gaps, Kind, moves
from clustering.data.prices.names import names_from
from clustering.data.prices.opening import ENDINGS, read
from clustering.data.prices.samples import SAMPLES, sample

__all__ = [
    "ENDINGS",
    "FEWEST",
    "GAPS",
    "KINDS",
    "SAMPLES",
    "Gaps",
    "Jump",
    "Kind",
    "Layout",
    "Named",
    "Prices",
    "jumps",
    "made",
    "moves",
    "names_from",
    "read",
    "sample",
    "with_names",
]
