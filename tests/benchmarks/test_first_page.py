"""What is loaded until the first page can be used: each module more is paid for at every start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from villagedesk.storage.desk import Desk
from villagedesk.ui.usable import VARIABLE

CHECKOUT = Path(__file__).parents[2]
OPEN = """
import sys
from pathlib import Path
from villagedesk.ui.house import open_house
open_house(Path(sys.argv[1]))
print(*sys.modules)
"""
LATER = {
    "reportlab", "sqlite_utils", "nacl", "rfc8785", "openpyxl", "python_calamine", "pypinyin", "chinese_calendar", "click",
    "xlsxwriter", "pypdfium2", "tomllib", "decimal", "calendar",
}  # fmt: skip
ROOMS_LATER = {"reports", "payments", "projects", "deliberation", "township", "cli"}


@pytest.fixture
def loaded(desk: Desk, tmp_path: Path) -> list[str]:
    """The modules in the order they were loaded until a village's first page was usable."""
    desk.close()
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_STATE_HOME": str(tmp_path), VARIABLE: "home"}
    done = subprocess.run(
        [sys.executable, "-c", OPEN, str(desk.folder)],
        cwd=CHECKOUT, env=environment, capture_output=True, encoding="utf-8", timeout=60, check=True,
    )  # fmt: skip
    page, *modules = done.stdout.splitlines()
    assert page.startswith("home\t")
    return modules[0].split()


def test_the_first_page_loads_no_room_it_does_not_show(loaded: list[str]) -> None:
    assert not LATER & set(loaded)
    assert not {name for name in loaded if name.startswith("villagedesk.") and name.split(".")[1] in ROOMS_LATER}


def test_what_needs_no_window_is_loaded_before_qt(loaded: list[str]) -> None:
    assert loaded.index("villagedesk.village.store") < loaded.index("PySide6")
