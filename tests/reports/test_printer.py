"""What is printed arrives byte for byte, and what keeps a printer from printing is said in plain words."""

import socket
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest

from tests.printserver import PrintServer, print_server
from villagedesk.kernel.errors import NoPrinter, NoPrintService, OutOfPaper, PrinterRefused, PrinterStopped
from villagedesk.reports.printer import (
    Order,
    Printer,
    Sent,
    chosen,
    fault_of,
    has_lp,
    look_after,
    pages_of,
    paper_name,
    printers,
    send,
)

A4, A3, A5_ACROSS, VOUCHER = (595.28, 841.89), (841.89, 1190.55), (595.28, 419.53), (680.3, 396.9)
LASER = "村委会_激光"


def pdf_of(*sizes: tuple[float, float]) -> bytes:
    """Return a PDF with pages of these sizes."""
    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    canvas = Canvas(file, invariant=True)
    for number, size in enumerate(sizes, 1):
        canvas.setPageSize(size)
        canvas.drawString(80, 80, f"Page {number}")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.fixture(scope="module")
def service() -> Iterator[PrintServer]:
    with print_server() as server:
        yield server


@pytest.fixture
def server(service: PrintServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrintServer]:
    """A running print service with one printer."""
    monkeypatch.setenv("CUPS_SERVER", str(service.folder / "socket"))
    service.heard.clear()
    service.add_printer(LASER, "-D", "办公室的打印机")
    yield service
    for one in printers():
        service.admin("lpadmin", "-x", one.name)


@pytest.fixture
def no_service(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody"))


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Return a function that puts another ``lp`` or ``lpstat`` in the system's place."""
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")

    def put(name: str, body: str) -> None:
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        path.chmod(0o755)

    return put


def test_the_printer_is_given_the_very_bytes_of_the_file(server: PrintServer) -> None:
    pdf = pdf_of(A4, A4, A4)
    sent = send(pdf, "关于公示的公告", Order(LASER))
    assert server.wait_for(1) == [pdf]
    assert sent.printer == LASER
    assert len(sent.jobs) == 1


def test_what_was_ordered_is_told_to_the_system(server: PrintServer) -> None:
    order = Order(LASER, copies=2, both_sides=True, pages="1-2、4")
    pdf = pdf_of(A4, A4, A4, A4)
    told = server.asked_for(send(pdf, "公示", order).jobs[0])
    assert server.wait_for(1) == [pdf + pdf], "a printer that counts no copies is given each of them"
    for words in (b"A4", b"two-sided-long-edge", b"page-ranges", "公示".encode()):
        assert words in told


@pytest.mark.parametrize(
    ("size", "paper"),
    [(A4, b"A4"), (A3, b"A3"), (A5_ACROSS, b"A5"), (VOUCHER, b"Custom.140x240mm")],
)
def test_the_paper_is_the_files_own(server: PrintServer, size: tuple[float, float], paper: bytes) -> None:
    told = server.asked_for(send(pdf_of(size), "公示", Order(LASER)).jobs[0])
    assert b"media" + bytes([0, len(paper)]) + paper in told
    assert b"fit" not in told


def test_another_paper_is_filled(server: PrintServer) -> None:
    told = server.asked_for(send(pdf_of(A4), "公示", Order(LASER, paper="A3")).jobs[0])
    assert b"A3" in told
    assert b"fit-to-page" in told


def test_pages_that_differ_in_size_go_on_paper_of_their_own(server: PrintServer) -> None:
    sent = send(pdf_of(A4, A4, A3, A4), "张贴包", Order(LASER))
    papers = [b"A3" if b"A3" in server.asked_for(job) else b"A4" for job in sent.jobs]
    assert papers == [b"A4", b"A3", b"A4"]


def test_across_pages_are_turned_over_their_short_edge(server: PrintServer) -> None:
    told = server.asked_for(send(pdf_of(A5_ACROSS, A5_ACROSS), "工资", Order(LASER, both_sides=True)).jobs[0])
    assert b"two-sided-short-edge" in told


def test_printers_are_listed_with_the_default_one_first(server: PrintServer) -> None:
    server.add_printer("back-room")
    assert {one.is_default for one in printers()} == {False}
    server.admin("lpadmin", "-d", LASER)
    assert printers() == [Printer(LASER, "办公室的打印机", is_default=True), Printer("back-room", "back-room")]
    assert chosen().label == "办公室的打印机"
    assert chosen("back-room").name == "back-room"
    with pytest.raises(PrinterRefused, match=f"可以用的打印机有：{LASER}、back-room。"):
        chosen("nobody")


def test_an_unknown_printer_is_named(server: PrintServer) -> None:
    with pytest.raises(PrinterRefused, match="“nobody”没有收下这份文件：电脑里没有这台打印机。没有打印，账没有变动。"):
        send(pdf_of(A4), "公示", Order("nobody"))


def test_a_printer_that_rejects_is_told_before_and_after(server: PrintServer) -> None:
    server.admin("cupsreject", LASER)
    fault = fault_of(chosen(LASER))
    assert isinstance(fault, PrinterStopped)
    assert "现在不收文件" in str(fault)
    with pytest.raises(PrinterRefused, match="它现在不收文件。没有打印"):
        send(pdf_of(A4), "公示", Order(LASER))
    assert server.heard == []


def test_a_paused_printer_keeps_what_it_was_sent(server: PrintServer) -> None:
    server.admin("cupsdisable", LASER)
    sent = send(pdf_of(A4), "公示", Order(LASER))
    look = look_after(sent)
    assert look.is_waiting
    assert "“办公室的打印机”暂停了" in str(look.fault)
    server.admin("cupsenable", LASER)
    server.wait_for(1)


def test_a_printer_without_paper_says_so(server: PrintServer) -> None:
    server.admin("lpadmin", "-p", LASER, "-o", "printer-state-reasons=media-empty-error")
    fault = fault_of(chosen(LASER))
    assert isinstance(fault, OutOfPaper)
    assert str(fault).startswith("打印机“办公室的打印机”没有纸了，账没有变动。请装好纸")


def test_one_empty_tray_of_two_is_no_fault_until_a_file_waits() -> None:
    printer = Printer("laser", reasons=("media-empty-warning", "toner-low-report"))
    assert fault_of(printer) is None
    assert isinstance(fault_of(printer, is_waiting=True), OutOfPaper)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("media-jam-error", "卡纸了"),
        ("cover-open", "盖子没有关好"),
        ("toner-empty-error", "墨粉"),
        ("offline-report", "没有开机，或者没有接好"),
        ("paused", "暂停了"),
    ],
)
def test_each_reason_has_its_words(reason: str, words: str) -> None:
    fault = fault_of(Printer("laser", reasons=("none-of-ours", reason)))
    assert isinstance(fault, PrinterStopped)
    assert words in str(fault)
    assert "账没有变动" in str(fault)


def test_a_printer_that_is_off_leaves_the_file_waiting(server: PrintServer) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        server.add_printer("off", port=taken.getsockname()[1])
        sent = send(pdf_of(A4), "公示", Order("off"))
        looks = (look_after(sent) for _ in range(200))
        look = next(look for look in looks if look.fault)
    assert look.is_waiting
    assert "没有开机，或者没有接好" in str(look.fault)
    server.admin("cancel", "-a", "off")


def test_what_is_printed_no_longer_waits(server: PrintServer) -> None:
    sent = send(pdf_of(A4), "公示", Order(LASER))
    server.wait_for(1)
    assert any(not look_after(sent).is_waiting for _ in range(200))


def test_a_computer_without_a_printer(service: PrintServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(service.folder / "socket"))
    assert printers() == []
    with pytest.raises(NoPrinter, match="没有找到打印机，没有打印，账没有变动"):
        chosen()


@pytest.mark.usefixtures("no_service")
def test_a_print_service_that_does_not_run_has_no_printers_and_takes_nothing() -> None:
    assert printers() == []
    with pytest.raises(NoPrintService, match="打印服务没有运行"):
        send(pdf_of(A4), "公示", Order(LASER))


def test_a_system_without_lp(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert has_lp()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not has_lp()
    with pytest.raises(NoPrinter):
        send(pdf_of(A4), "公示", Order(LASER))


def test_what_the_system_says_besides_is_passed_on(command: Callable[[str, str], None]) -> None:
    command("lpstat", "echo scheduler is running")
    command("lp", "echo 'lp: Request entity too large' >&2; exit 1")
    with pytest.raises(PrinterRefused, match="系统的答复是“lp: Request entity too large”。没有打印，账没有变动。"):
        send(pdf_of(A4), "公示", Order(LASER))


def test_a_system_that_does_not_answer_is_not_waited_for_for_ever(
    command: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    from villagedesk.reports import printer

    monkeypatch.setattr(printer, "_GLANCE", 0.1)
    command("lpstat", "exec sleep 5")
    with pytest.raises(NoPrintService):
        look_after(Sent(LASER, (1,)))


def test_pages_are_read_as_people_write_them() -> None:
    assert pages_of("", 3) == (1, 2, 3)
    assert pages_of("1-3、5", 9) == pages_of("5，1 2;3", 9) == pages_of("1至3，5", 9) == (1, 2, 3, 5)
    with pytest.raises(ValueError, match="“三”不是页码，请写成 1-3、5 这样"):
        pages_of("1,三", 9)
    for wrong in ("0", "4", "3-2", "2-9"):
        with pytest.raises(ValueError, match=f"没有第{wrong}页，这份文件共3页"):
            pages_of(wrong, 3)


def test_papers_are_known_by_their_size() -> None:
    assert [paper_name(*size) for size in (A4, A3, A5_ACROSS, VOUCHER)] == ["A4", "A3", "A5", "Custom.140x240mm"]


def test_what_is_no_pdf_is_not_printed(server: PrintServer) -> None:
    with pytest.raises(ValueError, match="PDF"):
        send(b"not a pdf", "公示", Order(LASER))
    assert server.heard == []
