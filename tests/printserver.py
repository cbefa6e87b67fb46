"""A print service of the test's own: cupsd with its files in a folder, and a raw queue whose device is a listener here."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

_SERVICE = """\
Listen {folder}/socket
LogLevel warn
Browsing No
DirtyCleanInterval 0
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
_FILES = """\
ServerRoot {folder}
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/run
TempDir {folder}/tmp
AccessLog {folder}/access.log
ErrorLog {folder}/error.log
PageLog {folder}/page.log
"""
_PATIENCE = 15.0


@dataclass
class PrintServer:
    """A running service. ``heard`` holds what its printers were given, job by job."""

    folder: Path
    heard: list[bytes] = field(default_factory=list)

    def add_printer(self, name: str, *options: str, port: int = 0) -> None:
        """Set up a raw queue to a listener, or to ``port``, where nobody listens; options are lpadmin's."""
        device = f"socket://127.0.0.1:{port or self._listener()}"
        self.admin("lpadmin", "-p", name, "-E", "-v", device, *options)

    def admin(self, *command: str) -> None:
        """Do what the person who looks after the printers does: ``admin("cupsreject", "laser")``."""
        path = f"{os.environ['PATH']}:/usr/sbin"
        program = shutil.which(command[0], path=path)
        assert program, f"{command[0]} is not installed"
        done = subprocess.run([program, *command[1:]], check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def asked_for(self, job: int) -> bytes:
        """Return what the service wrote down about a job: its options among other things."""
        written = self.folder / "spool" / f"c{job:05}"
        _until(lambda: written.exists() and written.stat().st_size > 0, "the service writes nothing down")
        return written.read_bytes()

    def wait_for(self, count: int) -> list[bytes]:
        """Wait until so many jobs were heard, and return them."""
        _until(lambda: len(self.heard) >= count, "the printer is given nothing")
        return self.heard

    def _listener(self) -> int:
        door = socket.create_server(("127.0.0.1", 0))
        Thread(target=self._listen, args=(door,), daemon=True).start()
        port: int = door.getsockname()[1]
        return port

    def _listen(self, door: socket.socket) -> None:
        while True:
            caller, _ = door.accept()
            with caller:
                heard = b""
                while piece := caller.recv(65536):
                    heard += piece
            self.heard.append(heard)


@contextmanager
def print_server() -> Iterator[PrintServer]:
    """Yield a running service without printers. The caller sets CUPS_SERVER to its ``folder / "socket"``."""
    with tempfile.TemporaryDirectory(prefix="cups-") as name:  # its path must be short, and open to the user lp
        folder = Path(name)
        folder.chmod(0o755)
        for part in ("spool", "cache", "run", "tmp"):
            (folder / part).mkdir()
        settings, files = folder / "cupsd.conf", folder / "cups-files.conf"
        settings.write_text(_SERVICE.format(folder=folder))
        files.write_text(_FILES.format(folder=folder))
        program = shutil.which("cupsd", path="/usr/sbin:/usr/local/sbin")
        assert program, "cupsd is not installed"
        service = subprocess.Popen([program, "-f", "-c", settings, "-s", files], stderr=subprocess.DEVNULL)
        try:
            _until(lambda: _answers(folder / "socket"), "the print service does not start")
            yield PrintServer(folder)
        finally:
            service.terminate()
            service.wait(10)


def _answers(door: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as caller:
        return caller.connect_ex(str(door)) == 0


def _until(holds: Callable[[], bool], complaint: str) -> None:
    end = time.monotonic() + _PATIENCE
    while not holds():
        assert time.monotonic() < end, complaint
        time.sleep(0.02)
