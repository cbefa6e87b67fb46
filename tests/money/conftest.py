"""What the tests about money's locks share: two offices that know each other."""

from tests.exchange.conftest import kept_offices, offices

__all__ = ["kept_offices", "offices"]
