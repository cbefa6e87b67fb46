"""What charts need is loaded before the first of them is shown, and not before the first page is."""

import subprocess
import sys

LOAD = """
import sys
import villagedesk.ui.ahead as ahead
before = set(sys.modules)
ahead.load_charts().join()
from villagedesk.reports import fonts
print("villagedesk.reports.svg" in before, fonts.face.cache_info().currsize > 0, "PySide6.QtSvg" in sys.modules)
"""


def test_charts_and_their_faces_are_read_on_a_thread_that_touches_no_window() -> None:
    done = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, encoding="utf-8", check=True, timeout=60)
    assert done.stdout.split() == ["False", "True", "False"]
    assert done.stderr == ""
