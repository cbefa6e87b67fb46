"""A long task is watched and stopped through its progress."""

import pytest

from villagedesk.kernel.errors import Cancelled
from villagedesk.kernel.progress import Progress


def test_steps_are_counted_within_a_stretch() -> None:
    progress = Progress()
    progress.start("导入", 3)
    progress.step()
    progress.step(2)
    assert (progress.label, progress.done, progress.total) == ("导入", 3, 3)
    progress.start("核对", 5)
    assert (progress.done, progress.total) == (0, 5)


def test_a_cancelled_task_stops_at_its_next_step() -> None:
    progress = Progress()
    progress.step()
    progress.cancel()
    with pytest.raises(Cancelled):
        progress.step()
    assert progress.done == 1
