"""On a fitted axis a page opens on the peak, moves to what was computed, and says what it finds."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from clustering import validity
from clustering.dataset import Dataset
from clustering.geometry import projection
from dashboard import ui
from dashboard.ui import fitted
from tests.pages.driving import charts


def page():
    """An axis of five answers by hand; two silhouettes near one another, the first undefined."""
    import numpy as np
    import streamlit as st

    from clustering.axis import FittedAxis
    from clustering.data import preparation, samples
    from clustering.partition import Partition
    from dashboard import ui

    table = samples.load("four-blobs")
    choices = preparation.suggest(table)
    dataset = preparation.fit(table, choices).apply(table)
    now = st.session_state
    room = ui.Room(now.get("on", "some data"), "", table, choices, dataset)
    curve = np.array([np.nan, 0.4, 0.6, 0.595, 0.3])
    axis = FittedAxis(
        "k",
        np.arange(1.0, 6.0),
        tuple(Partition(np.arange(dataset.n) % k, dataset.rows, "by hand") for k in range(1, 6)),
        {"silhouette": curve, "silhouette_low": curve - 0.1, "silhouette_high": curve + 0.2},
        {"silhouette": "Exact.", "silhouette_undefined": "Undefined at 1.", "fits": "All fits."},
    )
    here = ui.stand_on(axis, "x_k", room, least=now.get("least", 1), given=now.get("given"))
    st.button("low", on_click=here.move, args=(ui.Click(0.9, 0.0),))
    st.button("high", on_click=here.move, args=(ui.Click(3.6, 0.0),))
    st.write(f"k {here.k} of {here.partition.k}, {len(here.numbers)}, {here.free}")
    st.write(repr(here.silhouette))
    ui.axis_chart(here, "x_axis")
    ui.about_axis(here, judged=now.get("judged", ""))


def opened(**state: object) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60)
    for name, value in state.items():
        app.session_state[name] = value
    return app.run()


def at(app: AppTest) -> str:
    assert not app.exception
    return app.markdown[0].value


def words(app: AppTest) -> list[str]:
    return [caption.value.replace("\\", "") for caption in app.caption]


def test_it_opens_on_the_peak_and_says_so():
    app = opened()
    assert at(app) == "k 3 of 3, 3, True"
    assert app.markdown[1].value == "(0.6, 0.5, 0.8)"
    assert words(app)[-2:] == [
        "Highest at k = 3; the plateau from 3 to 4 lies within 0.01 of it. Exact.",
        "All fits.",
    ]
    assert "present value 3." in charts(app)[0]["alt"] and charts(app)[0]["clicks"]


def test_other_data_bring_it_back_to_the_peak_and_the_same_data_leave_it():
    app = opened(x_k=5)
    assert at(app) == "k 5 of 5, 5, True"
    assert at(app.run()) == "k 5 of 5, 5, True"
    app.session_state["on"] = "other data"
    assert at(app.run()) == "k 3 of 3, 3, True"


@pytest.mark.parametrize("asked", [0, 6, 999])
def test_what_was_not_computed_is_the_peak(asked):
    assert at(opened(x_k=asked)) == "k 3 of 3, 3, True"


def test_a_click_goes_to_the_nearest_value_that_can_be_chosen():
    app = opened()
    app.button[1].click().run()
    assert at(app) == "k 4 of 4, 4, True"
    app.button[0].click().run()
    assert at(app) == "k 1 of 1, 1, True"
    assert words(app)[-2].endswith("Undefined at 1.")
    app = opened(least=2)
    app.button[0].click().run()
    assert at(app) == "k 2 of 2, 2, True" and app.slider[0].min == 2


def test_a_k_that_is_given_needs_no_slider_and_may_lie_beyond_the_axis():
    app = opened(given=9, judged="Sampled.")
    assert at(app) == "k 9 of 5, 5, False"
    assert not app.slider and not charts(app)[0]["clicks"]
    assert words(app)[-2].endswith("Sampled.")


@pytest.mark.parametrize(
    ("curve", "said"),
    [
        ([np.nan, np.nan], "No k has a silhouette."),
        ([0.1, 0.5, 0.2], "Highest at k = 2, and at no neighbouring k within 0.01 of it."),
        ([0.5, 0.2, 0.495, 0.1], "Highest at k = 1, and at no neighbouring k within 0.01 of it. "
         "As good again at k = 3."),
        ([0.1, 0.2, 0.3], "Highest at k = 3, and at no neighbouring k within 0.01 of it. The axis "
         "ends there: raise Largest k to see whether it goes on rising."),
    ],
)  # fmt: skip
def test_the_peak_in_words(curve, said):
    values = np.arange(1.0, len(curve) + 1)
    assert fitted.about_peak(validity.peak(values, np.array(curve)), last=values[-1]) == said


def test_the_point_that_was_meant_is_the_nearest_one():
    flat = projection.view(Dataset.from_points([[0, 0], [10, 0], [10, 3]]))
    assert ui.pointed(flat, ui.Click(9.0, 2.0)) == 2
    strip = projection.view(Dataset.from_points([[0.0], [1000.0]]))
    assert ui.pointed(strip, ui.Click(600.0, 0.1)) == 1


def bandwidths():
    """An axis over another parameter than k, without silhouettes."""
    import numpy as np
    import streamlit as st

    from clustering.axis import FittedAxis
    from clustering.dataset import Dataset
    from clustering.partition import Partition
    from dashboard import ui

    data = Dataset.from_points([[0.0], [1.0], [5.0], [6.0]])
    labels = ([0, 1, 2, 3], [0, 0, 1, 2], [0, 0, 1, 1], [0, 0, 0, 0])
    axis = FittedAxis(
        "bandwidth",
        np.array([-2.0, 0.5, 1.5, 40.0]),
        tuple(Partition(each, data.rows, "by hand") for each in labels),
        {"clusters": np.array([4.0, 3.0, 2.0, 1.0])},
        {},
    )
    here = ui.stand_at(
        axis, "x_band", data, label="Bandwidth", default=1.4,
        on=st.session_state.get("on", "some data"),
    )  # fmt: skip
    st.button("click", on_click=here.move, args=(ui.Click(0.2, 0.0),))
    st.write(f"{here.value} {here.partition.k} {here.numbers.tolist()} {here.peak}")
    ui.axis_chart(here, "x_axis", left="clusters")


def test_any_parameter_has_a_slider_at_the_values_that_were_computed():
    app = AppTest.from_function(bandwidths, default_timeout=60).run()
    assert at(app) == "1.5 2 [0, 1] None"
    assert "present value 1.5." in charts(app)[0]["alt"] and charts(app)[0]["clicks"]
    app.select_slider[0].set_value(0).run()
    assert at(app) == "-2.0 4 [0, 3, 1, 2] None", "clusters keep the colours of the default"
    app.button[0].click().run()
    assert at(app).startswith("0.5 3 ") and "0.5" in app.query_params["x_band"]
    app.session_state["on"] = "other data"
    assert at(app.run()).startswith("1.5 2 ")


@pytest.mark.parametrize(
    ("link", "place"), [("-2", -2.0), ("30", 40.0), ("0.7", 0.5), ("1e309", 1.5), ("<b>", 1.5)]
)
def test_a_link_leads_to_the_nearest_value_that_was_computed(link, place):
    app = AppTest.from_function(bandwidths, default_timeout=60)
    app.query_params["x_band"] = link
    assert at(app.run()).startswith(f"{place} ")
