"""A virtual screen with the real program on it, driven by real keys; what it did is read from the desk it wrote."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from villagedesk.storage.desk import Desk

SIZE = "1366x768"
_PATIENCE = 40.0
_BREATH = 0.12
_NOTICED = "600"
_PAUSE = "15"


class Screen:
    """Xvfb at the size of an old laptop, with a window manager. Use it in a ``with`` block; everything it started ends with it.

    What it shows when the block breaks off is kept too.
    """

    def __init__(self, pictures: Path) -> None:
        self._display = ""
        self._pictures = pictures
        self._servers: list[subprocess.Popen[bytes]] = []
        self._program: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{SIZE}x24", "-nolisten", "tcp"]
        self._servers.append(subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL))
        os.close(writing)
        with os.fdopen(reading) as told:
            self._display = f":{told.readline().strip()}"
        environment = os.environ | {"DISPLAY": self._display}
        self._servers.append(subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error:
            self.picture("broken-off")
        self.close_program()
        for server in reversed(self._servers):
            server.terminate()
            server.wait(10)

    def open(self, desk: Path, person: str, password: str) -> None:
        """Start the program on a desk as a person would from the command line, and wait for its window."""
        environment = os.environ | {
            "DISPLAY": self._display,
            "QT_QPA_PLATFORM": "xcb",
            "VILLAGEDESK_PASSWORD": password,
        }
        command = [sys.executable, "-m", "villagedesk", "--desk", str(desk), "--as", person]
        self._program = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)
        self.expect("村务公开账")

    def close_program(self) -> str:
        """Close the program and return what it wrote to stderr."""
        if self._program is None:
            return ""
        self._program.terminate()
        _, said = self._program.communicate(timeout=10)
        self._program = None
        return said.decode()

    def expect(self, title: str) -> None:
        """Wait for a visible window with this in its title."""
        until(lambda: bool(self._windows(title)), f"a window “{title}”")
        time.sleep(_BREATH)

    def keys(self, *names: str) -> None:
        """Press keys one after another: ``keys("ctrl+l", "Tab", "Return")``."""
        for name in names:
            self._xdotool("key", "--clearmodifiers", name)
            self.settle()

    def types(self, text: str, pause: str = _PAUSE) -> None:
        """Type text, with so many ms between keys.

        For a character that no key has the keyboard is laid out anew, and the program must notice.
        """
        for run in re.findall(r"[ -~]+|.", text):
            self._xdotool("type", "--delay", pause if run.isascii() else _NOTICED, run)
        self.settle()

    def command(self, words: str) -> None:
        """Do what the present page offers under this name, by the list of commands."""
        self.keys("ctrl+k")
        self.types(words)
        self.keys("Return")

    def confirm(self, title: str = "") -> None:
        """Press the button a question offers, once it is asked; without a title whatever is asked now, if anything."""
        if title:
            self.expect(title)
        self.keys("Return")
        if title:
            until(lambda: not self._windows(title), f"the window “{title}” to go")
            self.settle()

    def picture(self, name: str) -> None:
        """Keep what the screen shows once it is at rest."""
        self.settle()
        (self._pictures / f"{name}.png").write_bytes(self._seen("png"))

    def settle(self) -> None:
        """Wait until the screen shows the same twice."""
        end, before = time.monotonic() + _PATIENCE, b""
        while time.monotonic() < end:
            time.sleep(_BREATH)
            now = self._seen("ppm")
            if now == before:
                return
            before = now

    def _seen(self, form: str) -> bytes:
        command = ["import", "-display", self._display, "-window", "root", f"{form}:-"]
        return subprocess.run(command, check=True, capture_output=True).stdout

    def _windows(self, title: str) -> list[str]:
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", title],
            env=os.environ | {"DISPLAY": self._display},
            capture_output=True,
            text=True,
            check=False,
        )
        return found.stdout.split()

    def _xdotool(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=os.environ | {"DISPLAY": self._display}, check=True)


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait until something holds. Raises TimeoutError naming it."""
    end = time.monotonic() + _PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(f"waited in vain for {what}")
        time.sleep(0.1)


def stands(desk: Path, question: str, *values: object) -> object:
    """Return the answer of a desk's file to a SELECT, beside the program that has it open."""
    with Desk.open(desk, write=False) as there:
        return there.value(question, list(values))
