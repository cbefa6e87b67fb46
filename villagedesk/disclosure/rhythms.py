"""How often each kind of notice is made, read from the profile without the rest of it.

The first page asks at every start. The whole profile takes longer to build than everything else on that page.
"""

import re
from functools import cache

from villagedesk.kernel.places import own_file

_RULE = re.compile(r'^\[notices\.(\w+)\]\nrhythm = "(\w+)"$', re.MULTILINE)

MONTHS = {"month": 1, "quarter": 3, "year": 12}
"""How many months the period of a rhythm has; ``Rhythm`` by its values."""


@cache
def rhythms(name: str = "default") -> dict[str, str]:
    """Return the rhythm of each kind in the shipped profile ``name``, as ``profile.Rhythm`` would have it."""
    return dict(_RULE.findall(own_file(f"resources/profiles/{name}.toml").read_text("utf-8")))
