"""Small samples, each with a card that says what it shows and where it is from.

The CSV files beside this module are written by ``python -m sample_data``, from code
and fixed seeds alone. Three more samples come with scikit-learn and have no file, and
one of a million rows is drawn when it is asked for (`sample_data.large`).
"""

from dataclasses import dataclass
from pathlib import Path

__all__ = ["CARDS", "FOLDER", "TEXTS", "Card"]

FOLDER = Path(__file__).parent
"""Where the CSV files lie."""

OWN = "BSD-3-Clause, as the project"


@dataclass(frozen=True, slots=True)
class Card:
    """What there is to say about a data set before it is opened.

    Attributes
    ----------
    id : str
        How links name it.
    title : str
        How lists name it.
    shows : str
        What it is good for, in a sentence.
    origin : str
        Who made it, or how.
    licence : str
        Under which terms; empty where that is not known.
    rows, columns : int
        Its size; 0 where that is not known before reading.
    file : str
        Name of the CSV file in `FOLDER`; empty where there is none.
    """

    id: str
    title: str
    shows: str
    origin: str
    licence: str
    rows: int
    columns: int
    file: str = ""


def own(name: str, title: str, shows: str, origin: str, rows: int, columns: int) -> Card:
    """Give the card of a sample that is made here."""
    return Card(name, title, shows, origin, OWN, rows, columns, f"{name}.csv")


CARDS: tuple[Card, ...] = (
    own(
        "four-blobs",
        "Four blobs",
        "Four round groups of equal size, well apart: every method should find them.",
        "Drawn: four Gaussian clouds of 50 points.",
        200,
        3,
    ),
    own(
        "five-blobs",
        "Five blobs with outliers",
        "Five round groups and ten points that belong to none: who is disturbed by them?",
        "Drawn: five Gaussian clouds of 48 points, and 10 points anywhere around them.",
        250,
        3,
    ),
    own(
        "densities",
        "Unequal densities",
        "Two tight groups side by side and a wide one: no single distance fits all three.",
        "Drawn: three Gaussian clouds with spreads 0.25, 0.25 and 1.6.",
        400,
        3,
    ),
    own(
        "rings-moons",
        "Rings and moons",
        "Two rings and two moons: groups without a meaningful centre, where k-means fails.",
        "Drawn: two circles in one another beside two half circles, with a little noise.",
        500,
        3,
    ),
    own(
        "thousand-blobs",
        "Four blobs, a thousand points",
        "Four round groups that k-means finds at once: can learning the space make that better?",
        "Drawn: four Gaussian clouds of 250 points with a spread of 0.6, two of them near.",
        1000,
        3,
    ),
    own(
        "odd-shapes",
        "Odd shapes in noise",
        "Six shapes that no centre describes, and 700 points around them: what does density see?",
        "Drawn: a wave, a disc in a ring, two moons and a bent bar, in evenly spread noise.",
        8000,
        3,
    ),
    Card(
        "curve/spiral/500/0.5/2",
        "Spiral",
        "One line wound around itself: what is near along it, and what across the gap?",
        "Drawn when it is opened: the book's own example of agglomerative clustering.",
        OWN,
        500,
        3,
    ),
    own(
        "elongated",
        "Elongated",
        "Three parallel streaks: points of one group are farther apart than the groups are.",
        "Drawn: three Gaussian clouds, eight times as long as wide, turned by 40 degrees.",
        450,
        3,
    ),
    own(
        "uniform",
        "No structure",
        "Nothing to find: whatever groups a method reports here, it has invented.",
        "Drawn: equally likely everywhere in the unit square.",
        300,
        2,
    ),
    own(
        "customers",
        "Customers of a mall",
        "Ids, a text column and three numbers; five groups in income against spending score.",
        "Drawn: invented customers, of the layout of the well-known mall customer table.",
        200,
        5,
    ),
    own(
        "wholesale",
        "Clients of a wholesaler",
        "Six yearly spendings, very unequal, and a few giants: without a logarithm all are one.",
        "Drawn: log-normal spendings of invented hotels and shops, of the layout of the well-known "
        "wholesale table.",
        440,
        8,
    ),
    own(
        "orders-january",
        "Orders of a shop, January",
        "A row an order: what kinds of customers are behind them? On Customer mean-shift.",
        "Drawn: four kinds of invented customers, a month of orders, a few of them sent back.",
        1277,
        6,
    ),
    own(
        "orders-february",
        "Orders of a shop, February",
        "The same shop a month later: who has changed, who is new, who is gone?",
        "Drawn: as January, but 24 customers have changed their ways, 20 are new and 12 gone.",
        1243,
        6,
    ),
    own(
        "clients",
        "Clients, mixed and with gaps",
        "Numbers, words, dates, yes and no, and missing cells: which of them may count?",
        "Drawn: four invented kinds of clients of a telephone company; 5 % of the cells left out.",
        400,
        10,
    ),
    own(
        "messages",
        "Messages to a shop",
        "Sentences of five kinds of unequal size: can they be told apart by their words alone?",
        "Drawn: invented messages, put together from sentences of a shop's post; nine cells empty.",
        400,
        5,
    ),
    own(
        "towns",
        "Towns on a map",
        "Latitude and longitude, some on either side of the date line: what is a distance?",
        "Drawn: invented towns around eight places on the globe.",
        320,
        5,
    ),
    own(
        "wide",
        "Forty columns, five of them useful",
        "Three groups that only five of forty columns tell apart: the others drown them.",
        "Drawn: three Gaussian clouds in five columns, noise in thirty-five.",
        300,
        41,
    ),
    own(
        "unbalanced",
        "Unbalanced groups",
        "900, 80 and 20 points: methods that like equal groups cut the large one.",
        "Drawn: three Gaussian clouds of 900, 80 and 20 points.",
        1000,
        3,
    ),
    own(
        "nuisances",
        "Every nuisance at once",
        "Semicolons, decimal commas, an old encoding, a title, a footer, gaps, outliers: read it.",
        "Drawn: invented orders, written as an old office program would export them.",
        243,
        13,
    ),
    Card(
        "iris",
        "Iris",
        "Three species by four lengths; one stands apart, two run into one another.",
        "Fisher 1936, The use of multiple measurements in taxonomic problems; from scikit-learn.",
        "BSD-3-Clause (scikit-learn); the data: CC BY 4.0 (UCI repository)",
        150,
        5,
    ),
    Card(
        "wine",
        "Wine",
        "Three cultivars by thirteen measurements in very unequal units: scaling decides.",
        "Forina et al. 1988, UCI Wine recognition data; from scikit-learn.",
        "BSD-3-Clause (scikit-learn); the data: CC BY 4.0 (UCI repository)",
        178,
        14,
    ),
    Card(
        "digits",
        "Handwritten digits",
        "Ten digits as 8 x 8 grey pixels: 64 columns, a case for principal components.",
        "Alpaydin and Kaynak 1998, UCI Optical recognition of digits; from scikit-learn.",
        "BSD-3-Clause (scikit-learn); the data: CC BY 4.0 (UCI repository)",
        1797,
        65,
    ),
    Card(
        "large",
        "A million rows",
        "Twelve groups of very unequal size, two of which run together: what stays fast?",
        "Drawn when it is opened: twelve Gaussian clouds in eight columns.",
        OWN,
        1_000_000,
        9,
    ),
)

TEXTS: tuple[Card, ...] = (
    own(
        "reviews",
        "Short reviews",
        "Praise and complaint in one to three sentences: which words tell them apart?",
        "Made up from templates; nobody wrote them, and no shop is meant.",
        600,
        2,
    ),
    own(
        "reviews-zh",
        "Short reviews in Chinese",
        "Praise and complaint without blanks between the words: characters or words?",
        "Made up from templates; nobody wrote them, and no shop is meant.",
        600,
        2,
    ),
)
"""Texts with a label and nothing else, which only those pages offer that read words."""
