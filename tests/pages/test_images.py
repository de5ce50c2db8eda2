"""The picture page as a user meets it: its answers, what is refused, links that lead nowhere."""

import json
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from clustering import pictures
from clustering.data.pictures import Picture, read
from dashboard.applications.images import previews, suffering, swatches, words
from dashboard.applications.images.divider import packed
from tests.pages.driving import charts, figures, opened, said

PAGE = "dashboard/applications/images/page.py"


def encoded(pixels: np.ndarray, kind: str = "PNG") -> bytes:
    file = BytesIO()
    Image.fromarray(pixels).save(file, kind)
    return file.getvalue()


def checks(side: int = 24) -> np.ndarray:
    """Four colours in a chequered pattern."""
    colours = np.array([[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]], dtype=np.uint8)
    y, x = np.mgrid[0:side, 0:side]
    return colours[(x // 3 + y // 5) % 4]


def component(app, name: str):
    """What the only component of a name is told."""
    (found,) = [
        each.proto for each in app.get("bidi_component") if each.proto.component_name == name
    ]
    return found


def head(app) -> dict:
    """What the divider is told of its two pictures."""
    content = component(app, "clusterloom_divider").bytes
    size = int.from_bytes(content[:4], "big")
    return json.loads(content[4 : 4 + size])


@pytest.mark.slow
def test_a_poster_of_eight_colours_is_whole_with_three_bits():
    app = opened(PAGE, iq_data="flat_colours")
    assert said(app) == ""
    found = figures(app)
    assert found["Colours"] == "8 · 3 bits" and found["PSNR"] == "lossless"
    assert found["SSIM"] == "1.000"
    (told,) = [each for each in charts(app) if "PSNR, SSIM" in each["alt"]]
    assert "until nothing is lost" in told["alt"]
    palette = json.loads(component(app, "clusterloom_swatches").json)
    assert {item["cells"] for item in palette["items"]} >= {"386641", "f2e8cf", "e76f51"}
    assert palette["chosen"] is None
    shown = head(app)
    assert (shown["width"], shown["height"], shown["clear"]) == (512, 384, False)
    assert shown["after"]["alt"] == "The same in 8 colours, lossless."

    # Two bits, and one of its colours lit.
    app.session_state["iq_k"] = 4
    app.run()
    assert figures(app)["Colours"] == "4 · 2 bits"
    app.session_state["iq_lit"] = 1
    app.run()
    assert "only the pixels of colour 1 are lit" in head(app)["after"]["alt"]
    assert json.loads(component(app, "clusterloom_swatches").json)["chosen"] == 0


@pytest.mark.slow
def test_the_recipe_prints_its_own_lines_in_grey():
    app = opened(PAGE, iq_data="flat_colours")
    next(each for each in app.button if each.label == "recipe").click().run()
    assert said(app) == ""
    assert figures(app)["Grey levels"] == "4 · 2 bits"
    lines = app.code[0].value.splitlines()
    assert lines == [
        "The size of the image will be reduced by a factor of 4.0",
        "Compression rate = 75.0 %",
    ]
    assert head(app)["before"]["label"] == "in grey, before"


@pytest.mark.slow
def test_the_fewest_colours_for_a_target_and_one_that_cannot_be_reached():
    app = opened(PAGE, iq_data="flat_colours", iq_k="2")
    next(each for each in app.button if "fewest" in each.label).click().run()
    assert said(app) == ""
    notes = " ".join(each.value.replace("\\", "") for each in app.caption)
    k = int(figures(app)["Colours"].split()[0])
    assert f"{k} is the fewest for 35 dB" in notes and 2 < k <= 8
    assert app.query_params["iq_k"] == str(k)
    # It is not asked anew of what is opened afterwards.
    app.selectbox(key="iq_method").set_value("octree").run()
    assert said(app) == "" and not any("is the fewest" in each.value for each in app.caption)
    app.selectbox(key="iq_method").set_value("k-means").run()
    app.segmented_control(key="iq_goal").set_value("file at most").run()
    app.select_slider(key="iq_kb").set_value(1).run()
    next(each for each in app.button if "most" in each.label).click().run()
    assert not app.exception and not app.error
    assert "Colours" in figures(app)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"iq_kind": "2 x 2 blocks"}, "Blocks"),
        ({"iq_kind": "grey", "iq_method": "LBG", "iq_dither": "true"}, "Grey levels"),
        ({"iq_data": "transparent", "iq_k": "3", "iq_method": "octree"}, "Colours"),
    ],
)
@pytest.mark.parametrize("tab", ["Learn", "Export"])
@pytest.mark.slow
def test_every_kind_has_its_lessons_and_its_files(query, name, tab):
    app = opened(PAGE, **({"iq_data": "flat_colours", "iq_k": "4", "iq_tab": tab} | query))
    assert said(app) == ""
    assert figures(app)[name]
    if tab == "Export":
        offered = [each.label for each in app.get("download_button")]
        assert "Palette (GPL)" in offered and "Python script" in offered
        assert ("PNG (24 bits)" if name == "Blocks" else "Indexed PNG") in offered
    for lesson in ("LBG's splits", "In three dimensions") if tab == "Learn" else ():
        app.segmented_control(key="iq_lesson").set_value(lesson).run()
        assert said(app) == ""
        assert any('"frames"' in told["figure"] for told in charts(app))


@pytest.mark.slow
def test_one_pixel_and_one_colour_are_pictures():
    for pixels in (np.full((1, 1, 3), 7, np.uint8), np.full((30, 40, 3), 90, np.uint8)):
        app = opened(PAGE)
        app.file_uploader[0].set_value(("few.png", encoded(pixels), "image/png")).run()
        assert said(app) == ""
        assert figures(app)["Colours"] == "1 · 0 bits"
        assert figures(app)["PSNR"] == "lossless"


@pytest.mark.slow
def test_what_is_no_picture_is_refused_and_what_was_open_stays():
    app = opened(PAGE)
    app.file_uploader[0].set_value(("checks.png", encoded(checks()), "image/png")).run()
    assert figures(app)["Colours"] == "4 · 2 bits"
    whole = encoded(np.random.default_rng(0).integers(0, 255, (99, 99, 3), np.uint8), "JPEG")
    bomb = bytearray(encoded(checks()))
    bomb[16:24] = (60_000).to_bytes(4, "big") * 2
    for name, content in {
        "cut.jpg": whole[: len(whole) // 3],
        "bomb.png": bytes(bomb),
        "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg"></svg>',
        "table.png": b"a,b\n1,2\n3,4\n",
        "empty.png": b"",
    }.items():
        app.file_uploader[0].set_value((name, content, "image/png")).run()
        wrong = said(app)
        assert name in wrong and wrong.count(". ") <= 1, wrong
        assert figures(app)["Colours"] == "4 · 2 bits"
    app.file_uploader[0].set_value(("again.png", encoded(checks(25)), "image/png")).run()
    assert said(app) == "" and figures(app)["Colours"] == "4 · 2 bits"


@pytest.mark.parametrize(
    "data", ["../../etc/passwd", "upload/x/<script>alert(1)</script>", "file/x"]
)
@pytest.mark.slow
def test_a_link_to_nothing_says_so_and_leads_on(data):
    app = opened(PAGE, iq_data=data)
    assert said(app)
    app.button[0].click().run()
    assert said(app) == "" and "PSNR" in figures(app)


@pytest.mark.slow
def test_absurd_numbers_in_a_link_are_dropped():
    app = opened(
        PAGE, iq_data="flat_colours", iq_k="1e300", iq_kind="<b>", iq_seed="-4", iq_lit="9e9",
        iq_psnr="nan", iq_goal="no", iq_method="octree'", iq_dither="maybe", iq_lesson="7",
    )  # fmt: skip
    assert said(app) == ""
    assert figures(app)["Colours"] == "8 · 3 bits"


# ---- parts --------------------------------------------------------------------------------------
def test_a_preview_is_bounded_and_exact_where_it_can_be():
    large = np.random.default_rng(1).integers(0, 255, (1000, 5000, 3), np.uint8)
    small = previews.preview(large, exact=True)
    assert max(small.width, small.height) <= previews.SIDE and small.factor == 5
    alpha = np.arange(24 * 24, dtype=np.uint8).reshape(24, 24)
    seen = previews.preview(checks(), alpha, exact=True)
    back = np.asarray(Image.open(BytesIO(seen.content)).convert("RGBA"))
    assert (back[..., :3] == checks()).all() and (back[..., 3] == alpha).all()


def test_what_is_lit_stays_and_all_else_fades_away_from_it():
    pixels = checks()
    chosen = (pixels == [0, 0, 255]).all(axis=2)
    lit = previews.lit(pixels, chosen, (0, 0, 255))
    assert (lit[chosen] == [0, 0, 255]).all()
    assert lit[~chosen].min() > 200
    assert np.ptp(lit[~chosen].astype(int), axis=1).max() == 0


def test_the_divider_is_told_of_both_pictures():
    one, two = previews.preview(checks()), previews.preview(checks(), exact=True)
    told = packed(one, two, "key", (24, 24), ("a", "b"), ("c", "d"), clear=True, most=400)
    size = int.from_bytes(told[:4], "big")
    assert json.loads(told[4 : 4 + size])["after"]["length"] == len(two.content)
    assert told[4 + size :] == one.content + two.content


def test_swatches_stand_by_their_shares_and_blocks_are_drawn_as_such():
    palette = np.array([[1, 2, 3], [250, 0, 0]], dtype=np.uint8)
    told = swatches.facts(palette, np.array([0.25, 0.75]), chosen=1)
    assert [item["place"] for item in told["items"]] == [1, 0]
    assert told["items"][0]["said"].startswith("Colour 2, #fa0000, 75.0")
    blocks = swatches.facts(np.zeros((3, 2, 2, 3), np.uint8), np.ones(3) / 3, chosen=None)
    assert blocks["side"] == 2 and len(blocks["items"][0]["cells"]) == 2 * 2 * 6


def test_the_areas_that_suffer_lie_apart_and_are_enlarged_before_and_after():
    pixels = np.full((64, 96, 3), 200, np.uint8)
    pixels[:9, :9] = [90, 200, 200]
    pixels[50:, 80:] = [200, 160, 200]
    picture = read(encoded(pixels), "two.png")
    found = pictures.quantize(pictures.vectors(picture), k=1)
    told = suffering.suffering(found)
    assert [area.where for area in told.worst[:2]] == ["top left", "bottom right"]
    assert told.entries.tolist() == [1.0]
    wrong = (pixels.astype(float) - found.image) ** 2
    assert told.whole == pytest.approx(np.sqrt(wrong.sum(axis=2).mean()))
    lefts = [(area.left, area.top) for area in told.worst]
    assert all(
        max(abs(a - c), abs(b - d)) > 8
        for place, (a, b) in enumerate(lefts) for c, d in lefts[:place]
    )  # fmt: skip
    pair = suffering.enlarged(found, told.worst[0])
    drawn = np.asarray(Image.open(BytesIO(pair.content)).convert("RGB"))
    assert drawn[0, 0].tolist() == [90, 200, 200]
    assert (drawn[0, -1] == found.palette[0]).all()


def test_levels_of_a_file_and_of_the_book_are_told_apart():
    noisy = np.random.default_rng(0).integers(0, 255, (40, 40), np.uint8)
    levels = pictures.vectors(read(encoded(noisy), "noise.png"), kind="grey")
    few, many = (pictures.measured(pictures.quantize(levels, k=k)) for k in (2, 100))
    beside = words.unrounded(many)
    assert words.decibels(many.psnr) in beside and words.decibels(many.psnr_unrounded) in beside
    assert many.psnr_unrounded > many.psnr + 0.1
    colour = pictures.quantize(pictures.vectors(levels.picture), k=2)
    assert words.unrounded(pictures.measured(colour)) == ""
    assert few.psnr_unrounded >= few.psnr


def test_transparencies_that_a_file_cannot_keep_are_told():
    alpha = np.tile(np.arange(0, 240, 4, dtype=np.uint8), (60, 1))
    pixels = np.random.default_rng(0).integers(0, 255, (60, 60, 3), np.uint8)
    picture = read(encoded(np.dstack([pixels, alpha])), "soft.png")
    assert isinstance(picture, Picture)
    vectors = pictures.vectors(picture)
    soft = pictures.indexed(pictures.quantize(vectors, k=40))
    assert f"60 different transparencies are rounded to {soft.levels}" in words.about_clear(soft)
    assert words.about_clear(pictures.indexed(pictures.quantize(vectors, k=1))) == ""


def test_how_many_times_smaller():
    assert [words.times(100, size) for size in (1, 3, 101, 200)] == ["100", "33.3", "1.0", "0.50"]
