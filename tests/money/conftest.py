"""What the tests about money's locks share: a closed January, and two offices that know each other."""

from tests.cli.shell import at_the_shell, typed
from tests.exchange.conftest import kept_offices, offices
from tests.money.locked import locked

__all__ = ["at_the_shell", "kept_offices", "locked", "offices", "typed"]
