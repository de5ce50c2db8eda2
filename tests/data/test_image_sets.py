"""Image sets: whatever file they come in, the same pixels and classes, or one sentence why not."""

import io
import os
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from clustering.data import image_sets, samples
from clustering.data.image_files import classes, pictures
from clustering.errors import DataError, ParameterError, ReadError

NAMED = os.environ.get(samples.VARIABLE) or Path(__file__).resolve().parents[3] / "shared" / "data"
SHARED = Path(NAMED) / "mnist" / "mnist.npz"

TRAIN = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
TEST = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
DIGITS = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


@pytest.fixture(scope="module")
def published():
    """Image sets that are at hand, with the counts of their classes as published."""
    found = [(image_sets.sample("digits"), "all", DIGITS)]
    if SHARED.is_file():
        mnist = image_sets.read(SHARED.read_bytes(), SHARED.name)
        found += [(mnist, "train", TRAIN), (mnist, "test", TEST)]
    return found


def npz(**arrays):
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def npy(array):
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def png(array, **more):
    file = io.BytesIO()
    Image.fromarray(np.asarray(array, np.uint8)).save(file, "PNG", **more)
    return file.getvalue()


def packed(files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def shades(n, *shape, seed=0):
    made = np.random.default_rng(seed).integers(0, 256, (n, *shape), np.uint8)
    made.flat[0] = 255
    return made


def test_the_classes_of_the_real_digits_have_the_published_counts(published):
    for images, part, counts in published:
        assert images.counts(part).tolist() == counts
        assert images.classes == tuple("0123456789")


def test_the_parts_share_no_image_and_leave_none_out(published):
    for images, _, _ in published:
        both = np.concatenate([images.places("train"), images.places("test")])
        assert sorted(both.tolist()) == list(range(images.n))


def test_the_test_part_of_the_digits_has_a_fifth_of_each_class():
    digits = image_sets.sample("digits")
    assert np.abs(digits.counts("test") - digits.counts() / 5).max() < 1
    assert "not MNIST" in digits.notes[0]


def test_a_dataset_holds_the_pixels_from_0_to_1_and_knows_its_rows():
    digits = image_sets.sample("digits")
    data = digits.dataset("test", most=50, seed=3)
    assert (data.n, data.d, data.columns[9]) == (50, 64, "row 2, column 2")
    assert np.array_equal(data.points * 255, digits.pixels[data.rows].reshape(50, 64))
    assert digits.test[data.rows].all() and (np.diff(data.rows) > 0).all()
    assert np.array_equal(digits.truth(data), digits.labels[data.rows])
    assert data.name_of(0) == f"digit {data.rows[0] + 1}"
    assert "50 of 359 digits" in data.changes[0]
    assert digits.dataset("test", most=50, seed=3).key == data.key
    assert digits.dataset("test", most=50, seed=4).key != data.key
    assert digits.dataset("test", most=359).changes == ()
    with pytest.raises(ParameterError, match="choose train, test or all"):
        digits.dataset("both")
    with pytest.raises(ParameterError, match="0 images"):
        digits.dataset(most=0)
    with pytest.raises(DataError, match="no images called"):
        image_sets.sample("faces")


def test_mnist_is_found_in_the_folder_or_in_the_cache_of_keras(tmp_path, monkeypatch):
    monkeypatch.setenv(samples.VARIABLE, str(tmp_path / "shelf"))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    assert image_sets.mnist() is None
    content = npz(
        x_train=shades(8, 5, 5), y_train=np.arange(8) % 2, x_test=shades(4, 5, 5, seed=1),
        y_test=np.ones(4, int),
    )  # fmt: skip
    cache = tmp_path / "keras" / "datasets"
    cache.mkdir(parents=True)
    (cache / "mnist.npz").write_bytes(content)
    assert "the cache of Keras" in image_sets.mnist().notes[0]
    shelf = tmp_path / "shelf" / "mnist"
    shelf.mkdir(parents=True)
    (shelf / "mnist.npz").write_bytes(content[:200])  # a download that broke off
    assert "the cache of Keras" in image_sets.mnist().notes[0]
    (shelf / "mnist.npz").write_bytes(content)
    found = image_sets.mnist()
    assert "the folder named by CLUSTERLOOM_DATA" in found.notes[0]
    assert found.test.tolist() == [False] * 8 + [True] * 4
    assert (found.name, found.member, found.counts("test").tolist()) == ("MNIST", "digit", [0, 4])


@pytest.mark.parametrize(
    ("images", "labels"),
    [("x", "y"), ("X", "Y"), ("images", "labels"), ("data", "target"), ("arr_0", "arr_1")],
)
def test_arrays_are_found_by_the_names_that_people_use(images, labels):
    pixels = shades(20, 6, 7)
    found = image_sets.read(npz(**{labels: np.arange(20) % 4, images: pixels}), "mine.npz")
    assert np.array_equal(found.pixels, pixels)
    assert found.labels.tolist() == (np.arange(20) % 4).tolist()
    assert "kept back" in found.notes[-1]
    again = image_sets.read(npz(**{labels: np.arange(20) % 4, images: pixels}), "mine.npz")
    assert again.key == found.key and found.test.sum() == 4


def test_parts_are_found_in_other_spellings_too():
    content = npz(
        test_images=shades(4, 3, 3), train_images=shades(9, 3, 3), train_labels=np.zeros(9),
        test_labels=np.ones(4), val_images=shades(2, 3, 3),
    )  # fmt: skip
    found = image_sets.read(content, "mine.npz")
    assert found.n == 13 and found.places("test").tolist() == [9, 10, 11, 12]
    assert found.labels.tolist() == [0] * 9 + [1] * 4


PIXELS = shades(12, 4, 4)
COLOURS = shades(12, 5, 6, 3)


@pytest.mark.parametrize(
    ("stored", "pixels", "note"),
    [
        (PIXELS, PIXELS, ""),
        (PIXELS.reshape(12, 16), PIXELS, "16 numbers became 4 x 4"),
        (PIXELS[..., None], PIXELS, ""),
        (PIXELS[:, None], PIXELS, ""),
        (PIXELS / 255, PIXELS, "from 0 to 1 were scaled"),
        (PIXELS.astype(np.float32), PIXELS, ""),
        (PIXELS.astype(">i4"), PIXELS, ""),
        (PIXELS.astype(np.uint16) * 257, PIXELS, "16 bits a pixel"),
        (PIXELS > 127, np.where(PIXELS > 127, 255, 0), "from 0 to 1 were scaled"),
        (PIXELS // 16 // 15 * 16.0, PIXELS // 16 // 15 * 255, "from 0 to 16 were scaled"),
        (COLOURS, COLOURS, ""),
        (np.moveaxis(COLOURS, 3, 1), COLOURS, "moved behind"),
        (np.asfortranarray(PIXELS), PIXELS, ""),
    ],
)
def test_numbers_of_any_kind_become_eight_bits(stored, pixels, note):
    for content in (npy(stored), npz(x=stored)):
        found = image_sets.read(content, "mine")
        assert np.array_equal(found.pixels, pixels)
        assert found.labels is None and found.truth(found.dataset()) is None
        assert found.counts().size == 0
        assert (note in " ".join(found.notes)) if note else len(found.notes) == 1


def test_negative_numbers_are_stretched_and_transparency_is_laid_on_white():
    stored = np.linspace(-1, 1, 12 * 9).reshape(12, 3, 3)
    found = image_sets.read(npy(stored), "mine.npy")
    assert (found.pixels.min(), found.pixels.max()) == (0, 255)
    assert "from -1 to 1 were stretched" in found.notes[0]
    clear = np.zeros((12, 2, 2, 4), np.uint8)
    clear[6:, ..., 3] = 255
    found = image_sets.read(npy(clear), "mine.npy")
    assert (found.pixels[:6] == 255).all() and (found.pixels[6:] == 0).all()


@pytest.mark.parametrize(
    ("labels", "names", "numbers"),
    [
        (np.array([3, 7] * 6), ("3", "7"), [0, 1] * 6),
        (np.array([[3], [7]] * 6), ("3", "7"), [0, 1] * 6),
        (np.array([3.0, np.nan] * 6), ("3",), [0, -1] * 6),
        (np.array(["img10", "img9"] * 6), ("img9", "img10"), [1, 0] * 6),
        (np.array([b"b", b""] * 6), ("b",), [0, -1] * 6),
        (np.eye(3, dtype=int)[[2, 0] * 6], ("0", "2"), [1, 0] * 6),
    ],
)
def test_labels_of_any_kind_become_classes(labels, names, numbers):
    found = image_sets.read(npz(x=PIXELS, y=labels), "mine.npz")
    assert (found.classes, found.labels.tolist()) == (names, numbers)


class Boom:
    def __reduce__(self):
        return exec, ("raise SystemExit('it was unpickled')",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"a,b\n1,2\n", "no NPZ, NPY or ZIP"),
        (npz(w=np.ones((3, 4)), bias=np.ones(5)), r"It holds 'w' \(3 x 4\), 'bias' \(5\)"),
        (npz(y=np.arange(12)), r"no array of images.*'y' \(12\)"),
        (npz(x=np.array([Boom()] * 12, dtype=object)), "Python objects"),
        (npz(x=PIXELS, y=np.array([None] * 12, dtype=object)), "Python objects"),
        (npy(np.array([Boom()] * 12, dtype=object)), "Python objects"),
        (pickle.dumps(PIXELS), "no NPZ, NPY or ZIP"),
        (npz(x=PIXELS[:2], y=np.arange(2)), "only 2 images, and a network needs at least 10"),
        (npz(x=PIXELS[:1]), "only one image"),
        (npz(x=PIXELS[:9]), "only 9 images"),
        (npz(x=PIXELS, y=np.arange(11)), "12 images in 'x' and 11 labels in 'y'"),
        (npz(x=PIXELS, y=np.linspace(0, 1, 12)), "fractions"),
        (npz(x=PIXELS, y=np.ones((12, 3))), "not a single 1"),
        (npz(x=np.where(PIXELS == 255, np.nan, PIXELS)), "of 12 images .* missing or infinite"),
        (npz(x=np.full((12, 4, 4), np.inf)), "12 of 12 images"),
        (npz(x=np.ones((12, 10))), "rows of 10 numbers, which is no square"),
        (npz(x=np.ones((12, 2, 3, 4, 5))), "12 x 2 x 3 x 4 x 5"),
        (npz(x=np.array(["a", "b"] * 5)), "array of 10 numbers"),
        (npz(x=np.array([["a"] * 4] * 12)), "holds no numbers"),
        (npz(x_train=PIXELS, x_test=shades(12, 5, 5)), "4 x 4 and 5 x 5"),
        (npz(x_train=PIXELS, y_train=np.ones(12), x_test=PIXELS), "none for 'x_test'"),
        (npz(x=np.zeros((12, 1, 4))), "shows nothing"),
        (npz(x=np.zeros((10, 224, 224), np.uint8)), "224 x 224 pixels, which is more than 50,000"),
        (npz(x=PIXELS)[:-40], "damaged"),
        (npy(PIXELS)[:-4], "cut short or damaged"),
        (npy(PIXELS).replace(b"'shape': (", b"'shape':(("), "cut short or damaged"),
        (npz(x=np.float64(3)), "a single value"),
        (packed({}), "holds no pictures: it is empty"),
        (packed({"nameless": b"?"}).replace(b"nameless", b"\0ameless"), "it is empty"),
        (packed({"a.txt": b"x", "b.csv": b"1"}), "holds no pictures: 'a.txt', 'b.csv'"),
        (packed({"a.png": png(PIXELS[0]), "b.png": png(PIXELS[1])}), "only 2 images"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_in_one_sentence(content, said):
    with pytest.raises(ReadError, match=said):
        image_sets.read(content, "mine.bin")


def test_limits_are_where_they_are_said_to_be(monkeypatch):
    def took(array, **more):
        try:
            return image_sets.read(npz(x=array, **more), "mine.npz")
        except ReadError:
            return None

    assert took(PIXELS[:10]).n == 10
    for module, name, limit, more in [
        (image_sets, "WIDEST", 4 * 4, {}),
        (image_sets, "LARGEST", 12 * 4 * 4, {}),
        (classes, "MOST_CLASSES", 3, {"y": np.arange(12) % 3}),
    ]:
        monkeypatch.setattr(module, name, limit)
        assert took(PIXELS, **more)
        monkeypatch.setattr(module, name, limit - 1)
        assert took(PIXELS, **more) is None
        monkeypatch.undo()
    for kind in (np.uint8, np.int16, np.float32):
        white = np.zeros((12, 2, 2), kind)
        white[0] = 32
        assert took(white).pixels.max() == 32
        white[0] = 31
        assert took(white).pixels.max() == 255
    assert took(np.full((12, 2, 2), 0.5)).pixels.max() == 128
    assert took(np.full((12, 2, 2), 256)).pixels.max() == 0  # nothing to stretch
    assert took(np.zeros((12, 2, 2))).pixels.max() == 0


def test_an_archive_of_pictures_has_its_folders_as_classes_and_says_what_was_left_out():
    files = {f"all/{'ab'[i % 2]}/{i:02}.png": png(PIXELS[i]) for i in range(12)}
    files |= {
        "all/readme.txt": b"hello",
        "__MACOSX/._x.png": b"?",
        "all/a/cut.png": png(PIXELS[0])[:40],
    }
    found = image_sets.read(packed(files), "mine.zip")
    assert found.n == 12 and found.classes == ("a", "b") and found.shape == (4, 4)
    for place, name in enumerate(found.names):
        assert np.array_equal(found.pixels[place], PIXELS[int(name[-6:-4])])
        assert found.classes[found.labels[place]] == name.split("/")[1]
    assert "left out: 'all/a/cut.png', 'all/readme.txt'." in found.notes[0]
    assert found.dataset("all").name_of(0) == "all/a/00.png"


def test_folders_for_training_and_testing_are_the_parts_and_no_classes():
    files = {
        f"{part}/{name}/{i}.png": png(PIXELS[i])
        for part, name, numbers in [("Train", "a", range(4)), ("Train", "b", range(4, 9)),
                                    ("Test", "b", range(9, 12))]
        for i in numbers
    }  # fmt: skip
    found = image_sets.read(packed(files), "mine.zip")
    assert found.counts("train").tolist() == [4, 5] and found.counts("test").tolist() == [0, 3]
    flat = {f"{'train' if i else 'test'}/{i}.png": png(PIXELS[i]) for i in range(12)}
    found = image_sets.read(packed(flat), "mine.zip")
    assert found.labels is None and found.test.sum() == 1
    alone = {name.replace("train", "other"): content for name, content in flat.items()}
    assert image_sets.read(packed(alone), "mine.zip").test.sum() > 1  # a fifth, as of any other


def test_pictures_are_colour_if_one_is_and_stand_as_the_camera_was_held():
    tall = np.zeros((6, 4), np.uint8)
    tall[0] = 200  # the upper edge, which a camera held on its side stores as the left one
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = png(np.rot90(tall), exif=exif)
    files = {f"{i}.png": png(tall) for i in range(11)} | {"turned.png": turned}
    found = image_sets.read(packed(files), "mine.zip")
    assert found.shape == (6, 4) and (found.pixels == tall).all()
    assert "(1 of 12)" in found.notes[0]
    files["0.png"] = png(np.dstack([tall, tall, tall // 2]))
    assert image_sets.read(packed(files), "mine.zip").shape == (6, 4, 3)


def test_pictures_of_several_sizes_are_named_and_scaled_only_when_asked():
    files = {f"{i}.png": png(np.full((4, 6), 10 * i)) for i in range(10)}
    files |= {"10.png": png(np.full((8, 6), 99)), "11.png": png(np.full((2, 2), 98))}
    with pytest.raises(ReadError, match=r"3 sizes: 4 x 6 \(10\), 8 x 6 \(1\), 2 x 2 \(1\)"):
        image_sets.read(packed(files), "mine.zip")
    found = image_sets.read(packed(files), "mine.zip", size=(4, 6))
    assert found.shape == (4, 6) and (found.pixels[found.names.index("10.png")] == 99).all()
    assert "scaled to 4 x 6" in found.notes[-2]


def test_an_archive_that_unfolds_to_too_much_is_refused(monkeypatch):
    bomb = packed({"x.npy": npy(np.zeros((12, 10, 10)))[:128] + bytes(150_000_000)})
    with pytest.raises(ReadError, match="100 times its size"):
        image_sets.read(bomb, "bomb.npz")
    monkeypatch.setattr(pictures, "MOST_DECODED", 11 * 16)
    files = packed({f"{i}.png": png(PIXELS[i]) for i in range(12)})
    with pytest.raises(ReadError, match="more than 176 pixels in all"):
        image_sets.read(files, "mine.zip")
    with pytest.raises(ReadError, match="more than 11 files"):
        image_sets.members_of(files, "it", most=11)


def test_a_file_of_arrays_in_an_archive_is_read():
    assert image_sets.read(packed({"mnist.npz": npz(x=PIXELS)}), "mnist.zip").n == 12
