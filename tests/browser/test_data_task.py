"""The user task of the data room: a difficult file comes in, is made ready, and goes home."""

import io
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
from playwright.sync_api import Page, expect

from tests.browser.hands import bring, choose, exported, go, metric, settle
from tests.making import sheet, workbook


def pressed(page: Page, label: str) -> str:
    """The chosen segment of a control."""
    group = page.get_by_role("radiogroup", name=label)
    return group.get_by_role("radio", checked=True).inner_text()


def press(page: Page, label: str, segment: str) -> None:
    page.get_by_role("radiogroup", name=label).get_by_text(segment, exact=True).click()
    expect(
        page.get_by_role("radiogroup", name=label).get_by_role("radio", checked=True)
    ).to_have_accessible_name(segment)
    settle(page)


def difficult() -> pd.DataFrame:
    """Customers as they come out of an old system: three groups, gaps, words, dates."""
    random = np.random.default_rng(4)
    n = 300
    group = random.integers(0, 3, n)
    income = np.array([20.0, 55.0, 90.0])[group] + random.normal(0, 4, n)
    spent = np.array([8.0, 1.5, 5.0])[group] + random.normal(0, 0.5, n)
    town = np.array(["北京", "上海", "广州"])[(group + (random.random(n) < 0.2)) % 3]
    frame = pd.DataFrame(
        {
            "编号": [f"{i:05d}" for i in range(n)],
            "收入": [f"{value:.2f}".replace(".", ",") for value in income],
            "支出": [f"{value:.3f}".replace(".", ",") for value in spent],
            "城市": town,
            "日期": pd.date_range("2023-01-01", periods=n).strftime("%d.%m.%Y"),
        }
    )
    for name in ("收入", "支出"):
        frame.loc[random.random(n) < 0.06, name] = ""
    return frame


def as_bytes(frame: pd.DataFrame, encoding: str = "gbk") -> bytes:
    return frame.to_csv(index=False, sep=";", lineterminator="\r\n").encode(encoding)


def test_a_difficult_file_comes_in_is_made_ready_and_its_script_agrees(page, shot, tmp_path: Path):
    frame = difficult()
    file = tmp_path / "客户.csv"
    file.write_bytes(as_bytes(frame))
    missing = int((frame == "").sum().sum())
    assert missing > 20

    # Dropped, and right without an override.
    bring(page, file)
    assert metric(page, "Rows") == "300"
    assert metric(page, "Columns") == "5"
    assert metric(page, "Missing") == str(missing)
    assert metric(page, "Numbers") == "2"
    how = page.get_by_text("Read as ")
    expect(how).to_contain_text("gb18030")
    expect(how).to_contain_text("semicolons")
    expect(how).to_contain_text("decimal comma")
    shot(page, "data-difficult")

    # Median and one-hot.
    press(page, "Missing values", "median")
    press(page, "Words and yes-or-no", "one-hot")
    press(page, "Scaling", "standard")
    expect(page.get_by_text("300 points in 5 coordinates")).to_be_visible()
    shot(page, "data-difficult-ready")

    # There and back: all as it was.
    page.get_by_text("Cluster it with k-means").click()
    expect(page.get_by_role("tab", name="Learn")).to_be_visible()
    settle(page)
    of_app, of_script = exported(page, tmp_path, file)
    go(page, "Data", "Data")
    assert metric(page, "Missing") == str(missing)
    assert pressed(page, "Missing values") == "median"
    assert pressed(page, "Words and yes-or-no") == "one-hot"
    expect(page.get_by_text("300 points in 5 coordinates")).to_be_visible()

    # The script gave the same labels without the dashboard.
    assert of_app["cluster"].nunique() >= 2 and of_app["cluster"].notna().all()
    assert of_app["cluster"].tolist() == of_script["cluster"].tolist()
    for name in frame.columns:  # the user's own cells, letter by letter
        assert of_app[name].fillna("").tolist() == frame[name].tolist()


def test_a_sheet_of_three_is_chosen(page):
    sheets = {
        "cover": [["Report of the year"]],
        "north": [["size", "weight"], *[[i % 9, i * 1.5] for i in range(40)]],
        "south": [["a", "b", "c"], *[[i, i * i, i % 4] for i in range(25)]],
    }
    bring(page, ("book.xlsx", workbook({name: sheet(rows) for name, rows in sheets.items()})))
    expect(page.get_by_text("Read as ")).to_contain_text("workbook")
    page.get_by_text("Read it otherwise").click()
    choose(page, "Sheet", "south")
    expect(page.get_by_text("Read as ")).to_contain_text("south")
    settle(page)
    assert (metric(page, "Rows"), metric(page, "Columns")) == ("25", "3")


def test_a_wrong_guess_is_overridden_and_the_preview_follows(page):
    # Codes of towns look like numbers, and a bar stands for a slash.
    lines = ["town|size", *(f"{1000 + i % 7}|{i * 0.3:.1f}" for i in range(60))]
    bring(page, ("towns.txt", "\n".join(lines).encode()))
    assert (metric(page, "Rows"), metric(page, "Columns")) == ("60", "2")
    page.get_by_text("Read it otherwise").click()
    choose(page, "Delimiter", ";")
    expect(page.get_by_text("as you told")).to_be_visible()
    settle(page)
    assert metric(page, "Columns") == "1"
    assert "how=" in page.url
    page.get_by_role("button", name="Find it out again").click()
    expect(page.get_by_text("as you told")).to_have_count(0)
    settle(page)
    assert metric(page, "Columns") == "2"


def test_a_pasted_table_is_read(page, shot):
    page.get_by_role("button", name="Paste a table").click()
    rows = "\n".join(f"town {i}\t{i * 1.5:.1f}".replace(".", ",") for i in range(12))
    page.get_by_label("Cells copied from a spreadsheet").fill(f"town\tsize\n{rows}\n")
    page.get_by_role("button", name="Read it", exact=True).click()
    expect(page.get_by_text("Read as ")).to_contain_text("tabs")
    settle(page)
    assert (metric(page, "Rows"), metric(page, "Numbers")) == ("12", "1")
    shot(page, "data-pasted")


def test_a_file_out_of_an_archive_is_chosen(page):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("one.csv", "a,b\n" + "".join(f"{i},{i * 2}\n" for i in range(20)))
        archive.writestr("two.csv", "c\n" + "".join(f"{i}\n" for i in range(9)))
    bring(page, ("both.zip", held.getvalue()))
    page.get_by_text("Read it otherwise").click()
    choose(page, "File of the archive", "two.csv")
    expect(page.get_by_text("Read as ")).to_contain_text("two.csv")
    settle(page)
    assert metric(page, "Rows") == "9"


def test_a_sample_is_chosen_by_its_picture(page, shot):
    page.get_by_role("button", name="Gallery").click()
    gallery = page.get_by_role("dialog")
    expect(gallery.get_by_text("Rings and moons")).to_be_visible()
    expect(gallery.locator("img").nth(10)).to_be_visible()
    shot(page, "data-gallery")
    card = gallery.get_by_test_id("stVerticalBlock").filter(has_text="Rings and moons").last
    card.get_by_role("button", name="Open").click()
    expect(gallery).to_have_count(0)
    settle(page)
    chosen = page.get_by_test_id("stSelectbox").first.locator("input")
    expect(chosen).to_have_value("Rings and moons")


def test_a_column_takes_another_kind(open_page):
    page = open_page("?data=customers")
    assert metric(page, "Numbers") == "3"
    cells = page.locator(".dvn-scroller").first
    # Second column, third row below the header: the kind of "Age".
    cells.dblclick(position={"x": 0.19 * cells.bounding_box()["width"], "y": 35 * 3 + 17})
    editor = page.locator("#portal").get_by_role("combobox")
    expect(editor).to_be_focused()
    editor.press_sequentially("category")
    expect(page.locator("#portal").get_by_role("option")).to_have_count(1)
    editor.press("Enter")
    expect(page.get_by_text("as you told")).to_be_visible()
    settle(page)
    assert metric(page, "Numbers") == "2"
    assert "kinds" in page.url
