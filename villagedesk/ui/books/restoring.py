"""Laying a desk out anew from a backup: which file, which empty folder, and that it is there."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from villagedesk.kernel.progress import Progress
from villagedesk.storage.verify import Proof
from villagedesk.ui.kit.stick import stick_folder
from villagedesk.ui.kit.tasks import run_task

BACKUPS = "账本备份 (*.zip *.sqlite)"


def restore_desk(parent: QWidget, done: Callable[[Path, str], object]) -> None:
    """Ask for a backup and an empty folder, and lay the desk out there on a worker.

    ``done`` is handed the folder and a sentence that says what was proved. What is open stays open.
    """
    source, _ = QFileDialog.getOpenFileName(parent, "选备份文件", stick_folder(), BACKUPS)
    if not source:
        return
    name = QFileDialog.getExistingDirectory(parent, "恢复到哪里（选一个空文件夹，可以新建）")
    if not name:
        return
    folder = Path(name)

    def work(progress: Progress) -> Proof:
        from villagedesk.storage.restore import restore

        return restore(Path(source), folder, progress=progress)

    run_task(parent, "正在从备份恢复", work, lambda proof: done(folder, _said(folder, proof)))


def _said(folder: Path, proof: Proof) -> str:
    return f"账本恢复到“{folder}”里了，{summary(proof)}上报以前，请到“上报”页打开“本单位名片”，重新写一份交给乡镇登记。"


def summary(proof: Proof) -> str:
    """Return how much was proved, as a sentence."""
    return f"{proof.entries}条流水、{proof.records}条记录、{proof.attachments}个附件，全部一致。"
