"""Golden texts: every string of a sheet as a person approved it, one file each beside its test."""

from pathlib import Path

from villagedesk.reports.sheet import Sheet, text_of


def assert_golden(sheet: Sheet, approved: Path) -> None:
    """Compare a sheet's text with the approved file; what it says now is left beside it as ``.new`` when it differs."""
    assert_same(text_of(sheet) + "\n", approved)


def assert_same(written: str, approved: Path) -> None:
    """Compare a text with the approved file, in the same way."""
    fresh = approved.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    if not approved.exists() or approved.read_text("utf-8") != written:
        fresh.write_text(written, "utf-8")
    assert not fresh.exists(), f"read {fresh.name}; if it is right, rename it to {approved.name}"
