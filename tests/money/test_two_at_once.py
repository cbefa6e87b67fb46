"""Several programs post at once and some are killed at it: numbers run on without gap, and no claim is paid twice."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.payments.paying import YUAN, a_claim, grant_project, granted
from villagedesk.kernel.errors import RuleViolation
from villagedesk.ledger.figures import Book
from villagedesk.ledger.model import Advance
from villagedesk.ledger.store import held
from villagedesk.ledger.usecases import give_advance
from villagedesk.payments.model import Claim, Voucher
from villagedesk.payments.usecases import post
from villagedesk.storage.desk import Desk
from villagedesk.storage.verify import verify

CLAIMS = 24
KILLS = 4
CHECKOUT = Path(__file__).parents[2]

# Posts the claims it is given, each as soon as it can, and says "paid NUMBER"; says "taken" of one that is paid already.
POSTER = """
import os, sys
from pathlib import Path
from datetime import datetime
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.errors import RuleViolation
from villagedesk.payments.usecases import post
from villagedesk.storage.connection import for_writing
from villagedesk.storage.desk import Actor, Desk

def say(line):  # in one write: death never leaves half a line behind
    os.write(1, f"{line}\\n".encode())

folder, actor, *claims = sys.argv[1:]
desk = Desk(Path(folder), for_writing(Path(folder) / "desk.sqlite"), None, SetClock(datetime(2026, 1, 5, 10, tzinfo=CHINA)))
desk.is_writable, desk.actor = True, Actor(actor, "李会计", "accountant")
say("ready")
for claim in claims:
    try:
        say(f"paid {post(desk, claim).number}")
    except RuleViolation:
        say("taken")
"""


@pytest.fixture
def waiting(desk: Desk) -> list[str]:
    """Claims that only wait to be paid."""
    project = grant_project(desk)
    return [
        granted(desk, a_claim(project, (place + 1) * YUAN, payee=f"店{place}", invoice_number=f"N{place}")).id
        for place in range(CLAIMS)
    ]


def numbers_of(desk: Desk) -> list[int]:
    return [voucher.number for voucher in desk.find(Voucher, order="number")]


def test_threads_post_the_same_claims_at_once(desk: Desk, waiting: list[str]) -> None:
    def pay(order: int) -> int:
        with desk.sibling() as own:
            mixed = random.Random(order).sample(waiting, len(waiting))
            return sum(paid(own, claim) for claim in mixed)

    with ThreadPoolExecutor(3) as several:
        posted = list(several.map(pay, range(3)))
    assert sum(posted) == CLAIMS, "each claim is paid by one of them"
    assert numbers_of(desk) == list(range(1, CLAIMS + 1))
    assert not verify(desk.folder).faults


def test_threads_that_post_at_once_leave_the_bank_no_less_than_nothing(desk: Desk, waiting: list[str]) -> None:
    """Half of what is asked lies in the bank: each thread remembers its own sums and sees what the others took."""
    half = sum(desk.get(Claim, one).amount_fen for one in waiting) // 2
    today = desk.clock.now().date()
    there = held(desk, Book.BANK, today)
    given = Advance(taker="王桂香", given_on=today, due_on=today, amount_fen=there - half, purpose="买灯泡")
    give_advance(desk, given)

    def pay(order: int) -> None:
        with desk.sibling() as own:
            for claim in random.Random(order).sample(waiting, len(waiting)):
                paid(own, claim)

    with ThreadPoolExecutor(3) as several:
        list(several.map(pay, range(3)))
    left = held(desk, Book.BANK, today)
    unpaid = [claim.amount_fen for claim in desk.find(Claim, "state = 'granted'")]
    assert 0 <= left < min(unpaid), "as much was paid as there was"
    assert half - left + sum(unpaid) == 2 * half
    assert not verify(desk.folder).faults


def paid(desk: Desk, claim_id: str) -> bool:
    try:
        post(desk, claim_id)
    except RuleViolation:
        return False
    return True


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="killing is what is tested")
def test_programs_post_at_once_and_are_killed(desk: Desk, waiting: list[str], tmp_path: Path) -> None:
    """Two programs at a time, one of them killed in the middle; at last one that finishes the rest."""
    assert desk.actor
    folder, actor, chance = tmp_path / "村", desk.actor.id, random.Random(20260401)
    desk.close()
    shutil.copytree(desk.folder, folder)
    told: list[int] = []
    for _ in range(KILLS):
        victim, other = (_poster(folder, actor, chance.sample(waiting, len(waiting))) for _ in range(2))
        _wait_until_ready(victim)
        time.sleep(chance.uniform(0, 0.03))
        victim.kill()
        told += _told(victim)
        other.kill() if chance.random() < 0.7 else None
        told += _told(other)
    told += _told(_poster(folder, actor, waiting))
    with Desk.open(folder) as after:
        numbers = numbers_of(after)
        assert after.value("SELECT count(*) FROM claims WHERE state = 'paid'") == len(numbers) == CLAIMS
    assert numbers == list(range(1, CLAIMS + 1)), "no gap, no number twice"
    assert len(told) == len(set(told)), "no number was told twice"
    assert set(told) <= set(numbers), "what was told is there"
    assert not verify(folder).faults


def _poster(folder: Path, actor: str, claims: list[str]) -> "subprocess.Popen[str]":
    words = [sys.executable, "-c", POSTER, str(folder), actor, *claims]
    return subprocess.Popen(words, cwd=CHECKOUT, stdout=subprocess.PIPE, encoding="utf-8", env=dict(os.environ))


def _wait_until_ready(program: "subprocess.Popen[str]") -> None:
    assert program.stdout
    assert program.stdout.readline() == "ready\n"


def _told(program: "subprocess.Popen[str]") -> list[int]:
    said, _ = program.communicate()
    return [int(line.split()[1]) for line in said.splitlines() if line.startswith("paid")]
