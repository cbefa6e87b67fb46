"""What the tests about money's locks share: a closed January, and two offices that know each other."""

from tests.exchange.conftest import kept_offices, offices
from tests.money.locked import locked

__all__ = ["kept_offices", "locked", "offices"]
