"""The page of LSTM clustering as a user meets it: what stands at once, what bad files do."""

import json

import numpy as np
import pytest

from clustering.data.sequences import SequenceSet
from dashboard.neural.lstm.clusters import marks
from dashboard.neural.lstm.preparing import splits
from tests.pages.driving import charts, figures, opened, said

PAGE = "dashboard/neural/lstm/page.py"
ELSEWHERE = "upload/none/none.csv"
"""A link on which nothing is trained: its file is in another session."""

neural = [pytest.mark.neural, pytest.mark.slow]


def told(app):
    """Everything that stands on the page in small or in large."""
    every = [*app.caption, *app.info, *app.success, *app.warning, *app.markdown, *app.error]
    return " ".join(each.value.replace("\\", "") for each in every)


def drawn(app, words):
    """The figure whose words hold these."""
    found = [each for each in charts(app) if words in each["alt"]]
    return json.loads(found[0]["figure"]) if found else None


def button(app, label):
    return next(each for each in app.button if each.label == label)


def brought(text, name="own.csv", **query):
    """The page with a file that its user brings."""
    app = opened(PAGE, ls_data=ELSEWHERE, **query)
    content = text if isinstance(text, bytes) else text.encode()
    return app.file_uploader[0].set_value((name, content, "text/csv")).run()


# ---- what is trained ----------------------------------------------------------------------------
@pytest.fixture(scope="module")
def sensor():
    """The page on its own sample, trained by itself."""
    return opened(PAGE, ls_epochs="2", ls_k="5")


class TestSample:
    pytestmark = neural

    def test_it_opens_on_a_finished_result_beside_what_needs_no_training(self, sensor):
        assert said(sensor) == ""
        found = figures(sensor)
        assert found["Series"] == "64 + 16" and found["Clusters"] == "5"
        assert drawn(sensor, "latent space, DTW distance over k")
        panels = drawn(sensor, "of each cluster with their barycentre")
        assert sum("cluster" in each["text"] for each in panels["layout"]["annotations"]) == 5
        [ways] = [each.value for each in sensor.dataframe if "way" in each.value]
        assert list(ways["way"]) == [
            "LSTM, k-means", "Euclidean k-means", "DTW k-means", "k-Shape",
        ]  # fmt: skip
        assert {"ARI", "Accuracy", "Silhouette", "Seconds"} <= set(ways)
        assert found["ARI"] == ways["ARI"][0]
        assert drawn(sensor, "coloured by cluster")["layout"]["meta"]["lines"]["n"] == 64

    def test_a_name_stands_in_charts_and_files(self, sensor):
        sensor.query_params["ls_tab"] = "Clusters"
        sensor.run()
        sensor.text_input(key="ls_name_1").set_value("  a   jump ").run()
        assert drawn(sensor, "a jump with")
        sensor.query_params["ls_tab"] = "Export"
        sensor.run()
        assert said(sensor) == ""
        labels = sensor.dataframe[-1].value
        assert set(labels["called"][labels["cluster"] == 2]) == {"a jump"}
        assert "keras" in sensor.code[0].value
        offered = [each.label for each in sensor.get("download_button")]
        assert {"CSV", "Python script", "Network (.keras)", "The data it reads"} <= set(offered)

    @pytest.mark.parametrize("tab", ["Labels", "Learn"])
    def test_every_tab_has_content(self, sensor, tab):
        sensor.query_params["ls_tab"] = tab
        sensor.run()
        assert said(sensor) == ""
        if tab == "Labels":
            assert {"Accuracy", "Recall", "F1"} <= set(figures(sensor))
        else:
            assert drawn(sensor, "steps through unit")

    def test_nothing_heavy_comes_into_the_process_that_serves_pages(self, sensor):
        import subprocess
        import sys

        script = (
            "import sys\n"
            "from tests.pages.driving import opened\n"
            f"app = opened({PAGE!r}, ls_epochs='1', ls_k='3')\n"
            "assert not app.exception\n"
            "print([name for name in ('tensorflow', 'keras', 'tslearn') if name in sys.modules])\n"
        )
        ended = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True
        )
        assert ended.stdout.strip().endswith("[]")

    def test_a_log_is_cut_and_its_last_events_arrive(self):
        app = opened(PAGE, ls_data="machine-log", ls_epochs="2", ls_k="3", ls_tab="Events")
        assert said(app).count("like none of the clusters") <= 1
        assert figures(app)["Events"] == "54 + 36"
        stream = drawn(app, "A stream of")
        assert len(stream["frames"]) == 37
        assert "Press Play" in stream["frames"][0]["layout"]["meta"]["words"]


# ---- what is brought ----------------------------------------------------------------------------
WAVE = [f"{np.sin(i / 3 + j):.3f}" for i in range(3) for j in range(20)]
STREAM = "time,load\n" + "".join(f"2024-01-01 00:{i // 60:02}:{i % 60:02},5.0\n" for i in range(90))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b,c,d,e,f\n1,2,3,4,5,6\n", "one series"),
        ("id,time,x\n" + "".join(f"{i},{t},\n" for i in "ab" for t in range(5)), ""),
        (STREAM, "has no event"),
        ("", ""),
    ],
    ids=["one series", "all missing", "no event", "empty"],
)
def test_a_bad_file_gets_one_sentence_and_the_page_stays(text, words):
    app = brought(text)
    found = said(app)
    assert words in found and found.strip()
    assert len(app.error) + len(app.warning) <= 2
    app.session_state["ls_data"] = ELSEWHERE
    app.run()
    assert not app.exception


def test_times_out_of_order_are_put_in_order_and_it_is_said():
    rows = [f"2024-01-01 00:{i:02}:00,{i % 7}.5\n" for i in range(60)]
    app = brought("time,load\n" + "".join(rows[30:] + rows[:30] + rows[:1]), ls_cut="into windows")
    assert said(app) == ""
    assert "order" in told(app) or "sorted" in told(app)
    assert button(app, "Train")


def test_windows_are_never_longer_than_the_stream():
    rows = [f"2024-01-01 00:{i:02}:00,{i % 7}.5\n" for i in range(20)]
    app = brought("time,load\n" + "".join(rows), ls_cut="into windows", ls_window="400")
    assert not app.exception
    window = next(each for each in app.slider if each.key == "ls_window")
    assert window.max == 20 and window.value <= 20


def test_a_step_that_is_no_number_is_said():
    app = brought(
        "time,load\n" + "".join(f"{i},{i % 7}\n" for i in range(200)), ls_cut="into windows"
    )
    app.text_input(key="ls_step").set_value("often").run()
    assert "'often' is none" in said(app)
    app.text_input(key="ls_step").set_value("2").run()
    assert said(app) == ""


def test_absurd_numbers_in_a_link_are_dropped():
    app = brought(
        "time,load\n" + "".join(f"{i},{i % 7}\n" for i in range(60)), ls_k="1e309", ls_epochs="-1",
        ls_cut="sideways", ls_method="<b>", ls_latent="nan", ls_split="7", ls_window="1e9",
        ls_gap_over="3.14", ls_layers="99", ls_batch="0",
    )  # fmt: skip
    assert not app.exception


# ---- parts --------------------------------------------------------------------------------------
def test_each_class_is_split_alike_and_events_in_time():
    rows = tuple(np.ones((3, 1)) for _ in range(40))
    made = SequenceSet(rows, ("x",), labels=[0] * 20 + [1] * 20, classes=("a", "b"))
    train, later = splits(made, "80 %", stream=False)
    assert later.n == 8 and (later.places < 20).sum() == 4
    assert sorted([*train.places, *later.places]) == list(range(40))
    train, later = splits(made, "60 %", stream=True)
    assert train.places.tolist() == list(range(24))
    assert later.places.tolist() == list(range(24, 40))
    assert splits(made, "all of them", stream=False)[1] is None


def test_marks_name_what_differs():
    values = np.array([[1.0, 5.0], [1.0, 5.0], [9.0, 5.0], [9.0, 5.0]])
    assert marks(values, np.array([0, 0, 1, 1]), ("load", "steps"), k=3) == [
        "load 1 (all 5)", "load 9 (all 5)", "",
    ]  # fmt: skip


def test_a_machine_s_own_column_is_no_class_until_it_is_chosen():
    rows = [f"2024-01-01 {i // 60:02}:{i % 60:02}:00,{i % 7},{'on' if i % 9 else 'start'}\n"
            for i in range(120)]  # fmt: skip

    def kind(name, **query):
        text = f"time,load,{name}\n" + "".join(rows)
        app = brought(text, ls_cut="into windows", **query)
        assert said(app) == ""
        return next(each.value for each in app.selectbox if each.key == "ls_label_column")

    assert kind("state") == "–" and kind("kind") == "kind"
    assert kind("state", ls_kind="one stream", ls_label="state") == "state"


def test_a_long_table_without_a_column_of_series_stays_as_it_was_found():
    rows = [f"2024-01-01 {i // 60:02}:{i % 60:02}:00,{i % 7}\n" for i in range(120)]
    app = brought("time,load\n" + "".join(rows), ls_kind="a row a time and series",
                  ls_cut="into windows")  # fmt: skip
    assert said(app) == "" and "whose a row is" in told(app)
    assert "A stream of 120 rows" in told(app)


@pytest.mark.neural
@pytest.mark.slow
def test_a_training_part_of_one_class_is_said_under_labels():
    lines = "time,x,kind\n" + "".join(
        f"{i},{i % 7}.5,{'a' if i < 90 else 'b'}\n" for i in range(120)
    )
    app = brought(lines, ls_cut="into windows", ls_epochs="1", ls_tab="Labels")
    assert said(app) == ""
    button(app, "Train").click().run(timeout=300)
    assert not app.exception
    assert "single class" in said(app)
