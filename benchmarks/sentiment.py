"""Sentiment of three sets of reviews by an LSTM, and by TF-IDF and logistic regression: accuracy.

``python -m benchmarks sentiment`` goes through the sets, ways and seeds, and writes one small file
a run into ``benchmarks/results/sentiment``; what has a file is not done again, so that it can be
ended and begun again at any time. The table of all files is ``benchmarks/results/sentiment.md``.

Each seed draws 80 % of either class as its training part; both ways learn on the same texts and
are judged on the same others. Nothing was tuned on the test part.

    --quick               400 texts of one set, two epochs, nothing is written
    --sample 2000         so many texts of each set, a table of its own
    --seeds 0 1 2         which seeds
    --sets sentences_en
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
from clustering.deep import sentiment
from clustering.deep.backend import device
from clustering.supervised import texts as words
from clustering.supervised.classes import majority
from clustering.supervised.reports import report

RESULTS = Path(__file__).parent / "results"
PLACE = Path(os.environ.get("CLUSTERLOOM_DATA", "../shared/data")) / "sentiment"
SETS = {
    "sentences_en": "3,000 sentences, English",
    "movie_reviews_en": "2,000 film reviews, English",
    "takeaway_reviews_zh": "11,987 takeaway reviews, Chinese",
}
WAYS = {
    "majority": "majority class",
    "tfidf": "TF-IDF and logistic regression",
    "lstm": "embedding and LSTM",
}
NETWORK: dict[str, Any] = {"epochs": 5}


def study(arguments: Sequence[str]) -> int:
    """Do what has no file yet, and write the table after each set."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks sentiment", description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--sets", nargs="+", choices=list(SETS), default=list(SETS))
    parser.add_argument("--ways", nargs="+", choices=list(WAYS), default=list(WAYS))
    parser.add_argument("--table", action="store_true")
    chosen = parser.parse_args(arguments)
    if chosen.quick:
        with TemporaryDirectory() as place:
            runs(Path(place) / "sentiment", "sentences_en", list(WAYS), 0, most=400, epochs=2)
            print(written(Path(place) / "sentiment"))
        return 0
    folder = RESULTS / ("sentiment" + (f"-{chosen.sample}" if chosen.sample else ""))
    if not chosen.table:
        for seed in chosen.seeds:
            for name in chosen.sets:
                runs(folder, name, chosen.ways, seed, most=chosen.sample)
                written(folder)
    print(written(folder))
    return 0


def runs(
    folder: Path, name: str, ways: Sequence[str], seed: int, *, most: int,
    epochs: int = NETWORK["epochs"],
) -> None:  # fmt: skip
    """Judge the texts of one set in every way, on the same parts."""
    texts = read(name, most)
    ground = sentiment.prepared(texts, seed=seed)
    for way in ways:
        once(
            folder,
            (name, way, seed),
            lambda way=way: judged(way, texts, ground, seed, epochs),  # type: ignore[misc]
        )


def read(name: str, most: int) -> sentiment.Texts:
    """Read a set, or a fixed choice of it."""
    frame = pd.read_csv(PLACE / f"{name}.csv", keep_default_na=False)
    if most and most < len(frame):
        chosen = np.random.default_rng(0).permutation(len(frame))[:most]
        frame = frame.iloc[np.sort(chosen)]
    return sentiment.Texts(
        texts=tuple(frame["text"].astype(str)),
        labels=frame["label"].to_numpy(dtype=np.int64),
        classes=("negative", "positive"),
        rows=np.arange(len(frame)),
        name=name,
    )


def judged(
    way: str, texts: sentiment.Texts, ground: sentiment.LabelledTexts, seed: int, epochs: int
) -> dict[str, Any]:
    """Learn and predict in one way."""
    extra: dict[str, Any] = {}
    if way == "lstm":
        trained = sentiment.fit(
            ground, seed=seed, report=Tell(f"lstm-{seed}"), **{**NETWORK, "epochs": epochs}
        )
        predicted = sentiment.answers(trained, ground).test_labels
        extra = {
            "seconds": trained.seconds,
            "device": device(),
            "settings": {**trained.settings, "vocabulary": "10,000", "length": "as proposed"},
            "words": len(ground.vocabulary.words),
            "length": ground.vocabulary.length,
        }
    elif way == "tfidf":
        train = [texts.texts[int(place)] for place in ground.train_places]
        test = [texts.texts[int(place)] for place in ground.test_places]
        guess = words.tfidf(train, ground.train_labels, test, classes=2)
        predicted, extra = guess.predicted, {"seconds": guess.seconds, "note": guess.note}
    else:
        predicted = majority(ground.train_labels, n=len(ground.test_labels), classes=2).predicted
    found = report(ground.test_labels, predicted, ground.classes)
    return {
        "accuracy": found.accuracy,
        "balanced": found.balanced_accuracy,
        "f1": found.macro[2],
        **extra,
    }


def written(folder: Path) -> str:
    """Write the table."""
    return table(
        folder,
        title="Sentiment of reviews: accuracy on a fifth that was not learned from",
        sets=SETS,
        ways=WAYS,
        measures={"accuracy": "accuracy", "balanced": "balanced accuracy", "f1": "F1, macro"},
        best=max,
    )
