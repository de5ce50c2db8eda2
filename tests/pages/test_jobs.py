"""Long work on a page: where it is done, what is said meanwhile, and what is kept."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from clustering import engine, kmeans
from clustering.dataset import Dataset
from clustering.errors import EngineError
from clustering.progress import Report, Step, silent
from dashboard.ui import jobs

pytestmark = pytest.mark.slow


def page(function, dataset, **arguments):
    import streamlit as st

    from dashboard import ui

    with ui.explained():
        st.session_state["answer"] = ui.computed(function, dataset, **arguments)
    st.write("below")


def opened(function: Callable, dataset: Dataset, **arguments: object) -> AppTest:
    app = AppTest.from_function(
        page, args=(function, dataset), kwargs=arguments, default_timeout=120
    )
    app.run()
    assert not app.exception
    return app


def dataset_of(n: int) -> Dataset:
    return Dataset.from_points(np.random.default_rng(0).normal(size=(n, 2)))


class Asked:
    """Stands for the engine, and does the work here."""

    def __init__(self, step: Step | None = None, error: Exception | None = None) -> None:
        self.step, self.error = step, error
        self.functions: list[Callable] = []

    def __call__(self, function, *arguments, report=silent, **keywords):
        self.functions.append(function)
        if self.step is not None:
            report(self.step)
        if self.error is not None:
            raise self.error
        return function(*arguments, **keywords)


@pytest.fixture
def asked(monkeypatch) -> Asked:
    stand_in = Asked()
    monkeypatch.setattr(engine, "run", stand_in)
    return stand_in


def test_small_work_never_asks_the_engine(asked):
    app = opened(kmeans.axis, dataset_of(50), k_max=3, n_init=1)
    assert len(app.session_state["answer"].partitions) == 3
    assert not asked.functions


def test_work_that_was_begun_here_goes_to_the_engine_when_it_takes_longer(asked, monkeypatch):
    monkeypatch.setattr(jobs, "PATIENCE", 0.0)
    opened(kmeans.axis, dataset_of(50), k_max=2, n_init=1)
    assert not asked.functions  # so near the end it is not worth while
    monkeypatch.setattr(jobs, "WORTH", 0.0)
    app = opened(kmeans.axis, dataset_of(50), k_max=3, n_init=1)
    assert len(app.session_state["answer"].partitions) == 3
    assert asked.functions == [kmeans.axis]


def test_what_cannot_report_and_what_is_the_pages_own_stays_here(asked):
    app = opened(kmeans.fit, dataset_of(jobs.SMALL + 1), k=2, n_init=1)
    assert app.session_state["answer"].k == 2
    opened(own, dataset_of(jobs.SMALL + 1))
    assert not asked.functions


def own(dataset: Dataset, *, report: Report = silent) -> int:
    report(Step(1, 1, "here"))
    return dataset.n


def test_large_work_is_done_by_a_worker_and_gives_the_same():
    data = dataset_of(jobs.SMALL + 1)
    app = opened(kmeans.axis, data, k_max=3, n_init=1)
    answer, here = app.session_state["answer"], kmeans.axis(data, k_max=3, n_init=1)
    np.testing.assert_array_equal(answer.at(3).labels, here.at(3).labels)
    assert len(app.session_state["results"]) == 1
    app.run()
    assert app.session_state["answer"] is answer


@pytest.mark.parametrize("error", [EngineError("It ended. Run it again."), MemoryError()])
def test_an_error_is_one_sentence_and_nothing_is_kept(asked, error):
    asked.error = error
    app = AppTest.from_function(
        page,
        args=(kmeans.axis, dataset_of(jobs.SMALL + 1)),
        kwargs={"k_max": 3},
        default_timeout=120,
    ).run()
    assert not app.session_state["results"]
    if isinstance(error, EngineError):
        assert [message.value.replace("\\", "") for message in app.error] == [str(error)]
        assert not app.exception and not app.markdown
    asked.error = None
    app.run()
    assert not app.error and not app.exception
    assert app.session_state["answer"].at(3).k == 3


def test_the_bar_tells_how_far_it_is_and_leaves_no_trace(asked, monkeypatch):
    said = []
    asked.step = Step(7, 12, "k = 7 of 12")
    monkeypatch.setattr(jobs, "PATIENCE", -1.0)
    tell = jobs.progress_text
    monkeypatch.setattr(jobs, "progress_text", lambda *about: said.append(tell(*about)) or said[-1])
    app = opened(kmeans.axis, dataset_of(jobs.SMALL + 1), k_max=2, n_init=1)
    assert said == ["k = 7 of 12, 0 s gone, about 1 s left"]
    assert not app.button and not app.get("progress")


def test_a_stopped_computation_says_so_and_can_run_again(asked):
    app = opened(kmeans.axis, dataset_of(jobs.SMALL + 1), k_max=2, n_init=1)
    [key] = app.session_state["results"]
    app.session_state["results"].clear()
    app.session_state["stopped"] = key
    app.run()
    assert "stopped" in app.info[0].value
    assert [button.label for button in app.button] == ["Run again"]
    assert not app.markdown  # the page ends there
    app.button[0].click().run()
    assert not app.info and not app.button
    assert len(asked.functions) == 2


def chained() -> None:
    import numpy as np
    import streamlit as st

    from clustering import kmeans
    from clustering.dataset import Dataset
    from dashboard.ui.jobs import computed
    from tests.pages import test_jobs

    data = Dataset.from_points(np.arange(20.0).reshape(10, 2))
    axis = computed(kmeans.axis, data, k_max=3, n_init=1)
    st.session_state["sizes"] = [
        computed(test_jobs.counted, data, axis=axis),
        computed(test_jobs.counted, data, axis=axis.partitions[1]),
        computed(test_jobs.counted, data, axis=kmeans.axis(data, k_max=3, n_init=1)),
    ]


calls: list[object] = []


def counted(dataset: Dataset, *, axis: object) -> int:
    calls.append(axis)
    return len(calls)


def test_a_result_is_known_by_what_made_it(monkeypatch):
    seen = []
    monkeypatch.setattr(jobs, "digest", lambda *parts: seen.append(parts) or str(hash(str(parts))))
    app = AppTest.from_function(chained, default_timeout=120).run()
    assert not app.exception
    first = list(app.session_state["sizes"])
    assert len(set(first)) == 3
    seen.clear()
    app.run()
    assert app.session_state["sizes"] == first  # found again
    arrays = [part for parts in seen for part in parts if isinstance(part, np.ndarray)]
    assert len(arrays) < 20  # those of the stranger alone: what was kept is not read again


def two_of(which):
    import numpy as np
    import streamlit as st

    from clustering.dataset import Dataset
    from dashboard import ui

    def times(dataset, *, factor):
        st.session_state["made"] = [*st.session_state.get("made", []), factor]
        return dataset.points * factor

    data = Dataset.from_points(np.ones((4, 2)))
    ui.header("Which?", "one", key="zz")
    for factor in (1, st.session_state.get("second", which)):
        ui.computed(times, data, factor=factor)


def test_what_the_page_shows_is_not_crowded_out(monkeypatch):
    monkeypatch.setattr(jobs, "KEPT", 64)  # one result's bytes; the page shows two
    app = AppTest.from_function(two_of, args=(2,)).run().run()
    assert app.session_state["made"] == [1, 2]
    app.session_state["second"] = 3
    app.run().run()
    assert app.session_state["made"] == [1, 2, 3]
    app.session_state["second"] = 2
    app.run().run()
    assert app.session_state["made"] == [1, 2, 3, 2], "what is not shown any more may go"
    assert len(app.session_state["results"]) == 2
