"""``python -m benchmarks.presses PRESS FILE PAPERS …`` prints each file of papers with one press, in turn.

It writes the last PDF to FILE and reports as JSON the seconds of each and the peak of the memory in kB. The press's
library is loaded before the first second is counted; faces and papers are read within it.
"""

import json
import sys
import time
from importlib import import_module
from pathlib import Path


def main(name: str, file: str, *papers: str) -> None:
    """Print, and report."""
    module, _, way = name.partition(".")
    press = getattr(import_module(f"benchmarks.presses.{module}"), way or "press")
    seconds, pdf = [], b""
    for given in papers:
        begun = time.perf_counter()
        pdf = press(Path(given))
        seconds.append(time.perf_counter() - begun)
    Path(file).write_bytes(pdf)
    print(json.dumps({"seconds": seconds, "peak": _peak()}))


def _peak() -> int:
    """Return the most memory that this process, or the largest that it waited for, ever had, in kB.

    What a process says of itself counts from its own start; ``getrusage`` would add what its parent had then.
    """
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    own = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    if "subprocess" not in sys.modules:
        return own
    from resource import RUSAGE_CHILDREN, getrusage

    return max(own, getrusage(RUSAGE_CHILDREN).ru_maxrss)


if __name__ == "__main__":
    main(*sys.argv[1:])
