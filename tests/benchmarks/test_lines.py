"""The benchmarks run, small, and report a line a figure that a program can read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import __main__ as program
from benchmarks import books
from benchmarks.exchanging import exchange
from benchmarks.figures import Figure, ratio, side_by_side
from benchmarks.intake import intake
from benchmarks.leafing import COLUMNS
from benchmarks.months import closing, prepared
from benchmarks.opening import opening
from benchmarks.posting import posting
from benchmarks.registers import leafing
from villagedesk.closing.checklist import checklist
from villagedesk.closing.waiting import to_close
from villagedesk.storage.desk import Desk
from villagedesk.storage.verify import verify


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Build the books of this module in a folder of its own, once."""
    place = tmp_path_factory.mktemp("benchmarks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(books, "cache", lambda: place)
        patch.setattr("benchmarks.exchanging.cache", lambda: place)
        patch.setattr("benchmarks.registers.cache", lambda: place)
        patch.setattr("benchmarks.intake.cache", lambda: place)
        yield


def test_a_line_is_name_value_unit_and_what_it_is_compared_with() -> None:
    line = str(Figure("open.ratio", 1.03456, "times", "at most 1.2"))
    assert line.split("\t") == ["open.ratio", "1.035", "times", "at most 1.2"]


def test_things_are_measured_in_turn_and_the_first_round_is_thrown_away() -> None:
    order: list[str] = []

    def measure(name: str) -> float:
        order.append(name)
        return float(len(order))

    taken = side_by_side({"a": lambda: measure("a"), "b": lambda: measure("b")}, 2)
    assert order == ["a", "b"] * 3
    assert taken == {"a": [3.0, 5.0], "b": [4.0, 6.0]}


def test_a_ratio_compares_each_round_with_its_own() -> None:
    assert ratio([2.0, 30.0, 4.0], [1.0, 10.0, 2.0]) == 2.0


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["opn"]) == 2
    assert "opn" in capsys.readouterr().err


def test_a_group_or_a_single_figure_can_be_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = [Figure("open.bare", 0.2, "s"), Figure("open.1k", 0.4, "s")]
    monkeypatch.setattr(program, "GROUPS", {"open": lambda: iter(figures)})
    program.main(["open.bare"])
    assert capsys.readouterr().out == "open.bare\t0.2\ts\t\n"
    program.main(["open"])
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_the_books_hold_what_they_say_and_prove_themselves() -> None:
    folder = books.books(120)
    with Desk.open(folder, write=False) as desk:
        assert desk.value("SELECT count(*) FROM vouchers") == 120
        assert desk.value("SELECT count(*) FROM claims c WHERE state = 'paid'") == 120
        assert desk.value("SELECT count(DISTINCT fund_id) FROM vouchers") > 10
    assert verify(folder).faults == ()


@pytest.mark.window
def test_small_books_open_and_report_every_figure() -> None:
    found = {figure.name: figure for figure in opening(12, 120, rounds=1)}
    assert list(found) == [
        "open.12", "open.120", "open.bare", "open.ratio_120_to_12", "open.ratio_120_to_bare", "open.rss_120",
    ]  # fmt: skip
    assert 0 < found["open.bare"].value < found["open.120"].value
    assert found["open.rss_120"].value > 20


def test_a_few_claims_are_posted_beside_bare_commits() -> None:
    found = {figure.name: figure.value for figure in posting(120, claims=4, stack=2)}
    assert set(found) == {"post.claim", "post.bare", "post.flush", "post.ratio", "post.ratio_office", "post.whole"}
    assert all(value > 0 for value in found.values())


@pytest.mark.window
def test_registers_are_leafed_through_and_report_every_figure() -> None:
    found = {figure.name: figure.value for figure in leafing((700, 1_700), rounds=1)}
    acts = ("shown", "opened", "middle", "end", "find", "found", *(f"sort.{key}" for key in COLUMNS))
    names = {f"leaf.{act}_{size}" for act in acts for size in ("700", "ratio_1k")} | {"leaf.memory_1k"}
    assert set(found) == names
    assert all(value > 0 for name, value in found.items() if name != "leaf.memory_1k")


def test_months_are_closed_in_short_and_in_longer_books() -> None:
    found = {figure.name: figure.value for figure in closing(120, long=2)}
    assert set(found) == {f"close.{act}_{what}" for act in ("close", "check", "papers") for what in ("1", "2", "ratio")}
    assert all(value > 0 for value in found.values())


def test_a_months_checklist_reads_no_more_in_longer_books() -> None:
    """SQLite's steps are counted, not seconds: whatever read all years would treble them."""
    steps: list[int] = []
    for years in (1, 3):
        with books.copied(books.books(240 * years, years=years)) as folder, prepared(folder) as desk:
            month = to_close(desk, desk.clock.now().date())
            assert month
            checklist(desk, month)
            steps.append(0)

            def step() -> None:
                steps[-1] += 1

            desk._connection.set_progress_handler(step, 10)
            checklist(desk, month)
            desk._connection.set_progress_handler(None, 10)
    assert steps[0] > 100
    assert steps[1] < 1.5 * steps[0]


def test_small_foreign_sheets_are_taken_in() -> None:
    found = {figure.name: figure.value for figure in intake(40, few=10, rounds=1)}
    assert {name.split(".")[1] for name in found} == {
        f"{kind}_{act}{ratio}"
        for kind in ("expenses", "payroll")
        for act in ("look", "take")
        for ratio in ("", "_ratio")
    }
    assert all(value > 0 for value in found.values())


def test_a_small_package_goes_out_and_comes_in() -> None:
    found = {figure.name: figure.value for figure in exchange(40, rounds=1)}
    assert len(found) == 6
    assert all(value > 0 for value in found.values())


def test_half_built_books_are_not_kept() -> None:
    def fail(folder: Path) -> None:
        (folder / "half").touch()
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        books.built("broken", fail)
    assert not list(books.cache().rglob("broken"))
