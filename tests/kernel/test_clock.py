"""The clock tells China's time, or the time it was set to."""

from datetime import datetime, timedelta

from villagedesk.kernel.clock import CHINA, SetClock, SystemClock


def test_the_systems_clock_tells_chinas_time() -> None:
    now = SystemClock().now()
    assert now.utcoffset() == timedelta(hours=8)
    assert abs(now - datetime.now(CHINA)) < timedelta(minutes=1)


def test_a_set_clock_moves_a_second_at_each_look() -> None:
    clock = SetClock(datetime(2026, 4, 1, tzinfo=CHINA))
    assert clock.now() + timedelta(seconds=1) == clock.now()
    clock.set(datetime(2027, 1, 1, tzinfo=CHINA))
    assert clock.now().year == 2027
