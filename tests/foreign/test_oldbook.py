"""An .xls tells of hidden and struck rows, of formulas without a result and of its password, and damage is no crash."""

from pathlib import Path
from random import Random

import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.foreign.sources import PAYROLL, old
from villagedesk.kernel.errors import BadInput
from villagedesk.storage.foreign import open_book, read_grid
from villagedesk.storage.foreign.marks import UNSEEN
from villagedesk.storage.foreign.oldbook import is_locked, old_marks


def test_marks_of_an_old_workbook(tmp_path: Path) -> None:
    file = old(PAYROLL, tmp_path / "表.xls", hidden=[5, 7], struck=[4], formulas={(3, 4): "600*2"})
    grid = read_grid(file)
    assert set(grid.hidden) == {5, 7}
    assert (set(grid.struck), set(grid.unworked), grid.is_seen) == ({4}, {(3, 4)}, True)


def test_a_word_struck_inside_a_cell_is_seen(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    font = xlwt.easyfont("struck_out on")
    sheet = book.add_sheet("a")
    sheet.write(0, 0, "姓名")
    sheet.write_rich_text(1, 0, ["严", ("珍", font)])
    book.save(str(tmp_path / "表.xls"))
    assert read_grid(tmp_path / "表.xls").struck == {1}


def test_a_password_is_told(tmp_path: Path) -> None:
    content = old(PAYROLL, tmp_path / "表.xls", is_locked=True).read_bytes()
    assert is_locked(content)
    with pytest.raises(BadInput, match="加了密码。请用 WPS 打开，取消密码"):
        open_book("表.xls", content).grid("明细")
    assert not is_locked(PAYROLL.file.read_bytes())
    assert not is_locked(b"\xd0\xcf\x11\xe0 nothing")


def test_what_cannot_be_seen_is_said(tmp_path: Path) -> None:
    assert old_marks(b"\xd0\xcf\x11\xe0" + bytes(3000), "a") == UNSEEN
    assert old_marks(old(PAYROLL, tmp_path / "表.xls").read_bytes(), "别的") == UNSEEN


@given(st.integers(0, 10_000), st.integers(1, 40))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_workbook_is_read_or_refused_and_never_a_crash(tmp_path: Path, seed: int, times: int) -> None:
    file = tmp_path / "表.xls"
    content = bytearray((file if file.exists() else old(PAYROLL, file)).read_bytes())
    chance = Random(seed)
    for _ in range(times):
        content[chance.randrange(512, len(content))] = chance.randrange(256)
    try:
        book = open_book("表.xls", bytes(content))
        grids = [book.grid(sheet) for sheet in book.sheets]
    except BadInput:
        return
    assert grids
