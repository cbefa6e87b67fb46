"""How often each kind of notice is made, read from the profile without the rest of it.

The first page asks at every start. The whole profile takes longer to build than everything else on that page.
"""

import re
from functools import cache

from villagedesk.village.profiletext import profile_text

_RULE = re.compile(r'^\[notices\.(\w+)\]\nrhythm = "(\w+)"\n(?:\w+ = .*\n)*?is_required = (\w+)$', re.MULTILINE)

MONTHS = {"month": 1, "quarter": 3, "year": 12}
"""How many months the period of a rhythm has; ``Rhythm`` by its values."""


@cache
def rhythms(name: str = "default") -> dict[str, tuple[str, bool]]:
    """Return the rhythm of each kind in the shipped profile ``name``, and whether a missing notice is overdue."""
    return {kind: (rhythm, required == "true") for kind, rhythm, required in _RULE.findall(profile_text(name))}
