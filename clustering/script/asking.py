"""Asking: what the scripts of all predictors share, from their arguments to the file they write."""

import io
from typing import Any

import numpy as np

from clustering.deep.model import BLOCK
from clustering.script.neural import backend
from clustering.script.program import FORMULA, assembled
from clustering.snippets import block, listing

__all__ = ["answered", "asked", "opening", "packed", "program", "written"]

OPENING = """{what}, told again by a trained network with public packages alone.

    python this_script.py [DATA [PREDICTIONS [MODEL]]]

reads DATA ({data} where it is not said, as the page stores it) and MODEL (model.keras), and
writes PREDICTIONS (predictions.csv). The same predictions are sure with the versions that gave
them:
{{versions}}."""


def opening(data: str) -> list[str]:
    """Set the paths."""
    return [
        block(
            "Where the data and the network are, and where predictions go.",
            "import sys",
            f"paths = sys.argv[1:] + [{data!r}, 'predictions.csv', 'model.keras'][len(sys.argv) "
            "- 1 :]",
            "data_path, predictions_path, model_path = paths",
        )
    ]


def asked() -> str:
    """Open the network and ask it."""
    return block(
        "What the network answers. Safe mode runs no code that is in a file.",
        "import keras",
        "network = keras.saving.load_model(model_path, compile=False, safe_mode=True)",
        "",
        "",
        "def asked(inputs):",
        "    inputs = np.asarray(inputs, dtype=np.float32)",
        f"    blocks = [inputs[begin : begin + {BLOCK}] for begin in range(0, len(inputs), "
        f"{BLOCK})]",
        "    return np.concatenate([network.predict_on_batch(each) for each in blocks])"
        ".astype(float)",
        "",
    )


def answered(classes: tuple[str, ...]) -> list[str]:
    """Set `table` from `points`, `labels` and `test`."""
    return [
        block(
            "A probability for each class; the likeliest is what is predicted.",
            "import pandas as pd",
            f"classes = np.array({listing(classes)})",
            "probabilities = asked(points)",
            "predicted = probabilities.argmax(axis=1)",
            "for part, mine in (('training', ~test), ('test', test)):",
            "    right = (predicted == labels)[mine].mean()",
            "    print(f'accuracy, {part} part: {right:.4f}')",
            "table = pd.DataFrame({",
            "    'part': np.where(test, 'test', 'training'), 'class': classes[labels],",
            "    'predicted': classes[predicted],",
            "})",
            "for place, name in enumerate(classes):",
            "    table[f'probability of {name}'] = probabilities[:, place]",
        )
    ]


def written() -> str:
    """Write `table`."""
    return block(
        "Home again; text that a spreadsheet would run as a formula gets an apostrophe in front.",
        f'formula = r"{FORMULA}"',
        r"""table = table.replace(formula, r"'\g<0>", regex=True)""",
        "table.to_csv(predictions_path, index=False, encoding='utf-8-sig')",
    )


def program(what: str, data: str, parts: list[str]) -> str:
    """Put the parts of a script together."""
    return assembled(
        OPENING.format(what=what, data=data), parts, packages=["pandas", "keras", *backend()]
    )


def packed(**arrays: Any) -> bytes:
    """Pack arrays without a pickle."""
    held = io.BytesIO()
    np.savez_compressed(held, allow_pickle=False, **arrays)
    return held.getvalue()
