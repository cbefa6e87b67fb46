"""Receipts that are not as they should be: the village believes none of them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.offices import Files, Offices, forged
from villagedesk.exchange import usecases
from villagedesk.exchange.model import Ruling
from villagedesk.kernel.errors import PackageRefused
from villagedesk.payments.model import Claim
from villagedesk.township.usecases import give_verdict

Edit = Callable[[dict[str, Any]], object]


@pytest.fixture
def refused(offices: Offices) -> Callable[[Edit], str]:
    """Write a receipt with one verdict, change its content, sign it anew; return why the village refuses it."""
    offices.take_up()
    give_verdict(offices.township, offices.township.find(Claim)[0], Ruling.PASSED)

    def refused(edit: Edit) -> str:
        def change(files: Files, info: dict[str, str]) -> None:
            content = json.loads(files["data/receipt.json"])
            replaced = edit(content)
            files["data/receipt.json"] = replaced if isinstance(replaced, bytes) else json.dumps(content).encode()

        return _why(offices, forged(offices.receipt(), _seed(offices), change))

    return refused


def _seed(offices: Offices) -> bytes:
    assert offices.township.signing_seed
    return offices.township.signing_seed


def _why(offices: Offices, path: Path) -> str:
    before = offices.tips()
    with pytest.raises(PackageRefused) as caught:
        usecases.receive(offices.village, path)
    assert offices.tips() == before
    assert (offices.village.folder / "inbox" / "隔离").is_dir()
    return str(caught.value.facts["why"])


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"number":', b"[" * 50_000, b"\xff"])
def test_a_content_nobody_can_read(refused: Callable[[Edit], str], content: bytes) -> None:
    assert "看不懂" in refused(lambda _: content)


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (lambda content: content.update(more=1), "看不懂"),
        (lambda content: content.update(verdicts=5), "看不懂"),
        (lambda content: content.update(verdicts=[5]), "看不懂"),
        (lambda content: content.update(number=2), "说明页"),
        (lambda content: content.update(last_seq=1), "说明页"),
        (lambda content: content["counts"].update(claims=2), "不一致"),
        (lambda content: content.update(voucher_fen=1), "不一致"),
        (lambda content: content["verdicts"][0].update(village_id="X"), "不合格式"),
        (lambda content: content["verdicts"][0].update(version=2), "不合格式"),
        (lambda content: content["verdicts"][0].update(outcome="perhaps"), "不合格式"),
        (lambda content: content["verdicts"][0].update(note="\ud800"), "不合格式"),
        (lambda content: content["verdicts"][0].pop("note"), "不合格式"),
        (lambda content: content["verdicts"][0].update(subject_id="C" * 26), "本村没有"),
        (lambda content: content["verdicts"][0].update(subject_version=99), "本村没有"),
    ],
)
def test_a_content_that_is_not_right(refused: Callable[[Edit], str], edit: Edit, why: str) -> None:
    assert why in refused(edit)


def test_a_verdict_without_its_reason_contradicts_the_schema(refused: Callable[[Edit], str]) -> None:
    assert "互相矛盾" in refused(lambda content: content["verdicts"][0].update(outcome="returned"))


def test_a_receipt_with_other_files(offices: Offices) -> None:
    def edit(files: Files, info: dict[str, str]) -> None:
        files["data/journal.jsonl"] = b""

    offices.take_up()
    assert "不是回执" in _why(offices, forged(offices.receipt(), _seed(offices), edit))


def test_a_receipt_for_other_books(offices: Offices) -> None:
    def edit(files: Files, info: dict[str, str]) -> None:
        content = json.loads(files["data/receipt.json"])
        info["Last-Link"] = content["last_link"] = "a" * 64
        files["data/receipt.json"] = json.dumps(content).encode()

    offices.take_up()
    assert "对不上" in _why(offices, forged(offices.receipt(), _seed(offices), edit))


def test_a_receipt_that_looks_ahead(offices: Offices) -> None:
    def edit(files: Files, info: dict[str, str]) -> None:
        content = json.loads(files["data/receipt.json"])
        content["last_seq"] = 99_999
        info["Last-Entry"] = "99999"
        files["data/receipt.json"] = json.dumps(content).encode()

    offices.take_up()
    assert "对不上" in _why(offices, forged(offices.receipt(), _seed(offices), edit))


def test_a_receipt_before_anything_arrived(offices: Offices) -> None:
    plan = offices.take_down()
    assert plan.summary.endswith("新的乡镇意见0条。")
