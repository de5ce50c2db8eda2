"""Script, sentiment: texts, and the label that a trained network gives each."""

import json

import numpy as np

from clustering.deep.texts import LabelledTexts, Texts
from clustering.deep.vocabulary import FIRST, UNKNOWN, WORD
from clustering.script.asking import answered, asked, opening, program, written
from clustering.snippets import block

__all__ = ["sentiment_script", "texts_json"]

TEXTS = "texts.json"


def texts_json(texts: Texts, ground: LabelledTexts) -> bytes:
    """Write texts as the file that `sentiment_script` reads.

    Parameters
    ----------
    texts : Texts
        What `ground` was made of.
    ground : LabelledTexts
        What the network was trained on.

    Returns
    -------
    bytes
        JSON: ``texts``, ``labels``, ``rows`` and ``test``, the training part first.
    """
    places = np.concatenate([ground.train_places, ground.test_places])
    told = {
        "texts": [texts.texts[place] for place in places],
        "labels": texts.labels[places].tolist(),
        "rows": texts.rows[places].tolist(),
        "test": (np.arange(len(places)) >= ground.n).tolist(),
    }
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")


def sentiment_script(ground: LabelledTexts) -> str:
    """Write a Python program that gives the same labels from the saved network.

    Parameters
    ----------
    ground : LabelledTexts
        What the network was trained on.

    Returns
    -------
    str
        A program whose arguments are the file of `texts_json`, the CSV to write and the network.
        The CSV has columns ``row``, ``part``, ``class``, ``predicted`` and a probability for each
        label.
    """
    vocabulary = ground.vocabulary
    cut = {
        "words": ["import re", f"word = re.compile({WORD.pattern!r})"],
        "characters": [],
        "jieba": ["import jieba"],
    }[vocabulary.by]
    cutting = {
        "words": "word.findall(text)",
        "characters": "[sign for sign in text if not sign.isspace()]",
        "jieba": "[word for word in jieba.lcut(text) if not word.isspace()]",
    }[vocabulary.by]
    parts = [
        *opening(TEXTS),
        block(
            "Texts as the page stored them, cut into words or characters.",
            *cut,
            "import json",
            "from unicodedata import normalize",
            "with open(data_path, encoding='utf-8') as file:",
            "    told = json.load(file)",
            "labels, rows, test = (np.array(told[name]) for name in ('labels', 'rows', 'test'))",
            "small = [normalize('NFC', text.lower()) for text in told['texts']]",
            f"pieces = [{cutting} for text in small]",
        ),
        block(
            f"The most frequent of the training part get numbers from {FIRST}; {UNKNOWN} is any "
            "other, 0 stands behind the end.",
            "from collections import Counter",
            "counts = Counter(each for found, out in zip(pieces, test) if not out for each in "
            "found)",
            "ordered = sorted(counts, key=lambda each: (-counts[each], each))",
            f"numbers = {{each: place for place, each in enumerate(ordered[:"
            f"{len(vocabulary.words)}], {FIRST})}}",
            f"points = np.zeros((len(pieces), {vocabulary.length}), dtype=np.int32)",
            "for row, found in zip(points, pieces):",
            f"    read = [numbers.get(each, {UNKNOWN}) for each in found[:{vocabulary.length}]]",
            "    row[: len(read)] = read",
        ),
        asked(),
        *answered(ground.classes),
        block("Rows of the table, from 1.", "table.insert(0, 'row', rows + 1)"),
        written(),
    ]
    return program("Labels of texts", TEXTS, parts)
