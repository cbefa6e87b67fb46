"""Every fault a person can meet, one class each, with its Chinese sentence.

VillageDeskError
├── RuleViolation            a rule refused; carries its findings
├── NotSignedIn              somebody must sign in first
├── WrongPassword
├── BadInput                 a foreign file that cannot be taken; carries problems by row and column
├── UnprintableText          characters no face has
├── NotSaved                 a file for elsewhere (a PDF, a table) that could not be written
├── PrintFault               nothing comes out of the printer
│   ├── NoPrinter  ├── NoPrintService  ├── PrinterRefused  ├── OutOfPaper  └── PrinterStopped
├── DeskFault                the desk cannot be opened or written
│   ├── NoDesk  ├── DeskExists  ├── ForeignFile  ├── NewerDesk  ├── OlderDesk  ├── DamagedDesk  ├── DeskPutBack
│   ├── BadBackup  ├── DeskInUse  ├── WriteProtected  ├── ReadOnlyDesk  ├── DiskFull  ├── DiskGone
│   ├── ClockSetBack  ├── ClockFarAhead  ├── StaleRecord  └── FrozenRecord  └── MonthClosed
├── PackageRefused           a package that is not taken; it goes to quarantine
├── PackageHeld              a sound package that must wait for an earlier one
└── Cancelled                the person pressed Cancel
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from villagedesk.kernel.findings import Finding, blocks, warnings


class VillageDeskError(Exception):
    """A fault with a sentence for its reader: what happened, are the data safe, what next."""

    sentence: ClassVar[str] = "{what}"

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence.format(**facts))


class RuleViolation(VillageDeskError):
    """A rule refused an action. Nothing was changed."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = list(findings)
        super().__init__(what="\n".join(finding.message for finding in self.findings))


def is_said(text: str) -> bool:
    """Tell whether a reason says anything: two letters or characters at least, not a dot to get past."""
    return sum(map(str.isalpha, text)) >= 2


def stop_at(findings: Iterable[Finding], excuse: str = "") -> None:
    """Raise RuleViolation for findings that block, and for warnings unless a written ``excuse`` passes them over."""
    if not (findings := list(findings)):
        return
    stopping = blocks(findings) or ([] if is_said(excuse) else warnings(findings))
    if stopping:
        raise RuleViolation(stopping)


class NotSignedIn(VillageDeskError):
    """Somebody must sign in before anything is changed."""

    sentence = "现在没有人登录，只能查看。请先登录再办理。"


class WrongPassword(VillageDeskError):
    """The name is unknown or the password does not fit; which of the two is not said."""

    sentence = "姓名或密码不对。账没有变动。请看清大小写后再试一次。"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at one place of a foreign file. ``row`` counts from 1 as in Excel; ``column`` is its head."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"第{self.row}行“{self.column}”：{self.message}"


class BadInput(VillageDeskError):
    """A foreign file that cannot be taken. Nothing of it was taken."""

    sentence = "“{name}”没有导入，账里一条也没有变。{why}"

    def __init__(self, name: str, why: str, problems: Sequence[Problem] = ()) -> None:
        self.problems = list(problems)
        super().__init__(name=name, why=why)


class UnprintableText(VillageDeskError):
    """Characters that no face can draw. Nothing is printed as a box."""

    sentence = "有字打印不出来：{characters}。没有打印，账没有变动。请核对这些字，或写信给维护人员补字。"


class NotSaved(VillageDeskError):
    """A file for elsewhere could not be written. What lay there before lies there still; nothing half-written does."""

    sentence = "“{name}”没有存成（{why}），记下的账不受影响，那里也没有留下半个文件。{then}"


class PrintFault(VillageDeskError):
    """Nothing comes out of the printer. The desk is as it was."""


class NoPrinter(PrintFault):
    """This computer has no printer."""

    sentence = (
        "这台电脑上没有找到打印机，没有打印，账没有变动。请接好打印机的电源和数据线，请人在电脑里装好它，再试一次；"
        "也可以先点“另存为”存成文件，拿到别处打印。"
    )


class NoPrintService(PrintFault):
    """The system's print service does not run, or does not answer."""

    sentence = (
        "电脑的打印服务没有运行，或者没有回应，没有打印，账没有变动。请重启电脑再试；"
        "也可以先点“另存为”存成文件，拿到别处打印。"
    )


class PrinterRefused(PrintFault):
    """The system did not take the file for this printer."""

    sentence = "打印机“{printer}”没有收下这份文件：{why}没有打印，账没有变动。{then}"


class OutOfPaper(PrintFault):
    """The printer waits for paper."""

    sentence = "打印机“{printer}”没有纸了，账没有变动。请装好纸；已经送去的会接着打印，不用再点打印。"


class PrinterStopped(PrintFault):
    """The printer stands still for another reason than paper: it is off, jammed, open, paused."""

    sentence = "打印机“{printer}”{why}，账没有变动。{then}已经送去的会接着打印，不用再点打印。"


class DeskFault(VillageDeskError):
    """The desk cannot be opened or written."""


class NoDesk(DeskFault):
    """The folder holds no desk."""

    sentence = "“{folder}”里没有账本。请检查文件夹是否选对。"


class DeskExists(DeskFault):
    """A new desk would fall on an old one."""

    sentence = "“{folder}”里已经有东西，没有在这里新建账本。请另选一个空文件夹。"


class ForeignFile(DeskFault):
    """The file is not one of ours."""

    sentence = "“{name}”不是本程序的账本，没有打开，也没有改动它。请检查文件夹是否选对。"


class NewerDesk(DeskFault):
    """The desk was written by a newer program."""

    sentence = "这本账是用更新版本的程序记的，没有打开，也没有改动它。请先升级程序。"


class OlderDesk(DeskFault):
    """The desk was written by an older program and is opened for looking only, so it cannot be upgraded."""

    sentence = (
        "这本账是用旧版本的程序记的，没有改动它。请先用本程序正常打开一次（程序会自动备份并升级），再来查看或核对。"
    )


class DamagedDesk(DeskFault):
    """The file is damaged. It was not touched."""

    sentence = "账本文件损坏（{detail}）。程序没有改动它。请从 backups 文件夹里的备份恢复，恢复前不要删除原文件。"


class DeskPutBack(DeskFault):
    """The file is older than a copy or parcel of this very desk that lies beside it. It can be looked at."""

    sentence = (
        "这本账比{witness}还旧：那里面有第{seq}条流水，这里没有，可能是旧的账本文件盖住了新的。"
        "为防止同一笔钱再付一次，这里现在只能看，不能办理，程序没有改动它。"
        "请从最新的备份恢复（按【从备份恢复】，选 backups 文件夹或U盘里最新的那个），并告诉乡镇。"
    )


class DeskInUse(DeskFault):
    """Another program has the desk open for writing. It can be looked at meanwhile."""

    sentence = (
        "这本账正由“{who}”打开着（{since}起，电脑 {host}）。为防止两边同时记账，这里现在只能看，不能办理，账没有变动。"
        "要办理，请先关掉那个窗口，再到这里重新打开。"
    )


class BadBackup(DeskFault):
    """A file that no desk can be laid out from. It was not touched; what had been laid out is taken away again."""

    sentence = "“{name}”不能用来恢复：{why}没有恢复任何东西，这个文件也没有改动。请换一份备份再试。"


class WriteProtected(DeskFault):
    """The folder cannot be written: a disc, a protected stick, or somebody else's folder."""

    sentence = (
        "“{folder}”不能写入（可能是光盘、写保护的U盘，或没有权限），账没有变动。"
        "要办理，请把整个文件夹复制到本机硬盘，再从那里打开。"
    )


class ReadOnlyDesk(DeskFault):
    """The desk was opened for looking only."""

    sentence = (
        "这本账现在只能看，没有改动。要办理，请关掉别的窗口后重新打开；在光盘或写保护的U盘上的，先复制到本机硬盘。"
    )


class DiskFull(DeskFault):
    """The disk is full; the transaction was rolled back."""

    sentence = "磁盘满了，刚才这一步没有记上，之前记的都在。请删掉不用的文件腾出空间，再做一次。"


class DiskGone(DeskFault):
    """The disk or stick cannot be read or written any more."""

    sentence = "读写“{where}”时出错（{detail}），刚才这一步没有记上，之前记的都在。请检查磁盘或U盘是否插好，再做一次。"


class ClockSetBack(DeskFault):
    """The computer's clock is behind the last entry."""

    sentence = (
        "电脑的时间是{now}，比账里最后一笔（{last}）还早。没有记上，以前记的都在。请先把电脑的日期和时间调对，再做一次。"
        "日期本来就对，是那一笔记的时候电脑的日期错了的，"
        "请用那以前的备份恢复（【账本】里按【从备份恢复】），再补记备份以后的。"
    )


class ClockFarAhead(DeskFault):
    """The clock is so far ahead of the last entry that its battery may be empty; somebody must look first."""

    sentence = (
        "电脑说今天是{now}，账里最后一笔是{last}，隔了{days}天。没有记上，以前记的都在。"
        "请看看电脑的日期：不对的，调对再做一次；真是今天的，请重新登录，程序会问一次，答了再办。"
    )


class StaleRecord(DeskFault):
    """The record was changed by somebody else since it was read."""

    sentence = "这一条刚被改过，您看到的不是最新的。刚才这一步没有记上。请重新打开这一条再办。"


class FrozenRecord(DeskFault):
    """The schema refused a write: to a recorded fact, past the journal, or against a rule that crosses tables."""

    sentence = "{why}账没有变动。"


class MonthClosed(FrozenRecord):
    """The schema refused a write into a month that is closed."""


class PackageRefused(VillageDeskError):
    """A package that is not taken. It lies in quarantine; the desk is as it was."""

    sentence = "这个数据包没有接收：{why}账没有变动，数据包已放进“隔离”文件夹。{then}"


class PackageHeld(VillageDeskError):
    """A sound package that must wait: an earlier one has not come yet. The desk is as it was."""

    sentence = (
        "这是{office}的第{number}号数据包，可是第{missing}号还没有收到。账没有变动，这个数据包已放进“待收”文件夹。"
        "请先向村里要第{missing}号数据包，收了它再来收这一个。"
    )


class Cancelled(VillageDeskError):
    """The person pressed Cancel; nothing is left behind."""

    sentence = "已取消，没有留下任何改动。"
