import io
import json
import math
import zlib

import numpy as np
import pytest
from PIL import Image
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

from clustering import pictures
from clustering.data.pictures import grey
from clustering.errors import ParameterError
from clustering.validity import pictures as near
from tests.pictures.shown import part_of, stored

PHOTO = part_of("china", 60, 80)
CLEAR = part_of("transparent", top=100, left=100)


@pytest.mark.parametrize("kind", ["grey", "RGB", "Lab", "2 x 2 blocks"])
@pytest.mark.parametrize("k", [2, 30])
def test_psnr_and_ssim_are_scikit_images(kind, k):
    found = pictures.vectors(PHOTO, kind=kind)
    result = pictures.quantize(found, k=k)
    first, second = PHOTO.pixels, result.image
    how: dict[str, object] = {"data_range": 255, "channel_axis": 2}
    if kind == "grey":
        first, second = grey(PHOTO), second[..., 0]
        how = {"data_range": 255}
    measures = pictures.measured(result)
    assert measures.psnr == pytest.approx(
        peak_signal_noise_ratio(first, second, data_range=255), rel=1e-12
    )
    assert measures.ssim == pytest.approx(structural_similarity(first, second, **how), rel=1e-9)
    assert measures.mse == pytest.approx(np.mean((first.astype(float) - second) ** 2))


def test_what_nobody_sees_does_not_count():
    rng = np.random.default_rng(0)
    first = rng.integers(0, 256, (30, 31, 3), np.uint8)
    second = first.copy()
    seen = np.ones((30, 31), bool)
    seen[5:12, 4:20] = False
    second[~seen] = 255 - second[~seen]
    assert near.mean_squared_error(first, second, seen=seen) == 0
    result = pictures.quantize(pictures.vectors(CLEAR), k=3)
    assert (pictures.errors(result)[CLEAR.alpha == 0] == 0).all()
    apart = (CLEAR.pixels.astype(float) - result.image)[CLEAR.alpha > 0]
    assert pictures.measured(result).mse == pytest.approx((apart**2).mean())
    _, whole = structural_similarity(
        CLEAR.pixels,
        np.where(CLEAR.seen[..., None], result.image, CLEAR.pixels),
        data_range=255,
        channel_axis=2,
        full=True,
    )
    inner = whole[3:-3, 3:-3][CLEAR.seen[3:-3, 3:-3]].mean()
    assert pictures.measured(result).ssim == pytest.approx(inner, rel=1e-9)


def test_a_picture_smaller_than_the_window_has_no_similarity():
    tiny = pictures.vectors(stored(PHOTO.pixels[:6, :40]))
    assert math.isnan(pictures.measured(pictures.quantize(tiny, k=2)).ssim)


def test_errors_are_distances_of_colours():
    result = pictures.quantize(pictures.vectors(PHOTO), k=4)
    apart = PHOTO.pixels.astype(float) - result.image
    assert pictures.errors(result) == pytest.approx(np.sqrt((apart**2).sum(axis=2)), rel=1e-6)
    assert pictures.errors(result).dtype == np.float32
    levels = pictures.quantize(pictures.vectors(PHOTO, kind="grey"), k=4)
    apart = np.abs(grey(PHOTO).astype(float) - levels.image[..., 0])
    assert pictures.errors(levels) == pytest.approx(np.sqrt(3) * apart, rel=1e-6)


@pytest.mark.parametrize("k", [1, 2, 3, 4, 5, 16, 17, 256])
@pytest.mark.parametrize("kind", ["grey", "RGB"])
def test_a_png_is_opened_with_exactly_that_palette_and_those_pixels(kind, k):
    found = pictures.vectors(PHOTO, kind=kind)
    result = pictures.quantize(found, k=min(k, found.most))
    content = pictures.png(result)
    image = Image.open(io.BytesIO(content))
    assert image.mode == "P" and np.array_equal(np.asarray(image), result.indices)
    assert image.getpalette() == result.palette.ravel().tolist()
    assert np.array_equal(np.asarray(image.convert("RGB")), result.image)
    assert content[24] == (1 if k <= 2 else 2 if k <= 4 else 4 if k <= 16 else 8)
    assert pictures.measured(result).bytes == len(content)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    # Another zlib finds a little more or less, in so small a picture up to a twentieth.
    assert len(content) <= 1.06 * len(buffer.getvalue())


@pytest.mark.parametrize("k", [3, 60, 255])
def test_transparency_is_kept(k):
    found = pictures.vectors(CLEAR)
    result = pictures.quantize(found, k=min(k, found.most))
    made = pictures.indexed(result)
    image = Image.open(io.BytesIO(pictures.png(result)))
    assert len(made.entries) <= 256
    assert image.getpalette()[: 3 * result.k] == result.palette.ravel().tolist()
    whole = np.asarray(image.convert("RGBA"))
    step = 255 / (made.levels - 1)
    assert np.abs(whole[..., 3].astype(float) - CLEAR.alpha).max() <= step / 2 + 1
    assert (whole[..., 3][CLEAR.alpha == 0] == 0).all()
    assert (whole[..., 3][CLEAR.alpha == 255] == 255).all()
    shown = whole[..., 3] > 0
    assert np.array_equal(whole[shown][:, :3], result.image[shown])
    assert 2 <= made.levels <= made.given
    told = f"the {made.given} different transparencies are rounded to {made.levels};"
    assert (told in made.note) == (made.levels < made.given) == bool(made.note)


@pytest.mark.parametrize("k", [60, 200])
def test_as_many_transparencies_are_kept_as_there_are_entries_for(k):
    result = pictures.quantize(pictures.vectors(CLEAR), k=k)
    made = pictures.indexed(result)

    def entries(levels):
        """Colours that stand there with each of so many transparencies."""
        clear = np.rint(np.rint(CLEAR.alpha * ((levels - 1) / 255)) * (255 / (levels - 1)))
        colour = np.where(clear > 0, result.indices, 0)
        pairs = {*zip(clear[clear < 255].tolist(), colour[clear < 255].tolist(), strict=True)}
        return k + len(pairs)

    assert 2 < made.levels < made.given
    assert len(made.entries) == entries(made.levels) <= 256
    assert all(entries(levels) > 256 for levels in range(made.levels + 1, made.given))
    whole = np.asarray(Image.open(io.BytesIO(pictures.png(result))).convert("RGBA"))[..., 3]
    rounded = np.rint(CLEAR.alpha * ((made.levels - 1) / 255)) * (255 / (made.levels - 1))
    assert np.array_equal(whole, np.rint(rounded))


def test_few_transparencies_are_kept_to_the_number():
    pixels = np.dstack([PHOTO.pixels, np.full(PHOTO.pixels.shape[:2], 255, np.uint8)])
    pixels[:20, :20, 3], pixels[40:50, :, 3] = 0, 77
    result = pictures.quantize(pictures.vectors(stored(pixels)), k=20)
    whole = np.asarray(Image.open(io.BytesIO(pictures.png(result))).convert("RGBA"))
    assert np.array_equal(whole[..., 3], pixels[..., 3])
    assert np.array_equal(whole[pixels[..., 3] > 0][:, :3], result.image[pixels[..., 3] > 0])


def test_blocks_become_a_png_of_all_their_colours_and_are_counted_as_codebook_and_numbers():
    result = pictures.quantize(pictures.vectors(PHOTO, kind="4 x 4 blocks"), k=40)
    image = Image.open(io.BytesIO(pictures.png(result)))
    assert image.mode == "RGB" and np.array_equal(np.asarray(image), result.image)
    measures = pictures.measured(result)
    assert "codebook" in measures.kind_of_bytes
    assert 40 * 16 * 3 // 4 < measures.bytes < 40 * 16 * 3 + result.indices.size + 64


@pytest.mark.parametrize(("k", "bits"), [(2, 1), (4, 2), (16, 4), (17, 8)])
def test_bytes_of_blocks_are_their_numbers_in_few_bits_and_the_codebook(k, bits):
    result = pictures.quantize(pictures.vectors(PHOTO, kind="2 x 2 blocks"), k=k)
    single = np.unpackbits(result.indices[..., None], axis=2)[..., 8 - bits :]
    packed = np.packbits(single.reshape(len(result.indices), -1), axis=1)
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 15, 9)
    numbers = squeeze.compress(np.pad(packed, ((0, 0), (1, 0))).tobytes()) + squeeze.flush()
    book = min(result.palette.size, len(zlib.compress(result.palette.tobytes(), 9)))
    assert pictures.measured(result).bytes == len(numbers) + book


def test_transparency_of_blocks_is_kept():
    result = pictures.quantize(pictures.vectors(CLEAR, kind="2 x 2 blocks"), k=9)
    whole = np.asarray(Image.open(io.BytesIO(pictures.png(result))))
    assert np.array_equal(whole[..., 3], CLEAR.alpha)


@pytest.mark.parametrize("picture", [PHOTO, CLEAR])
def test_psnr_before_rounding_is_that_of_the_levels_themselves(picture):
    found = pictures.vectors(picture, kind="grey")
    axis = pictures.ladder(found)
    for k in (2, 7):
        result = pictures.quantize(found, k=k)
        levels = result.partition.centers[result.indices, 0]
        apart = (grey(picture) - levels)[found.where >= 0]
        exact = 10 * math.log10(255**2 / np.mean(apart**2))
        measures = pictures.measured(result)
        assert measures.psnr_unrounded == pytest.approx(exact, rel=1e-12)
        assert axis.curves["psnr_unrounded"][k - 2] == pytest.approx(exact, rel=1e-12)
        assert measures.psnr < exact
    assert math.isnan(pictures.measured(pictures.dithered(result)).psnr_unrounded)


def test_palettes_are_written_for_other_programs():
    result = pictures.quantize(pictures.vectors(PHOTO), k=3)
    lines = pictures.palette_gpl(result, "China\nName: other").splitlines()
    assert lines[:2] == ["GIMP Palette", "Name: China Name: other"]
    assert [[int(n) for n in line.split("\t")[0].split()] for line in lines[4:]] == (
        result.palette.tolist()
    )
    told = json.loads(pictures.palette_json(result))
    assert [each["rgb"] for each in told["colours"]] == result.palette.tolist()
    assert [each["share"] for each in told["colours"]] == pytest.approx(result.shares, abs=1e-6)
    blocks = pictures.quantize(pictures.vectors(PHOTO, kind="2 x 2 blocks"), k=2)
    assert len(json.loads(pictures.palette_json(blocks))["colours"][0]["hex"]) == 4


def test_the_ladder_of_grey_levels_measures_each():
    found = pictures.vectors(PHOTO, kind="grey")
    axis = pictures.ladder(found, also=[5, 400])
    assert axis.parameter == "levels"
    assert axis.values.tolist() == list(range(2, found.most + 1))
    with_bytes = axis.values[~np.isnan(axis.curves["bytes"])]
    assert with_bytes.tolist() == sorted({2, 4, 5, 8, 16, 32, 64, 128, found.most})
    assert np.isfinite(axis.curves["psnr"][:-1]).all() and axis.curves["psnr"][-1] == math.inf
    for k in (2, 5, 9, 64):
        place = list(axis.values).index(k)
        measures = pictures.measured(pictures.quantized(found, axis.at(k)))
        assert axis.curves["psnr"][place] == pytest.approx(measures.psnr)
        assert axis.curves["psnr_unrounded"][place] >= measures.psnr
        if k != 9:
            assert axis.curves["bytes"][place] == measures.bytes
            assert axis.curves["ssim"][place] == pytest.approx(measures.ssim)


def test_a_ladder_ends_at_the_colours_there_are_and_says_so():
    flat = stored(np.repeat(np.arange(6, dtype=np.uint8) * 40, 20)[None].repeat(9, axis=0))
    axis = pictures.ladder(pictures.vectors(flat))
    assert (axis.parameter, axis.values.tolist()) == ("colours", [2, 4, 6])
    assert "no more than 6 different colours" in axis.notes["clusters"]
    clear = pictures.ladder(pictures.vectors(CLEAR), method="octree", also=[3])
    assert clear.values.tolist() == [2, 3, 4, 8, 16, 32, 64, 128, 255]
    assert "kept for what is transparent" in clear.notes["clusters"]


def test_ladder_and_quantize_give_the_same_picture():
    found = pictures.vectors(PHOTO)
    axis = pictures.ladder(found, also=[11], seed=2)
    again = pictures.quantize(found, k=11, seed=2)
    assert pictures.quantized(found, axis.at(11)).key == again.key


@pytest.mark.parametrize("kind", ["grey", "RGB"])
def test_the_fewest_are_enough_and_one_less_is_not(kind):
    found = pictures.vectors(PHOTO, kind=kind)
    result = pictures.fewest(found, psnr=30.0)
    at = {
        k: pictures.measured(pictures.quantize(found, k=k)).psnr for k in (result.k - 1, result.k)
    }
    assert at[result.k - 1] < 30.0 <= at[result.k] == pytest.approx(result.psnr)
    assert dict(result.tried)[result.k] == result.psnr
    assert result.bytes == pictures.measured(pictures.quantize(found, k=result.k)).bytes


def test_the_most_that_fit_into_some_bytes():
    found = pictures.vectors(PHOTO, kind="grey")
    result = pictures.fewest(found, most_bytes=3000)
    assert result.bytes <= 3000
    assert len(pictures.png(pictures.quantize(found, k=result.k + 1))) > 3000
    assert pictures.fewest(found, most_bytes=10**9).k == found.most


def test_an_aim_that_is_met_exactly_is_met():
    found = pictures.vectors(PHOTO, kind="grey")
    for k in (1, 2, 3, 9, 16, 17):
        measures = pictures.measured(pictures.quantize(found, k=k))
        assert pictures.fewest(found, psnr=measures.psnr).k == k
        result = pictures.fewest(found, most_bytes=measures.bytes)
        assert result.k >= k and result.bytes <= measures.bytes


def test_aims_out_of_reach_are_told():
    found = pictures.vectors(PHOTO)
    with pytest.raises(ParameterError, match=r"90 dB are out of reach: even 256 colours give"):
        pictures.fewest(found, psnr=90, method="octree")
    with pytest.raises(ParameterError, match=r"One colour alone takes \d+ bytes, more than 20"):
        pictures.fewest(found, most_bytes=20)
    for aims in ({}, {"psnr": 1.0, "most_bytes": 2}):
        with pytest.raises(ParameterError, match="Give the PSNR"):
            pictures.fewest(found, **aims)
    with pytest.raises(ParameterError, match="no aim"):
        pictures.fewest(found, psnr=-1)
