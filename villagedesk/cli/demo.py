"""The command that makes the practice village and shows it, in a window or on paper."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click

from villagedesk.app.remembered import remember
from villagedesk.cli.session import PASSWORD_VARIABLE, Session
from villagedesk.kernel.progress import Progress
from villagedesk.storage.desk import FILE_NAME


class _Shown(Progress):
    """Progress as a line on the terminal."""

    def step(self, count: int = 1) -> None:
        super().step(count)
        click.echo(f"\r{self.label}：{self.done}/{self.total}", nl=self.done >= self.total, err=True)


@click.command("demo")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--no-window", "is_silent", is_flag=True, help="不开窗口，只说明做好的东西在哪里")
@click.pass_obj
def demo(session: Session, folder: Path, is_silent: bool) -> None:
    """在 FOLDER 里建练习村（青山村和双石镇），建好后打开窗口。"""
    from villagedesk.app.practice.year import VILLAGE, build

    desk = folder / VILLAGE
    if not (desk / FILE_NAME).exists():
        build(folder, Progress() if session.as_json else _Shown())
    remember(VILLAGE, desk)
    has_screen = sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if is_silent or not has_screen:
        _tell(session, folder, desk)
    else:
        _open(desk, {})


def _tell(session: Session, folder: Path, desk: Path) -> None:
    from villagedesk.app.practice.facts import ACCOUNTANT, PASSWORD
    from villagedesk.app.practice.year import TOWNSHIP

    picture = folder / "窗口.png"
    _open(
        desk, {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "default.warning=false"}, "--picture", str(picture)
    )
    papers, packages = desk / "printed", desk / "outbox"
    lines = [
        f"练习村建好了：{desk}",
        f"  公示 {len(list(papers.glob('*.pdf')))} 份：{papers}",
        f"  上报的数据包 {len(list(packages.glob('*.zip')))} 个：{packages}",
        f"  乡镇的账本：{folder / TOWNSHIP}",
        f"  窗口的样子：{picture}",
        f"登录的密码都是 {PASSWORD}，例如：",
        f"  {PASSWORD_VARIABLE}={PASSWORD} {_program()} --desk {desk} --as {ACCOUNTANT} pay list",
    ]
    data = {
        "desk": str(desk),
        "papers": str(papers),
        "packages": str(packages),
        "township": str(folder / TOWNSHIP),
        "picture": str(picture),
    }
    session.say("\n".join(lines), data)


def _program() -> str:
    """Return what to type for this program here: its name when it is on the path, else where it lies."""
    beside = Path(sys.executable).with_name("villagedesk")
    if shutil.which("villagedesk"):
        return "villagedesk"
    return str(beside) if beside.exists() else "python -m villagedesk"


def _open(desk: Path, settings: dict[str, str], *options: str) -> None:
    """Open the window as a program of its own: the commands do not know the window."""
    from villagedesk.app.practice.facts import ACCOUNTANT, PASSWORD

    command = [sys.executable, "-m", "villagedesk", "--desk", str(desk), "--as", ACCOUNTANT, *options]
    environment = os.environ | {PASSWORD_VARIABLE: PASSWORD} | settings
    subprocess.run(command, env=environment, check=True)


COMMANDS: tuple[click.Command, ...] = (demo,)
