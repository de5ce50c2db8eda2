"""The sample with every nuisance at once, as an old office program would export it.

What is wrong with it, on purpose: a title above the names and a sum below the rows,
semicolons, decimal commas and grouped thousands, Windows-1252, order numbers with leading
zeros, a column that never differs and one that is empty, weights given twice in two
units, four ways to say that a cell is missing, days before months, per cent and
currency signs, three rows entered twice, and two amounts with a slipped comma.
"""

import numpy as np

__all__ = ["nuisances"]

NAMES = (
    "Auftrag", "Datum", "Land", "Filiale", "Währung", "Betrag", "Rabatt", "Gewicht (kg)",
    "Gewicht (g)", "Stück", "Express", "Bemerkung", "Notizfeld",
)  # fmt: skip
COUNTRIES = ("Österreich", "Schweiz", "Dänemark", "Frankreich")
REMARKS = (
    "Lieferung an die Rückseite; bitte klingeln",
    'Kunde wünscht "neutrale" Verpackung',
    "Rechnung getrennt senden",
    "Ware zerbrechlich, nicht stapeln",
)
GAPS = ("", "NA", "-", "?")


def nuisances() -> bytes:
    """Write two hundred and forty orders in three kinds, three of them twice."""
    random = np.random.default_rng(15)
    group = np.repeat(np.arange(3), 80)[random.permutation(240)]
    rows = []
    for place, kind in enumerate(group):
        weight = float(np.exp(random.normal((0.3, 1.6, 2.9)[kind], 0.35)))
        amount = float(np.exp(random.normal((3.6, 5.4, 7.6)[kind], 0.3)))
        if place in (40, 171):
            amount *= 100_000
        day = np.datetime64("2023-01-01") + int(random.integers(0, 365))
        year, month, date = str(day).split("-")
        cells = [
            f"{4000 + 7 * place:07d}",
            f"{date}.{month}.{year}",
            COUNTRIES[int(random.integers(0, 4))],
            str((101, 205, 340)[int(random.integers(0, 3))]),
            "EUR",
            german(amount, 2) + " €",
            german(float(random.choice([0, 2.5, 5, 7.5])), 1) + " %",
            german(weight, 3),
            german(1000 * weight, 0),
            str(int(random.poisson((2, 6, 15)[kind]) + 1)),
            ("nein", "ja")[int(random.random() < (0.7, 0.3, 0.1)[kind])],
            REMARKS[int(random.integers(0, 4))] + f" ({place})" if random.random() < 0.5 else "",
            "",
        ]
        for column in (5, 6, 9):
            if random.random() < 0.04:
                cells[column] = GAPS[int(random.integers(0, 4))]
        rows.append(cells)
    rows += [rows[11], rows[93], rows[200]]
    lines = ["Auswertung der Aufträge 2023", "", ";".join(NAMES)]
    lines += [";".join(quoted(cell) for cell in cells) for cells in rows]
    lines += ["", f"Summe: {len(rows)} Zeilen"]
    return ("\r\n".join(lines) + "\r\n").encode("windows-1252")


def german(value: float, digits: int) -> str:
    """Write a number with a decimal comma and points between thousands."""
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))


def quoted(cell: str) -> str:
    """Put a cell into quotes where it holds what would end it."""
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set(';"') else cell
