"""Forecasts of four series by an LSTM, and by what needs no network: errors on the test part.

``python -m benchmarks forecasts`` goes through the series, ways and seeds, and writes one small
file a run into ``benchmarks/results/forecasts``; what has a file is not done again, so that it can
be ended and begun again at any time. The table of all files is ``benchmarks/results/forecasts.md``.

The first 80 % of each series are the training part. Every way looks one step ahead over the last
20 %, with what it learned on the training part. The LSTM is run as the page offers it, and with a
window of a whole period; nothing was tuned on the test part.

    --quick               one series, two epochs, nothing is written
    --sample 300          only the last steps of each series, a table of its own
    --seeds 0 1 2         which seeds of the networks
    --series airline_passengers
    --table               only write the table anew
"""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd

from benchmarks._supervised_table import Tell, once, table
from clustering.dataset import Floats
from clustering.deep import forecasting
from clustering.deep.backend import device
from clustering.supervised import forecasts

RESULTS = Path(__file__).parent / "results"
PLACE = Path(os.environ.get("CLUSTERLOOM_DATA", "../shared/data")) / "timeseries"
SERIES = {
    "airline_passengers": "airline passengers, monthly",
    "daily_female_births": "births, daily",
    "daily_min_temperatures": "lowest temperature, daily",
    "sunspots_monthly": "sunspots, monthly",
}
WAYS = {
    "naive": "naive",
    "seasonal": "seasonal naive",
    "arima": "ARIMA",
    "lstm": "LSTM, window 10",
    "lstm_period": "LSTM, window of a period",
}
SHARE = 0.8
NETWORK: dict[str, Any] = {"layers": 2, "units": 32, "epochs": 30}
WIDEST = 48
"""Longest window of a period: an LSTM takes one step after another."""


def study(arguments: Sequence[str]) -> int:
    """Do what has no file yet, and write the table after each series."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks forecasts", description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--series", nargs="+", choices=list(SERIES), default=list(SERIES))
    parser.add_argument("--ways", nargs="+", choices=list(WAYS), default=list(WAYS))
    parser.add_argument("--table", action="store_true")
    chosen = parser.parse_args(arguments)
    if chosen.quick:
        with TemporaryDirectory() as place:
            ways = [way for way in WAYS if way != "lstm_period"]
            runs(Path(place) / "forecasts", "airline_passengers", ways, [0], most=0, epochs=2)
            print(written(Path(place) / "forecasts"))
        return 0
    folder = RESULTS / ("forecasts" + (f"-{chosen.sample}" if chosen.sample else ""))
    if not chosen.table:
        for name in chosen.series:
            runs(folder, name, chosen.ways, chosen.seeds, most=chosen.sample)
            written(folder)
    print(written(folder))
    return 0


def runs(
    folder: Path, name: str, ways: Sequence[str], seeds: Sequence[int], *, most: int,
    epochs: int = NETWORK["epochs"],
) -> None:  # fmt: skip
    """Forecast one series in every way."""
    values = pd.read_csv(PLACE / f"{name}.csv")["value"].to_numpy(dtype=np.float64)[-most:]
    seam = forecasting.of_values(values, share=SHARE).seam
    for way in ways:
        if not way.startswith("lstm"):
            once(folder, (name, way, 0), lambda way=way: plain(way, values, seam))  # type: ignore[misc]
            continue
        for seed in seeds:
            once(
                folder,
                (name, way, seed),
                lambda way=way, seed=seed: network(way, values, seam, seed, epochs),  # type: ignore[misc]
            )


def plain(way: str, values: Floats, seam: int) -> dict[str, Any]:
    """Forecast without a network."""
    title = {"naive": "naive", "seasonal": "seasonal naive", "arima": "ARIMA"}[way]
    (found,) = forecasts.compared(values, n_train=seam, ways=[title], report=Tell(title))
    return {
        "rmse_test": found.rmse_test,
        "rmse_train": found.rmse_train,
        "seconds": found.seconds,
        "note": found.note,
    }


def network(way: str, values: Floats, seam: int, seed: int, epochs: int) -> dict[str, Any]:
    """Forecast by an LSTM."""
    window = 10
    if way == "lstm_period":
        window = min(max(forecasts.period_of(values[:seam]), 2), WIDEST)
    ground = forecasting.of_values(values, window=window, share=SHARE)
    settings = {**NETWORK, "epochs": epochs}
    trained = forecasting.fit(ground, seed=seed, report=Tell(f"{way}-{seed}"), **settings)
    found = forecasting.predicted(trained, ground)
    return {
        "rmse_test": found.rmse_test,
        "rmse_train": found.rmse_train,
        "seconds": trained.seconds,
        "window": window,
        "device": device(),
        "settings": {**trained.settings, "window": "10" if way == "lstm" else "a period"},
    }


def written(folder: Path) -> str:
    """Write the table."""
    return table(
        folder,
        title="Root of the mean squared error one step ahead",
        sets=SERIES,
        ways=WAYS,
        measures={"rmse_test": "test", "rmse_train": "training"},
        best=min,
    )
