"""The rest of a long list, read beside the window while its first rows are shown."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from villagedesk.kernel.errors import VillageDeskError
from villagedesk.ui.kit.tasks import find_out


class Reading:
    """Reads one long list at a time; what is asked for next takes its place, and nothing comes of it any more."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent
        self._rest: Any = None
        parent.destroyed.connect(self.stop)

    @property
    def is_on(self) -> bool:
        """Whether a list is being read."""
        return self._rest is not None

    def begin(self, ids: Any, done: Callable[[Any], object]) -> bool:
        """Read a list (``storage.longlist``) on another thread and hand what was read to ``done``, on the window's.

        What could not be read there is handed over as None: reading it here says why. Tells whether the list has a
        ``rest`` that can be read elsewhere at all.
        """
        self.stop()
        try:
            self._rest = rest = ids.rest() if hasattr(ids, "rest") else None
        except VillageDeskError:
            return False
        if rest is None:
            return False

        def work() -> Any:
            try:
                return rest.read()
            except VillageDeskError:
                return None

        def ended(whole: Any) -> None:
            if self._rest is rest:
                self._rest = None
                done(whole)

        find_out(self._parent, work, ended)
        return True

    def stop(self) -> None:
        """Leave off reading."""
        if self._rest is not None:
            self._rest.cancel()
        self._rest = None
