"""What the Data page's tabs show: columns, rows, pairs of columns, a first look, a map."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import streamlit as st

from clustering import engine
from clustering.data.passport import Column, Passport
from clustering.data.places import places
from clustering.data.reading import Kind, given_from
from clustering.data.tables import Table
from clustering.dataset import Dataset, Floats
from clustering.errors import ClusterloomError
from clustering.figures import columns as figures
from clustering.figures import look
from clustering.figures import places as maps
from clustering.geometry import embedding, projection
from clustering.progress import Report
from clustering.words import count
from dashboard import ui
from dashboard.data import reading
from dashboard.ui import shelf
from dashboard.ui.room import Opened

__all__ = ["tabs"]

PREVIEW_ROWS = 500
KINDS: tuple[Kind, ...] = (
    "number", "code", "boolean", "date", "time", "category", "text", "id",
)  # fmt: skip


def tabs(
    opened: Opened, passport: Passport, dataset: Dataset | None
) -> dict[str, Callable[[], None]]:
    """Give the tabs that have something to show."""
    found: dict[str, Callable[[], None]] = {
        "Columns": lambda: columns(opened, passport),
        "Rows": lambda: rows(opened.table),
    }
    if dataset is not None:
        pair = places(passport)
        if dataset.d > 1:
            found["Pairs"] = lambda: pairs(opened, dataset)
        if dataset.metric.is_euclidean:
            found["First look"] = lambda: first_look(opened, dataset)
        if pair is not None:
            found["Map"] = lambda: on_the_map(opened, pair, dataset)
        if opened.choices.components or opened.choices.variance:
            found["Components"] = lambda: components(opened)
    return found


# ---- columns ---------------------------------------------------------------------------------
def columns(opened: Opened, passport: Passport) -> None:
    """Show what is known about each column, let its kind be changed, and draw one of them."""
    table = opened.table
    key = f"dt_kinds_{table.key}"

    def changed() -> None:
        told = dict(given_from(opened.how).get("kinds", ()))
        for row, edit in st.session_state[key]["edited_rows"].items():
            if "kind" in edit:
                told[passport.columns[int(row)].name] = edit["kind"]
        reading.change_reading(opened, kinds=list(map(list, told.items())))

    frame = pd.DataFrame(
        {
            "column": [column.name for column in passport.columns],
            "kind": [column.kind for column in passport.columns],
            "remark": [remark(column, table) for column in passport.columns],
            "missing": [100 * column.missing / passport.rows for column in passport.columns],
            "different": [column.distinct for column in passport.columns],
            "shape": [shape(table, column) for column in passport.columns],
            "lowest": [digits(column.low) for column in passport.columns],
            "mean": [digits(column.mean) for column in passport.columns],
            "highest": [digits(column.high) for column in passport.columns],
            "examples": [", ".join(column.examples) for column in passport.columns],
        }
    )
    st.data_editor(
        frame, key=key, on_change=changed, hide_index=True, num_rows="fixed",
        disabled=[name for name in frame.columns if name != "kind"],
        column_config={
            "column": st.column_config.TextColumn(width="medium"),
            "kind": st.column_config.SelectboxColumn(
                options=KINDS, required=True,
                help="What was found out; choose another where it is wrong. Cells that do not "
                "fit the chosen kind count as missing.",
            ),
            "remark": st.column_config.TextColumn(width="medium"),
            "missing": st.column_config.NumberColumn(
                format="%.1f %%", help="Share of the rows."
            ),
            "shape": st.column_config.BarChartColumn(
                help="How often its values occur, from the lowest to the highest; for words "
                "from the most frequent."
            ),
        },
    )  # fmt: skip
    names = [column.name for column in passport.columns]
    name = st.selectbox(
        "Draw", names, key="dt_column", bind="query-params", width=320,
        index=next((i for i, c in enumerate(passport.columns) if c.kind == "number"), 0),
    )  # fmt: skip
    name = name if name in names else names[0]
    ui.chart(figures.column(table, name), "dt_one", height=300)
    ui.note(table.form(name).doubt)


def shape(table: Table, column: Column) -> list[float]:
    """Count the values of a column in a dozen bins, or its most frequent words."""
    cells = table.frame[column.name]
    if column.kind in ("number", "date", "time"):
        counts, _ = figures.bins(figures.as_numbers(cells), most=12)
        return [float(each) for each in counts]
    if column.kind in ("id", "text"):
        return []
    return [float(each) for each in cells.value_counts().head(12)]


def digits(value: float) -> str:
    """Give four digits of a number, and nothing where there is none."""
    return "" if np.isnan(value) else f"{value:,.4g}"


def remark(column: Column, table: Table) -> str:
    """Say what is odd about a column."""
    form = table.form(column.name)
    if column.name == table.truth:
        return "known groups, left out"
    if column.missing == len(table.frame):
        return "empty"
    if column.constant:
        return "constant"
    if form.odd:
        return f"{count(form.odd, 'cell')} unlike the others: {form.odd_example!r}"
    if column.infinite:
        return f"{column.infinite} infinite"
    if form.doubt:
        return "can be read in two ways"
    return f"in {form.unit}" if form.unit else ""


# ---- rows ------------------------------------------------------------------------------------
def rows(table: Table) -> None:
    """Show the file as it was read."""
    st.dataframe(table.frame.head(PREVIEW_ROWS), height=360)
    if len(table.frame) > PREVIEW_ROWS:
        ui.note(f"The first {PREVIEW_ROWS} of {len(table.frame):,} rows.")


# ---- pictures of the prepared points ---------------------------------------------------------
def pairs(opened: Opened, dataset: Dataset) -> None:
    """Draw the prepared columns two by two."""
    with ui.explained():
        wide = min(dataset.d, figures.MOST_PAIRS)
        figure = figures.matrix(dataset, ui.groups_of(opened.table, dataset))
        ui.chart(figure, "dt_pairs", height=120 + 120 * wide)


def first_look(opened: Opened, dataset: Dataset) -> None:
    """Draw the points as flat as they go: by principal components, or by UMAP."""
    way = st.segmented_control(
        "Layout", ["principal components", "UMAP"], default="principal components",
        key="dt_look", bind="query-params", required=True,
        help="Principal components keep the large distances. UMAP keeps who is near whom; the "
        "sizes of its islands and the gaps between them mean nothing.",
    )  # fmt: skip
    groups = ui.groups_of(opened.table, dataset)
    if way == "UMAP":
        try:
            flat = ui.computed(laid_out, dataset)
        except ClusterloomError as error:
            st.error(ui.literal(error, most=400))
            return
        axes = ("UMAP 1", "UMAP 2")
    else:
        view = projection.view(dataset)
        flat, axes = view.points, view.axes
    ui.chart(
        lambda window: look.look(dataset, flat, axes, groups, window=window),
        f"dt_look_{way[:4]}",
        height=480,
    )


def laid_out(dataset: Dataset, *, report: Report) -> Floats:
    """Have UMAP lay the points out on a worker process, where it is loaded."""
    return engine.run(embedding.umap, dataset, report=report)


def on_the_map(opened: Opened, pair: tuple[str, str], dataset: Dataset) -> None:
    """Draw the rows where their columns of latitude and longitude say that they are."""
    latitude, longitude = (
        opened.table.frame[name].iloc[dataset.rows].to_numpy(np.float64, na_value=np.nan)
        for name in pair
    )
    flat = np.column_stack([longitude, latitude])
    known = np.isfinite(flat).all(axis=1)
    groups = ui.groups_of(opened.table, dataset)
    labels = np.zeros(dataset.n, dtype=np.int32)
    if groups is not None:
        labels = pd.factorize(groups, sort=True)[0].astype(np.int32)
    flat[~known] = flat[known].mean(axis=0) if known.any() else 0.0
    ui.chart(lambda window: maps.map(dataset, flat, labels, window=window), "dt_map", height=480)
    if not known.all():
        ui.note(f"{count(int((~known).sum()), 'row')} without a place stand in the middle.")


def components(opened: Opened) -> None:
    """Draw how much each principal component holds."""
    fitted = shelf.fitted(opened.table, opened.choices)
    if fitted.scree is not None:
        kept = 0 if fitted.pca is None else int(fitted.pca.n_components_)
        ui.chart(figures.scree(fitted.scree, kept=kept), "dt_scree", height=320)
