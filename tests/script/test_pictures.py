import io
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from clustering import pictures
from clustering.script.pictures import picture_script
from tests.pictures.shown import part_of

CASES = [
    ("flower", "grey", "k-means", 16, 0.0),
    ("flower", "RGB", "k-means", 12, 0.0),
    ("china", "Lab", "k-means", 9, 1.0),
    ("china", "2 x 2 blocks", "k-means", 20, 0.0),
    ("flower", "RGB", "LBG", 11, 0.0),
    ("flower", "RGB", "median cut", 16, 0.0),
    ("flower", "RGB", "libimagequant", 16, 0.0),
    ("transparent", "RGB", "octree", 16, 0.5),
    ("transparent", "grey", "LBG", 5, 0.0),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "kind", "method", "k", "strength"), CASES)
def test_a_script_makes_the_same_picture(tmp_path, name, kind, method, k, strength):
    picture = part_of(name, 60, 80, top=100, left=150)
    result = pictures.quantize(pictures.vectors(picture, kind=kind), k=k, method=method)
    if strength:
        result = pictures.dithered(result, strength=strength)
    text = picture_script(result)
    (tmp_path / "script.py").write_text(text, encoding="utf-8")
    (tmp_path / picture.name).write_bytes(picture.stored)
    done = subprocess.run(
        [sys.executable, "-W", "error", "script.py", picture.name, "out.png", "numbers.npy"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "clustering" not in {
        line.split()[1] for line in text.splitlines() if "import" in line[:7]
    }
    seen = result.vectors.where >= 0
    assert np.array_equal(np.load(tmp_path / "numbers.npy")[seen], result.indices[seen])
    theirs = Image.open(tmp_path / "out.png")
    ours = Image.open(io.BytesIO(pictures.png(result)))
    assert theirs.mode == ours.mode and theirs.getpalette() == ours.getpalette()
    assert theirs.info.get("transparency") == ours.info.get("transparency")
    assert np.array_equal(np.asarray(theirs), np.asarray(ours))


def test_a_name_cannot_run_anything():
    picture = part_of("flower", 8, 8)
    evil = type(picture)(picture.pixels, None, "a'); import os  #\n.png", picture.stored)
    result = pictures.quantize(pictures.vectors(evil, kind="grey"), k=2)
    text = picture_script(result)
    compile(text, "script.py", "exec")
    assert text.count("import os") == 1 and repr(evil.name) in text
