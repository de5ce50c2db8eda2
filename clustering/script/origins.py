"""Origins: where the points came from that a network was trained on, and the way to them again.

Each kind of data sets `points` and `rows` in a script, from the user's own file or, for images,
also from a file that holds the images as the page had them.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from clustering.data.image_sets import ImageSet, Part
from clustering.data.preparation import Choices, fit
from clustering.data.tables import Table
from clustering.data.texts import PATTERN
from clustering.dataset import Dataset
from clustering.script.orders import order_blocks
from clustering.script.preparation import preparation_blocks, weighted
from clustering.script.program import home
from clustering.script.reading import reading_blocks
from clustering.script.sequences import FromSequences, sequence_blocks
from clustering.script.sequences import home as home_of_series
from clustering.snippets import block, call

__all__ = ["FromImages", "FromSequences", "FromTable", "FromTexts", "Origin", "images_npz"]

FEW = 10  # texts, below which any word counts: see `data.texts`


@dataclass(frozen=True, eq=False, slots=True)
class FromTable:
    """A prepared table.

    Attributes
    ----------
    table : Table
        As it was read.
    choices : Choices
        How it was made ready.
    dataset : Dataset, optional
        What these choices made of it, where it is at hand.
    """

    table: Table
    choices: Choices
    dataset: Dataset | None = None


@dataclass(frozen=True, eq=False, slots=True)
class FromTexts:
    """A column of texts.

    Attributes
    ----------
    table : Table
        As it was read.
    column : str
        The column of texts.
    options : mapping of str to value
        What `data.texts.tfidf` was told beyond that.
    """

    table: Table
    column: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, slots=True)
class FromImages:
    """A part of an image set.

    Attributes
    ----------
    images : ImageSet
        The set.
    part : {"train", "test", "all"}
        Which of its images.
    most : int, optional
        How many of them were drawn; all where left out.
    seed : int
        Of the draw.
    """

    images: ImageSet
    part: Part = "train"
    most: int | None = None
    seed: int = 0


Origin = FromTable | FromTexts | FromImages | FromSequences
"""Any of them."""


def images_npz(images: ImageSet) -> bytes:
    """Write an image set as the file that a script reads.

    Parameters
    ----------
    images : ImageSet
        The set.

    Returns
    -------
    bytes
        NPZ with ``pixels`` (n, h, w) or (n, h, w, 3), uint8, and ``test`` (n,), bool.

    Examples
    --------
    >>> from clustering.data.image_sets import sample
    >>> with np.load(io.BytesIO(images_npz(sample("digits")))) as file:
    ...     file["pixels"].shape
    (1797, 8, 8)
    """
    held = io.BytesIO()
    np.savez_compressed(held, pixels=images.pixels, test=images.test)
    return held.getvalue()


def blocks_of(origin: Origin) -> tuple[list[str], str]:
    """Write how `points` and `rows` are made again.

    Returns
    -------
    blocks : list of str
        Code; it also sets `labels_path`.
    weights : str
        What the script calls the weights of the points; empty where all count the same, ``"?"``
        where they have weights that the script does not make.
    """
    if isinstance(origin, FromImages):
        return _images(origin), ""
    if isinstance(origin, FromSequences):
        return sequence_blocks(origin), ""
    if isinstance(origin, FromTexts):
        return _texts(origin), "?" if origin.options.get("by") else ""
    table, choices, dataset = origin.table, origin.choices, origin.dataset
    columns = (
        fit(table, choices).columns
        if dataset is None or dataset.features is None
        else tuple(map(str, dataset.features.columns))
    )
    steps, _ = preparation_blocks(table, choices, columns)
    opening = [*reading_blocks(table.log or table), *order_blocks(table)]
    pandas = "import re\nimport pandas as pd"
    return [pandas, *opening, *steps], "weights" if weighted(choices) else ""


def home_of(origin: Origin) -> str:
    """Write how `labels` are written beside what they belong to."""
    if isinstance(origin, FromImages):
        return block(
            "Clusters are numbered from 1, and so are the images of the set.",
            "import pandas as pd",
            "table = pd.DataFrame({'image': rows + 1, 'cluster': labels + 1})",
            "print(table['cluster'].value_counts().sort_index())",
            "table.to_csv(labels_path, index=False)",
        )
    if isinstance(origin, FromSequences):
        return home_of_series(origin)
    return home(origin.table)


def arguments_of(origin: Origin) -> tuple[str, int]:
    """Give the arguments of a script before that of its model, and how many they are."""
    if isinstance(origin, FromImages):
        return "IMAGES LABELS", 2
    if isinstance(origin, FromSequences):
        return "SERIES LABELS", 2
    return ("LABELS", 1) if origin.table.reading.format == "sample" else ("TABLE LABELS", 2)


def _images(origin: FromImages) -> list[str]:
    """Read images and take the part that was used."""
    name = origin.images.name if origin.images.name.lower().endswith(".npz") else "images.npz"
    among = {"train": "~test", "test": "test", "all": "test | ~test"}[origin.part]
    lines = [
        "with np.load(images_path, allow_pickle=False) as file:",
        "    if 'x_train' in file:",
        "        pixels = np.concatenate([file['x_train'], file['x_test']])",
        "        test = np.arange(len(pixels)) >= len(file['x_train'])",
        "    else:",
        "        pixels, test = file['pixels'], file['test']",
        "if pixels.dtype != np.uint8:",
        "    sys.exit('These are no pixels from 0 to 255; take the images that the page offers.')",
        f"rows = np.flatnonzero({among})",
    ]
    if origin.most is not None:
        lines += [
            f"if len(rows) > {origin.most}:",
            f"    random = np.random.default_rng({origin.seed})",
            f"    rows = np.sort(random.choice(rows, {origin.most}, replace=False))",
        ]
    return [
        block(
            "Where the images are, and where their labels go.",
            f"images_path = sys.argv[1] if len(sys.argv) > 1 else {name!r}",
            "labels_path = sys.argv[2] if len(sys.argv) > 2 else 'labels.csv'",
        ),
        block(
            "Images as MNIST is stored, or as the page stored them; a number from 0 to 1 for "
            "each pixel.",
            *lines,
            "points = pixels[rows].reshape(len(rows), -1) / 255.0",
        ),
    ]


def _texts(origin: FromTexts) -> list[str]:
    """Read the texts and count their words."""
    told = {"most": 2_000, "min_df": 2, "max_df": 0.5, **origin.options}
    reader = call(
        "TfidfVectorizer",
        token_pattern=repr(PATTERN),
        sublinear_tf="True",
        max_features=repr(told["most"]),
        min_df=f"{told['min_df']!r} if len(places) >= {FEW} else 1",
        max_df=repr(told["max_df"]),
    )
    return [
        "import re\nimport pandas as pd",
        *reading_blocks(origin.table),
        block(
            "TF-IDF of the words in each text; rows without any of the words are left out.",
            "from sklearn.feature_extraction.text import TfidfVectorizer",
            f"texts = table[{origin.column!r}].fillna('').astype(str)",
            r"places = np.flatnonzero(texts.str.contains(r'\S'))",
            f"reader = {reader}",
            "points = reader.fit_transform(texts.iloc[places]).toarray()",
            "told = points.any(axis=1)",
            "rows, points = places[told], points[told]",
        ),
    ]
