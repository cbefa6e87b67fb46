"""The text of a shipped profile, read once; the first page takes from it what it asks at every start."""

from functools import cache

from villagedesk.kernel.places import own_file


@cache
def profile_text(name: str = "default") -> str:
    """Return the TOML of the shipped profile ``name``. Raises FileNotFoundError when there is none."""
    return own_file(f"resources/profiles/{name}.toml").read_text("utf-8")
