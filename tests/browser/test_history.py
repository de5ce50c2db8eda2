"""The Back button leads to the page before, however much a page writes into its address."""

from playwright.sync_api import expect

from tests.browser.hands import go


def test_one_press_of_back_is_one_page(open_page):
    page = open_page("?data=iris&scaling=robust")
    go(page, "Partition", "k-means boundaries")
    page.go_back()
    expect(page.get_by_role("heading", name="What is in the file")).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("heading", name="Where does one group end")).to_be_visible()
