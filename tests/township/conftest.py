"""The township's tests use the two offices of the exchange's."""

from tests.exchange.conftest import kept_offices, offices

__all__ = ["kept_offices", "offices"]
