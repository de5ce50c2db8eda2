"""A script opens a saved predictor in a fresh process and gives the same predictions."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from clustering.data.sequences import sample
from clustering.data.sequences.stream import Stream
from clustering.data.tables import read
from clustering.deep import (
    classifying,
    forecasting,
    labelled_series,
    labelled_stream,
    sentiment,
)
from clustering.deep.keeping_predictors import saved
from clustering.script import predictors

pytestmark = pytest.mark.neural

DRIVER = """
import json, os, runpy, sys
for folder in json.loads(sys.stdin.read()):
    os.chdir(folder)
    sys.argv = ["script.py"]
    runpy.run_path("script.py", run_name="__main__")
assert "clustering" not in sys.modules
"""

STEPS = np.arange(80.0)
SAID = "t,l\n" + "".join(f"{'好吃' if i % 2 else 'so bad'} {i},{i % 2}\n" for i in range(30))


def forecast():
    ground = forecasting.of_values(np.c_[np.sin(STEPS / 3), STEPS], window=6)
    found = forecasting.fit(ground, epochs=1, units=4)
    told, ahead = forecasting.predicted(found, ground), forecasting.ahead(found, ground, steps=3)
    meant = np.concatenate([told.train, told.test, ahead.values])
    script = predictors.forecast_script(ground, steps=3)
    return found, script, "series.npz", predictors.forecast_npz(ground), meant, "prediction"


def of_windows():
    kinds = pd.DataFrame({"kind": np.where(np.sin(STEPS / 3) > 0, "=up", "down")})
    values = np.c_[np.sin(STEPS / 3), np.cos(STEPS / 3)]
    source = labelled_stream.of_stream(Stream(STEPS, values, ("a", "b"), kinds), "kind")
    ground = labelled_stream.windowed(source, window=4, stride=2, label="most")
    return classes(source, ground)


def of_series():
    source = sample("sensor-events").part(range(24))
    return classes(source, labelled_series.of_series(source, scaling="series"))


def classes(source, ground):
    found = classifying.fit(ground, epochs=1, units=4, layers=1)
    told = classifying.answers(found, ground)
    meant = np.concatenate([told.train, told.test])[:, 0]
    content = predictors.classes_npz(source, ground)
    column = f"probability of {ground.classes[0]}"
    return found, predictors.classes_script(ground), "series.npz", content, meant, column


def of_texts():
    texts = sentiment.of_table(read(SAID.encode(), "said.csv"), text="t", label="l")
    ground = sentiment.prepared(texts, by="words", most=12)
    found = sentiment.fit(ground, epochs=1, units=4)
    told = sentiment.answers(found, ground)
    meant = np.concatenate([told.train, told.test])[:, 1]
    content = predictors.texts_json(texts, ground)
    script = predictors.sentiment_script(ground)
    return found, script, "texts.json", content, meant, "probability of 1"


CASES = {
    "forecast": forecast, "windows": of_windows, "series": of_series, "texts": of_texts,
}  # fmt: skip


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory):
    """Run all scripts in one fresh process, each in a folder of its own, without arguments."""
    root = tmp_path_factory.mktemp("predictors")
    cases = {name: make() for name, make in CASES.items()}
    for name, (found, script, file, content, _, _) in cases.items():
        folder = root / name
        folder.mkdir()
        (folder / "script.py").write_text(script, "utf-8")
        (folder / file).write_bytes(content)
        (folder / "model.keras").write_bytes(saved(found))
    done = subprocess.run(
        [sys.executable, "-c", DRIVER],
        input=json.dumps([str(root / name) for name in cases]),
        cwd=root, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return {
        name: (pd.read_csv(Path(root, name, "predictions.csv"), encoding="utf-8-sig"), case)
        for name, case in cases.items()
    }


@pytest.mark.parametrize("name", CASES)
def test_a_script_gives_the_same_predictions(name, ran):
    table, (*_, meant, column) = ran[name]
    assert np.allclose(table[column], meant, rtol=1e-6, atol=1e-9)
    assert {"training", "test"} <= set(table["part"])


def test_a_class_that_reads_as_a_formula_is_made_harmless(ran):
    assert set(ran["windows"][0]["class"]) == {"'=up", "down"}
