"""k-medoids as a user meets it: medoids by their names, under any distance."""

import pytest

from tests.pages.driving import opened

PAGE = "dashboard/partition/kmedoids/page.py"


@pytest.mark.parametrize(("data", "rows"), [("customers", 200), ("towns", 320)])
def test_each_cluster_has_a_row_of_the_file_that_stands_for_it(data, rows):
    page = opened(PAGE, data=data, md_k="4")
    assert not page.exception
    table = page.dataframe[0].value
    assert table["cluster"].tolist() == [1, 2, 3, 4]
    assert table["stands for"].sum() == rows
    assert table["row"].is_unique


def test_places_are_measured_along_the_globe():
    page = opened(PAGE, data="towns", md_k="4", places="great-circle")
    assert not page.exception
    assert "km" in next(each.value for each in page.metric if each.label == "Mean distance")
    sidebar = " ".join(each.value for each in page.sidebar.caption)
    assert "great-circle distance" in sidebar
    assert "scaling" not in sidebar
