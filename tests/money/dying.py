"""Death in the middle of a change: the files as they lie at that moment are all that is left of the program."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from villagedesk.storage.change import Change


class Killed(BaseException):
    """The program is no more."""


@contextmanager
def killed_at(write: int, folder: Path, image: Path | None) -> Iterator[None]:
    """Kill the program after so many writes of a change (0: never); its files as they are then lie in ``image``.

    They are copied by another program: whoever opened and closed them in this one would let go of its locks. Without
    an ``image`` only the change dies, and the program goes on with the file as it is.
    """
    left = write

    def counting(known: Callable[..., None]) -> Callable[..., None]:
        def dies(change: Change, *values: Any) -> None:
            nonlocal left
            known(change, *values)
            left -= 1
            if left == 0:
                if image:
                    subprocess.run(["cp", "-a", str(folder), str(image)], check=True)
                raise Killed

        return dies

    with patch.object(Change, "write", counting(Change.write)), patch.object(Change, "erase", counting(Change.erase)):
        yield
