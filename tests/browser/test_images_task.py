"""The user task: a phone photo, the fewest colours for 35 dB, where it suffers, a PNG."""

import json
import os
import re
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect
from sklearn.datasets import load_sample_image

from tests.browser.charts import click
from tests.browser.hands import NARROW, figure, kept, metric, resized, settle

ROOT = Path(__file__).resolve().parents[2]
ORIENTATION, TURNED_RIGHT = 0x0112, 6


def photo() -> tuple[bytes, np.ndarray]:
    """A JPEG as a phone stores it, lying on its side, and its pixels upright."""
    shared = Path(os.environ.get("CLUSTERLOOM_DATA") or ROOT.parent / "shared" / "data")
    real = shared / "cookbook" / "flower_image.jpg"
    scene = Image.open(real) if real.exists() else Image.fromarray(load_sample_image("flower.jpg"))
    lying = scene.convert("RGB").resize((320, 240)).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED_RIGHT
    file = BytesIO()
    lying.save(file, "JPEG", quality=92, exif=exif)
    stored = np.asarray(Image.open(BytesIO(file.getvalue())))
    return file.getvalue(), np.rot90(stored, -1)


def offered(page, name: str, content: bytes) -> None:
    """Give a file to the page, which need not take it."""
    page.locator("input[type=file]").first.set_input_files(
        {"name": name, "mimeType": "image/jpeg", "buffer": content}
    )


def test_a_photographer_finds_the_fewest_colours_for_35_db(open_page, shot, tmp_path):
    page = open_page("images?iq_data=flat_colours")
    content, upright = photo()
    offered(page, "phone.jpg", content)
    expect(page.get_by_role("combobox", name="Picture")).to_have_value("phone.jpg")
    expect(page.get_by_text("320 × 240 pixels")).to_contain_text("EXIF orientation")
    assert metric(page, "Colours") == "16 · 4 bits"

    # The fewest for 35 dB, and where it suffers.
    page.get_by_role("button", name="Find the fewest colours").click()
    found = page.get_by_text("is the fewest for 35 dB")
    expect(found).to_be_visible()
    k = int(re.match(r"(\d+) is", found.inner_text()).group(1))
    assert metric(page, "Colours").startswith(f"{k} ·")
    expect(page.get_by_text("Worst areas:")).to_contain_text(re.compile(r"1 [a-z ]+ \([\d.]+\)"))
    expect(page.get_by_text("The size of the image will be reduced")).to_be_visible()
    shot(page, "images-photo")

    # What Pillow opens has exactly that palette and those pixels.
    page.get_by_role("tab", name="Export").click()
    settle(page)
    image = Image.open(kept(page, "Indexed PNG", tmp_path / "few.png"))
    assert image.mode == "P" and image.size == (320, 240)
    palette = np.array(image.getpalette()).reshape(-1, 3)
    assert len(palette) == k
    told = json.loads(kept(page, "Palette (JSON)", tmp_path / "few.json").read_text("utf-8"))
    assert f"#{bytes(palette[0].tolist()).hex()}" in json.dumps(told).lower()
    lines = kept(page, "Palette (GPL)", tmp_path / "few.gpl").read_text("utf-8").splitlines()
    rows = [line.split()[:3] for line in lines if re.match(r"\s*\d", line)]
    assert np.array(rows, dtype=int).tolist() == palette.tolist()
    pixels = np.asarray(image.convert("RGB")).astype(float)
    psnr = 10 * np.log10(255**2 / ((pixels - upright) ** 2).mean())
    assert psnr >= 35
    assert metric(page, "PSNR") == f"{psnr:.2f} dB"
    size = (tmp_path / "few.png").stat().st_size
    assert metric(page, "File") == f"{size / 1000:.1f} kB"

    # What is no picture is refused in a sentence, and what was open stays.
    for name, rubbish in (("cut.jpg", content[:2000]), ("drawing.svg", b"<svg></svg>")):
        offered(page, name, rubbish)
        expect(page.get_by_role("alert").filter(has_text=name)).to_be_visible()
        settle(page)
        assert metric(page, "Colours").startswith(f"{k} ·")


def test_the_line_moves_by_mouse_and_keys_and_stays(open_page):
    page = open_page("images?iq_data=flat_colours")
    stage = page.locator(".iq-stage")
    line = page.get_by_role("slider", name="Divider between before and after")
    expect(line).to_have_value("50")
    box = stage.bounding_box()
    stage.hover(position={"x": box["width"] / 2, "y": 40})
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 4, box["y"] + 60, steps=3)
    page.mouse.up()
    expect(line).to_have_value("25")
    line.press("ArrowRight")
    expect(line).to_have_value("26")
    shown = page.locator(".iq-before").evaluate("image => getComputedStyle(image).clipPath")
    assert "74%" in shown or "calc(100% - 26%)" in shown

    # A colour lights up its pixels and lets them go; the line keeps its place.
    after = page.locator(".iq-after")
    plain = after.get_attribute("data-key")
    swatch = page.get_by_role("button", name=re.compile(r"^Colour \d+, #386641"))
    swatch.click()
    expect(swatch).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("Lit: colour")).to_contain_text("#386641")
    expect(after).not_to_have_attribute("data-key", plain)
    expect(after).to_have_attribute("alt", re.compile("are lit"))
    swatch.click()
    expect(after).to_have_attribute("data-key", plain)
    expect(line).to_have_value("26")

    # A click on the curve goes there.
    click(page, "iq_axis", 2)
    expect(figure(page, "Colours")).to_have_text("4 · 2 bits")
    expect(line).to_have_value("26")


@pytest.mark.parametrize("query", ["iq_data=transparent&iq_kind=grey", "iq_data=flat_colours"])
def test_pictures_fit_a_phone(open_page, query):
    page = open_page(f"images?{query}")
    resized(page, NARROW)
    wide = page.locator(".iq-stage").bounding_box()["width"]
    assert 300 < wide <= 420


def test_everything_above_the_tabs_is_seen_at_once(open_page):
    page = open_page("images?iq_data=flat_colours")
    tabs = page.get_by_role("tab", name="Views").bounding_box()
    assert tabs["y"] + tabs["height"] <= 1000
