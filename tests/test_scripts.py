"""The set-up asks for nothing that is there, and says what is missing to those who may not install it."""

import os
import subprocess
from pathlib import Path

import pytest

SETUP = Path(__file__).parents[1] / "scripts" / "setup.sh"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Return a folder of commands that stands for a Debian with a user who is not root and has no sudo."""
    tools = ["bash", "cat", "dirname", "head", "readlink", "sed", "sha256sum", "tail", "tr"]
    for tool in tools:
        (tmp_path / tool).symlink_to(Path("/usr/bin") / tool)
    _command(tmp_path, "id", "echo 1000")
    _command(tmp_path, "apt-get", "exit 1")
    _command(tmp_path, "python3", "exit 0")
    _command(
        tmp_path, "dpkg-query", "printf 'ii  libgl1 \\nii  libglib2.0-0t64 libglib2.0-0 (= 2.80), x\\nrc  xvfb \\n'"
    )
    return tmp_path


def test_only_what_is_not_installed_is_missing(machine: Path) -> None:
    done = _bash(machine, "missing_packages libgl1 libglib2.0-0 xvfb xdotool")
    assert done.stdout.split() == ["xvfb", "xdotool"]


def test_nothing_is_asked_for_when_all_is_there(machine: Path) -> None:
    done = _bash(machine, "install_system_packages libgl1 libglib2.0-0")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_without_rights_the_exact_line_is_printed_and_the_set_up_stops(machine: Path) -> None:
    done = _bash(machine, "install_system_packages libgl1 xdotool; echo went on")
    assert done.returncode == 1
    assert "什么也没有改动" in done.stderr
    assert done.stderr.splitlines()[-1] == (
        "su -c 'apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends xdotool'"
    )
    assert "went on" not in done.stdout


def test_a_machine_without_python_is_given_one(machine: Path) -> None:
    (machine / "python3").unlink()
    done = _bash(machine, "install_system_packages libgl1")
    assert done.stderr.rstrip().endswith("python3 python3-venv'")


def _bash(machine: Path, code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/bash", "-c", f'source "{SETUP}"; {code}'],
        env={"PATH": str(machine), "LC_ALL": "C.UTF-8", "HOME": os.fspath(machine)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def _command(folder: Path, name: str, body: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/bash\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
