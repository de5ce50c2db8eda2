"""The Export tab of the stocks page: who is in which cluster, and a script that finds it again."""

from functools import partial

import numpy as np
import pandas as pd

from clustering.script import prices as writing
from dashboard import ui
from dashboard.applications.stocks import parts, stability, words
from dashboard.applications.stocks.parts import Here

__all__ = ["export", "labelled"]


def labelled(here: Here) -> pd.DataFrame:
    """Give a row a company: symbol, name, what is known of it, cluster, and whether it stands."""
    ground, partition = here.ground, here.partition
    frame = pd.DataFrame({"symbol": list(ground.symbols), "company": list(ground.names)})
    if ground.sectors:
        frame["sector"] = list(ground.sectors)
    sure = stability.confidence(here)
    if sure is not None:
        frame["confidence"] = sure
    frame["cluster"] = partition.labels + 1
    exemplars = () if partition.exemplars is None else partition.exemplars
    frame["exemplar"] = np.isin(np.arange(ground.dataset.n), exemplars)
    return frame


def export(here: Here, name: str, *, own: bool) -> None:
    """Offer labels, script and chart."""
    ground, chosen = here.ground, here.ground.chosen
    frame = labelled(here)
    with ui.explained():
        text = writing.price_script(
            ground.prices, ground.dataset, here.partition, kind=chosen.kind, begin=chosen.begin,
            end=chosen.end,
        )  # fmt: skip
    more = []
    if own:
        more.append(
            ui.Carried(
                "The data it reads", partial(writing.prices_csv, ground.prices), "prices.csv",
                "text/csv",
            )
        )  # fmt: skip
    if "confidence" not in frame:
        ui.note("Open Stability once, and the confidence of each company goes along.")
    clusters = f"{here.partition.k} {'cluster' if here.partition.k == 1 else 'clusters'}"
    ui.carry_away(
        frame, lambda: frame, text, partial(parts.draw, here), key="st",
        stem=f"{ui.stem_of(name)}_affinity",
        heading=f"{name}: affinity propagation, {clusters}. {words.caption(here)}",
        joined="a row a company", more=more,
    )  # fmt: skip
