"""How far a long task has come, and whether the person wants it to stop."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from villagedesk.kernel.errors import Cancelled

T = TypeVar("T")


class Progress:
    """Written by a worker, read by a face. Plain attributes: reading them from another thread is safe."""

    def __init__(self) -> None:
        self.label = ""
        self.done = 0
        self.total = 0
        self._cancelled = False

    def start(self, label: str, total: int) -> None:
        """Begin a stretch of ``total`` equal steps called ``label`` (Chinese)."""
        self.label, self.done, self.total = label, 0, total

    def step(self, count: int = 1) -> None:
        """Count steps done. Raises Cancelled once the person has asked to stop."""
        if self._cancelled:
            raise Cancelled
        self.done += count

    def counted(self, things: Iterable[T]) -> Iterator[T]:
        """Yield the things, each one a step. Raises Cancelled as ``step`` does."""
        for thing in things:
            self.step()
            yield thing

    def cancel(self) -> None:
        """Ask the task to stop at its next step."""
        self._cancelled = True
