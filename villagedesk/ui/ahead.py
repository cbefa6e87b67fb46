"""Loads ahead what the first chart needs, once the first page is in use: 50 ms that the window need not wait later."""

from threading import Thread


def load_charts() -> Thread:
    """Load the layout of charts and read its faces on a thread of its own, and return that thread."""
    thread = Thread(target=_draw_one, name="charts", daemon=True)
    thread.start()
    return thread


def _draw_one() -> None:
    from villagedesk.reports.sheet import Bar, Chart
    from villagedesk.reports.svg import chart_svg

    chart_svg(Chart(("已支出",), (Bar("资金", (1,), "1.00元"),)), 300, 15)
