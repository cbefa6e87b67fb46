"""Real media for tests: one that is small, one that cannot be written. Mounting takes root; others get what they can."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount a small medium"
)


@contextmanager
def mounted(place: Path, size: str) -> Iterator[Path]:
    """Yield a folder on a medium of its own that holds so much: ``"2m"``."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "medium", str(place)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("root without the right to mount")
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


@contextmanager
def protected(folder: Path, place: Path) -> Iterator[Path]:
    """Yield a copy of a folder on a medium that cannot be written: really so for root, by permissions for others."""
    if os.geteuid() == 0:
        with mounted(place, "64m") as disc:
            copy = shutil.copytree(folder, disc / folder.name)
            subprocess.run(["mount", "-o", "remount,ro", disc], check=True)
            yield copy
        return
    copy = shutil.copytree(folder, place)
    for path in (*copy.iterdir(), copy):
        path.chmod(0o555)
    yield copy
    copy.chmod(0o755)
