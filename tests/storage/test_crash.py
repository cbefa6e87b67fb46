"""A hundred times the program is killed in the middle of its work: nothing that was acknowledged is lost."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from villagedesk.storage.desk import Desk
from villagedesk.storage.verify import verify

KILLS = 100
LIVES_OF_A_DESK = 10
LONGEST_LIFE = 0.02
CHECKOUT = Path(__file__).parents[2]

# Starts once and forks a busy desk for each folder it is given; says "born PID", "stored SEQ LINK" and "dead".
NURSERY = """
import os, random, sqlite_utils, sys  # what a change imports is there before the fork
from pathlib import Path
from villagedesk.storage.desk import Actor, Desk
from villagedesk.village.model import Household

def say(line):  # in one write: death never leaves half a line behind
    os.write(sys.stdout.fileno(), f"{line}\\n".encode())

def work(folder, seed):
    say(f"born {os.getpid()}")
    chance = random.Random(seed)
    desk = Desk.open(Path(folder))
    desk.actor = Actor("01KN3RZ0000000000000000000", "李会计", "accountant")
    while True:
        with desk.change("crash.test.worked") as change:
            for _ in range(chance.randrange(1, 6)):
                change.put(Household(number=change.new_id(), team="1组", head_name="陈䶮"))
            if chance.random() < 0.2:
                change.attach("照片.jpg", "image/jpeg", chance.randbytes(chance.randrange(1, 40_000)))
        seq, link, _ = desk.tip()
        say(f"stored {seq} {link}")

for seed, folder in enumerate(sys.stdin):
    child = os.fork()
    if not child:
        work(folder.rstrip("\\n"), seed)
    os.waitpid(child, 0)
    say("dead")
"""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forking is how a hundred starts fit into seconds")


@pytest.fixture
def nursery() -> Iterator["subprocess.Popen[str]"]:
    """The program that gives birth to busy desks."""
    with subprocess.Popen(
        [sys.executable, "-c", NURSERY], cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as program:
        yield program
        program.kill()


def test_a_killed_program_loses_nothing_it_had_acknowledged(
    nursery: "subprocess.Popen[str]", folder: Path, tmp_path: Path
) -> None:
    chance = random.Random(20260401)
    acknowledged = 0
    for life in range(KILLS):
        busy = tmp_path / f"{life // LIVES_OF_A_DESK}"
        if not busy.exists():
            shutil.copytree(folder, busy)
        at_work = life % 3 > 0  # every third one dies early, most while it is still opening its desk
        stored = _kill(nursery, busy, "stored" if at_work else "born", chance.uniform(0, LONGEST_LIFE))
        acknowledged += len(stored)
        with Desk.open(busy) as desk:
            for seq, link in stored:
                assert next(desk.entries(seq - 1)).link == link
        assert not verify(busy).faults
    assert acknowledged > KILLS // 2, "it was killed at work, not before"


def _kill(nursery: "subprocess.Popen[str]", folder: Path, sign: str, seconds: float) -> list[tuple[int, str]]:
    """Kill a busy desk so long after its first ``sign`` of life. Returns what it had acknowledged as (seq, link)."""
    assert nursery.stdin
    assert nursery.stdout
    nursery.stdin.write(f"{folder}\n")
    nursery.stdin.flush()
    child = 0
    stored: list[tuple[int, str]] = []
    while (said := nursery.stdout.readline().split()) != ["dead"]:
        if said[0] == "born":
            child = int(said[1])
        else:
            stored.append((int(said[1]), said[2]))
        if said[0] == sign and len(stored) <= 1:
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
    return stored
