"""The system's printers: which there are, how they are, and a PDF sent to one, untouched, by ``lp``.

The words of ``lp`` and ``lpstat`` are read in English, whatever the system speaks.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from villagedesk.kernel.errors import NoPrinter, NoPrintService, OutOfPaper, PrinterRefused, PrinterStopped, PrintFault
from villagedesk.reports.preview import page_sizes

PAPERS = {"A3": (297.0, 420.0), "A4": (210.0, 297.0), "A5": (148.0, 210.0)}
"""The papers to choose from: short and long side in mm."""
MOST_COPIES = 99

_PATIENCE = 60.0
"""Seconds the system has to take a file."""
_GLANCE = 10.0
"""Seconds the system has to answer a question."""
_SLACK = 1.5
"""Millimetres a page may differ from its paper."""
_PER_MM = 72 / 25.4

_JOB = re.compile(r"-(\d+) \(\d+ file")
_RANGE = re.compile(r"(\d+)(?:[-—~～至到](\d+))?")
_PRINTER = re.compile(r"printer (\S+) (.*)")
_WAITING_ANYWAY = ("offline", "connecting-to-device")
"""What is reported as a mere remark and yet lets nothing come out."""

_ON = "请处理好；"
_STOPS = (
    ("media-jam", "卡纸了", "请取出卡住的纸；"),
    ("door-open", "的盖子没有关好", "请关好盖子；"),
    ("cover-open", "的盖子没有关好", "请关好盖子；"),
    ("interlock-open", "的盖子没有关好", "请关好盖子；"),
    ("toner-empty", "没有墨粉了", "请换上墨粉；"),
    ("marker-supply-empty", "没有墨了", "请换上墨盒；"),
    ("output-area-full", "的出纸口满了", "请拿走打好的纸；"),
    ("rejecting", "现在不收文件", "请在电脑的打印机设置里让它重新接收文件，或另选一台打印机；"),
    ("paused", "暂停了", "请在电脑的打印机设置里让它继续；"),
    ("offline", "没有开机，或者没有接好", "请打开电源，插好数据线；"),
    ("connecting-to-device", "没有开机，或者没有接好", "请打开电源，插好数据线；"),
    ("shutdown", "关机了", "请打开电源；"),
    ("timed-out", "没有回应", "请关掉它再打开；"),
    ("other", "停住了", _ON),
)
_PAPER_WANTED = ("media-empty", "media-needed")


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer of this computer. ``reasons`` are why it may stand still, as the system names them."""

    name: str
    description: str = ""
    is_default: bool = False
    reasons: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What a person knows it by."""
        return self.description or self.name


@dataclass(frozen=True, slots=True)
class Order:
    """How to print.

    ``paper`` is a name of ``PAPERS``, or "" for the file's own; ``pages`` is like "1-3、5", or "" for all.
    """

    printer: str
    copies: int = 1
    paper: str = ""
    both_sides: bool = False
    pages: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """What the system has taken: the printer's name and the numbers of the jobs."""

    printer: str
    jobs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """How it stands with what was sent: does it still wait, and what holds it up."""

    is_waiting: bool
    fault: PrintFault | None = None


def has_lp() -> bool:
    """Tell whether this system prints by ``lp`` (Linux, macOS)."""
    return os.name == "posix" and bool(shutil.which("lp")) and bool(shutil.which("lpstat"))


def printers() -> list[Printer]:
    """Return the printers of this computer, the default one first.

    Raises PrintFault when the system does not answer.
    """
    found = {one.name: one for one in _described()}
    default = _default()
    names = _lines("lpstat", "-e") or list(found)
    listed = [found.get(name, Printer(name)) for name in names]
    return sorted(
        (Printer(one.name, one.description, one.name == default, one.reasons) for one in listed),
        key=lambda one: not one.is_default,
    )


def chosen(name: str = "") -> Printer:
    """Return the printer of this name, or the default one (the only one).

    Raises NoPrinter when there is none, PrinterRefused when none has this name or none is the default.
    """
    there = printers()
    if not there:
        raise NoPrinter
    if not name and (there[0].is_default or len(there) == 1):
        return there[0]
    for one in there:
        if one.name == name:
            return one
    names = "、".join(one.name for one in there)
    why = "电脑里没有这台打印机。" if name else "没有说用哪一台，电脑也没有默认的打印机。"
    raise PrinterRefused(printer=name or "默认", why=why, then=f"可以用的打印机有：{names}。")


def fault_of(printer: Printer, *, is_waiting: bool = False) -> PrintFault | None:
    """Return what keeps a printer from printing, or None.

    A mere warning (one of two trays is empty) counts only while something ``is_waiting``.
    """
    reasons = {bare for reason in printer.reasons if (bare := _stopping(reason, is_waiting))}
    if reasons.intersection(_PAPER_WANTED):
        return OutOfPaper(printer=printer.label)
    for reason, why, then in _STOPS:
        if reason in reasons:
            return PrinterStopped(printer=printer.label, why=why, then=then)
    return None


def send(pdf: bytes, title: str, order: Order) -> Sent:
    """Give a PDF to the system as it is, for one printer; where its pages differ in size, a job for each paper.

    Raises ValueError with a Chinese sentence for pages that are not there and bytes that are no PDF, PrintFault
    when the system does not take it.
    """
    jobs = [_hand_over(pdf, title, order, options) for options in _jobs(page_sizes(pdf), order)]
    return Sent(order.printer, tuple(jobs))


def look_after(sent: Sent) -> Look:
    """Look how it stands with what was sent. Raises PrintFault when the system does not answer."""
    waiting = {line.split()[0].rpartition("-")[2] for line in _lines("lpstat", "-W", "not-completed", "-o")}
    is_waiting = any(str(job) in waiting for job in sent.jobs)
    there = next((one for one in _described() if one.name == sent.printer), Printer(sent.printer))
    return Look(is_waiting, fault_of(there, is_waiting=is_waiting))


def pages_of(written: str, count: int) -> tuple[int, ...]:
    """Return the pages, from 1, that "1-3、5" names of ``count``; "" names all.

    Raises ValueError with a Chinese sentence when it cannot be read or a page is not there.
    """
    if not written.strip():
        return tuple(range(1, count + 1))
    pages: set[int] = set()
    for part in re.split(r"[,，、;；\s]+", written.strip(" ,，、;；\t")):
        match = _RANGE.fullmatch(part)
        if not match:
            raise ValueError(f"“{part}”不是页码，请写成 1-3、5 这样")
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last <= count:
            raise ValueError(f"没有第{part}页，这份文件共{count}页")
        pages.update(range(first, last + 1))
    return tuple(sorted(pages))


def paper_name(width: float, height: float) -> str:
    """Return the paper a page of so many points belongs on: "A4", or "Custom.140x240mm" as the system writes it."""
    short, long = sorted((width / _PER_MM, height / _PER_MM))
    for name, (its_short, its_long) in PAPERS.items():
        if abs(short - its_short) <= _SLACK and abs(long - its_long) <= _SLACK:
            return name
    return f"Custom.{short:.0f}x{long:.0f}mm"


def _jobs(sizes: Sequence[tuple[float, float]], order: Order) -> Iterator[list[str]]:
    """Yield the options of each job: one, or one for each stretch of pages that go on the same paper."""
    pages = pages_of(order.pages, len(sizes))
    papers = [(page, order.paper or paper_name(*sizes[page - 1])) for page in pages]
    for paper, group in groupby(papers, key=lambda pair: pair[1]):
        stretch = [page for page, _ in group]
        options = ["-n", str(order.copies), "-o", f"media={paper}", "-o", f"sides={_sides(sizes, stretch, order)}"]
        if order.paper and any(paper_name(*sizes[page - 1]) != paper for page in stretch):
            options += ["-o", "fit-to-page", "-o", "print-scaling=fit"]
        if len(stretch) < len(sizes):
            options += ["-P", _written(stretch)]
        yield options


def _sides(sizes: Sequence[tuple[float, float]], pages: Sequence[int], order: Order) -> str:
    if not order.both_sides:
        return "one-sided"
    width, height = sizes[pages[0] - 1]
    return "two-sided-short-edge" if width > height else "two-sided-long-edge"


def _written(pages: Sequence[int]) -> str:
    """1, 2, 3, 5 → "1-3,5"."""
    runs = [[page for _, page in run] for _, run in groupby(enumerate(pages), key=lambda pair: pair[1] - pair[0])]
    return ",".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _hand_over(pdf: bytes, title: str, order: Order, options: list[str]) -> int:
    name = "".join(char for char in title if char.isprintable())[:120]
    done = _run(["lp", "-d", order.printer, "-t", name, *options, "-"], pdf, _PATIENCE)
    job = _JOB.search(done.stdout)
    if done.returncode or not job:
        raise _refusal(order.printer, done.stderr.strip())
    return int(job[1])


def _refusal(printer: str, said: str) -> PrintFault:
    if "not running" in _run(["lpstat", "-r"]).stdout:
        return NoPrintService()
    if "does not exist" in said:
        why, then = "电脑里没有这台打印机。", "请另选一台打印机，或者请人装好它。"
    elif "not accepting" in said:
        why, then = "它现在不收文件。", "请在电脑的打印机设置里让它重新接收文件，或另选一台打印机。"
    else:
        why, then = f"系统的答复是“{said or '无'}”。", "请关掉打印机再打开，然后再试；还不行就把这句话告诉维护人员。"
    return PrinterRefused(printer=printer, why=why, then=then)


def _described() -> Iterator[Printer]:
    """Yield the printers that are set up here, as the system describes them."""
    refusing = {line.split()[0] for line in _lines("lpstat", "-a") if " not accepting " in line}
    name, head, description, alerts = "", "", "", ""
    for line in (*_lines("lpstat", "-l", "-p"), "printer - "):
        if match := _PRINTER.match(line):
            if name:
                yield Printer(name, description, reasons=_reasons(head, alerts, is_refusing=name in refusing))
            name, head, description, alerts = match[1], match[2], "", ""
        elif line.startswith("\tDescription:"):
            description = line.partition(":")[2].strip()
        elif line.startswith("\tAlerts:"):
            alerts = line.partition(":")[2].strip()
        elif "unavailable at this time" in line:
            head += " offline"


def _reasons(head: str, alerts: str, *, is_refusing: bool) -> tuple[str, ...]:
    reasons = [reason for reason in alerts.split() if reason != "none"]
    reasons += ["paused"] if head.startswith("disabled") else []
    reasons += ["offline"] if head.endswith(" offline") else []
    reasons += ["rejecting"] if is_refusing else []
    return tuple(dict.fromkeys(reasons))


def _stopping(reason: str, is_waiting: bool) -> str:  # noqa: FBT001
    bare = re.sub(r"-(error|warning|report)$", "", reason)
    is_remark = reason != bare and not reason.endswith("-error")
    return "" if is_remark and bare not in _WAITING_ANYWAY and not is_waiting else bare


def _default() -> str:
    said = "".join(_lines("lpstat", "-d"))
    return said.partition(": ")[2].partition("/")[0].strip()


def _lines(*command: str) -> list[str]:
    return _run(command).stdout.splitlines()


def _run(command: Iterable[str], given: bytes = b"", patience: float = 0.0) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {"LC_ALL": "C.UTF-8", "LANGUAGE": "C"}
    try:
        done = subprocess.run(
            list(command), input=given, capture_output=True, check=False, timeout=patience or _GLANCE, env=environment
        )
    except FileNotFoundError as fault:
        raise NoPrinter from fault
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise NoPrintService from fault
    out, said = (part.decode("utf-8", "replace") for part in (done.stdout, done.stderr))
    return subprocess.CompletedProcess(done.args, done.returncode, out, said)
