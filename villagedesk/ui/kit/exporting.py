"""A sheet's tables written into a folder: for Excel, and as plain text for other programs."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from villagedesk.kernel.progress import Progress
from villagedesk.reports.sheet import Sheet
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.dialogs import show_note
from villagedesk.ui.kit.doing import on_worker
from villagedesk.ui.kit.page import Page


def export_sheet(page: Page, named: str, make: Callable[[Desk], Sheet]) -> None:
    """Ask for a folder and write a sheet's tables there, made on a worker."""
    folder = QFileDialog.getExistingDirectory(page, "表格放到哪个文件夹")
    if folder:
        export_to(page, named, make, Path(folder))


def export_to(page: Page, named: str, make: Callable[[Desk], Sheet], folder: Path) -> None:
    """Write a sheet's tables into a folder: one workbook, and a text file for each table."""
    from villagedesk.reports import workbook
    from villagedesk.storage.saving import file_name, save_file

    def work(desk: Desk, progress: Progress) -> list[Path]:
        sheet = make(desk)
        parts = {file_name(named, ".xlsx"): workbook.to_xlsx(sheet)}
        for table, content in workbook.to_csv(sheet).items():
            parts[file_name(f"{named} {table.removesuffix('.csv')}", ".csv")] = content
        progress.start("正在写表格", len(parts))
        written = []
        for name, content in parts.items():
            save_file(folder / name, content)
            written.append(folder / name)
            progress.step()
        return written

    def done(written: list[Path]) -> None:
        names = "\n".join(path.name for path in written)
        show_note(page, f"写在文件夹“{folder}”里：\n{names}", title="表格导出好了")

    on_worker(page, "正在导出表格", work, done)
