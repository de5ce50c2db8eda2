"""Samples of more than two columns of numbers: mixed types, places, many columns."""

import numpy as np
import pandas as pd

from clustering.data import shapes

__all__ = ["clients", "towns", "unbalanced", "wide"]

PLANS = ("basic", "family", "business", "prepaid")
TOWNS = (
    # country, latitude, longitude, spread in degrees
    ("Norway", 60.4, 5.3, 1.0),
    ("Portugal", 39.7, -8.4, 0.9),
    ("Kenya", -0.6, 36.9, 1.1),
    ("India", 15.3, 75.2, 1.4),
    ("Japan", 35.2, 137.1, 0.9),
    ("Fiji", -17.3, 179.6, 0.7),
    ("Chile", -36.8, -72.2, 1.0),
    ("Canada", 51.0, -114.2, 1.3),
)
ENDS = ("ford", "holm", "vale", "mouth", "stead", "bridge", "haven", "field")
STARTS = ("Al", "Bren", "Cor", "Dun", "El", "Fair", "Gar", "Hol", "Is", "Kin", "Lor", "Mar")


def clients() -> pd.DataFrame:
    """Four kinds of clients by numbers, words, dates, yes and no; some cells are missing."""
    random = np.random.default_rng(10)
    group = np.repeat(np.arange(4), [140, 120, 90, 50])
    n = len(group)
    age = random.normal(np.array([27, 43, 48, 66])[group], np.array([5, 6, 9, 7])[group])
    minutes = random.gamma(np.array([3, 6, 14, 2])[group], 30.0)
    bill = random.normal(np.array([18, 47, 92, 11])[group], np.array([4, 8, 17, 3])[group])
    shares = np.array([[7, 1, 0, 2], [1, 8, 1, 0], [0, 1, 9, 0], [2, 1, 0, 7]]) / 10
    plan = [PLANS[random.choice(4, p=shares[g])] for g in group]
    paper = random.random(n) < np.array([0.1, 0.4, 0.5, 0.9])[group]
    days = random.integers(0, np.array([700, 2400, 2900, 3600])[group])
    frame = pd.DataFrame(
        {
            "age": age.round().clip(18, 92).astype(np.int64),
            "minutes a month": minutes.round(1),
            "monthly bill": bill.clip(5, None).round(2),
            "calls to support": random.poisson(np.array([0.6, 1.4, 0.4, 2.6])[group]),
            "plan": plan,
            "payment": random.choice(["card", "transfer", "debit"], n, p=[0.5, 0.2, 0.3]),
            "paper bill": np.where(paper, "yes", "no"),
            "client since": (np.datetime64("2024-12-31") - days).astype(str),
        }
    )
    text = frame.astype("str")
    gaps = random.random(text.shape) < 0.05
    text = text.mask(gaps, "")
    text.insert(0, "client", [f"C-{i:04d}" for i in random.permutation(n) + 1])
    text["group"] = np.array(["young", "family", "business", "senior"])[group]
    return text.iloc[random.permutation(n)]


def towns() -> pd.DataFrame:
    """Forty invented towns around each of eight places; those of Fiji cross the date line."""
    random = np.random.default_rng(11)
    rows = []
    for country, latitude, longitude, spread in TOWNS:
        north = random.normal(latitude, spread, 40)
        east = random.normal(longitude, spread / np.cos(np.deg2rad(latitude)), 40)
        size = np.exp(random.normal(9.5, 1.1, 40)).round(-1).astype(np.int64)
        for place in range(40):
            start, end = random.choice(STARTS), random.choice(ENDS)
            rows.append(
                (
                    f"{start}{end}",
                    country,
                    round(float(north[place]), 4),
                    round(float((east[place] + 180) % 360 - 180), 4),
                    int(size[place]),
                )
            )
    frame = pd.DataFrame(rows, columns=["town", "country", "latitude", "longitude", "inhabitants"])
    return frame.iloc[random.permutation(len(frame))]


def wide() -> pd.DataFrame:
    """Three groups in five columns, hidden among thirty-five columns of noise."""
    random = np.random.default_rng(13)
    centers = random.normal(0.0, 2.2, size=(3, 5))
    points, groups = shapes.blobs(centers, sizes=[100] * 3, spreads=[1.0] * 3, seed=130)
    values = np.hstack([points, random.normal(0.0, 1.6, size=(300, 35))])
    places = random.permutation(40)
    frame = pd.DataFrame(
        values[:, places].round(3), columns=[f"v{place + 1:02d}" for place in range(40)]
    )
    frame["group"] = [chr(ord("A") + g) for g in groups]
    return frame.iloc[random.permutation(300)]


def unbalanced() -> pd.DataFrame:
    """Three groups of 900, 80 and 20 points."""
    points, groups = shapes.blobs(
        [[0.0, 0.0], [5.5, 1.0], [2.0, 5.0]], sizes=[900, 80, 20], spreads=[1.4, 0.6, 0.4], seed=14
    )
    frame = pd.DataFrame(points.round(2), columns=["x", "y"])
    frame["group"] = [chr(ord("A") + g) for g in groups]
    return frame.iloc[np.random.default_rng(140).permutation(1000)]
