"""``python -m benchmarks [NAME …]`` measures what is named (default: everything) and prints a line for each figure.

A line is name, value, unit and what it is compared with, with tabs between. Names: open, register, leaf, post, intake,
close, notices, print, issue, exchange; a name with a dot, such as ``open.bare``, measures its group and prints that
figure alone.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

from benchmarks.board import notices
from benchmarks.exchanging import exchange
from benchmarks.figures import Figure
from benchmarks.freezing import freezing
from benchmarks.intake import intake
from benchmarks.months import closing
from benchmarks.opening import opening, register
from benchmarks.posting import posting
from benchmarks.printing import printing
from benchmarks.registers import leafing

GROUPS: Mapping[str, Callable[[], Iterator[Figure]]] = {
    "open": opening,
    "register": register,
    "leaf": leafing,
    "intake": intake,
    "close": closing,
    "post": posting,
    "notices": notices,
    "print": printing,
    "issue": freezing,
    "exchange": exchange,
}


def main(names: Sequence[str]) -> int:
    """Measure and print. Returns 0, or 2 when a name is not known."""
    wanted = {name.partition(".")[0] for name in names} or GROUPS.keys()
    unknown = wanted - GROUPS.keys()
    if unknown:
        print(f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(GROUPS)}", file=sys.stderr)
        return 2
    for group, measure in GROUPS.items():
        if group in wanted:
            for figure in measure():
                if not names or group in names or figure.name in names:
                    print(figure, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
