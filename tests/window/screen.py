"""A virtual screen with the real program on it, driven by real keys; what it did is read from the desk it wrote."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from villagedesk.storage.desk import Desk

SIZE = "1366x768"
_PATIENCE = 20.0
_BREATH = 0.25


class Screen:
    """Xvfb at the size of an old laptop. Use it in a ``with`` block; everything it started ends with it."""

    def __init__(self, number: int, pictures: Path) -> None:
        self._display = f":{number}"
        self._pictures = pictures
        self._server: subprocess.Popen[bytes] | None = None
        self._program: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        command = ["Xvfb", self._display, "-screen", "0", f"{SIZE}x24", "-nolisten", "tcp"]
        self._server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(lambda: Path(f"/tmp/.X11-unix/X{self._display[1:]}").exists(), "the screen")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close_program()
        if self._server:
            self._server.terminate()
            self._server.wait(10)

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
        """Wait for a visible window with this in its title and give it the keyboard."""
        until(lambda: bool(self._windows(title)), f"a window “{title}”")
        self._xdotool("windowfocus", "--sync", self._windows(title)[-1])
        time.sleep(_BREATH)

    def keys(self, *names: str) -> None:
        """Press keys one after another: ``keys("ctrl+l", "Tab", "Return")``."""
        for name in names:
            self._xdotool("key", "--clearmodifiers", name)
            time.sleep(_BREATH)

    def types(self, text: str) -> None:
        """Type text, Chinese too."""
        self._xdotool("type", "--delay", "30", text)
        time.sleep(_BREATH)

    def picture(self, name: str) -> Path:
        """Keep what the screen shows now."""
        time.sleep(_BREATH)
        path = self._pictures / f"{name}.png"
        subprocess.run(["import", "-display", self._display, "-window", "root", str(path)], check=True)
        return path

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
