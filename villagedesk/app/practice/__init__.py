"""The practice village: a believable year of 青山村, the same at every making."""

PASSWORD = "lianxi2026"  # noqa: S105  (printed on the first page: it guards nothing)
"""Everybody's. It stands here so that the first page can print it without loading the year."""
