"""The wheel holds all the program needs: it is built, unpacked into a fresh environment and started there."""

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an environment that holds the wheel and sees this environment's libraries."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=CHECKOUT)
    venv.create(folder / "venv", with_pip=False, symlinks=True)
    python = folder / "venv" / "bin" / "python"
    own = Path(_run(str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    (wheel,) = folder.glob("*.whl")
    _run(sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "-q", "--target", str(own), str(wheel))
    (own / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return python


def test_the_package_comes_from_the_wheel_and_not_from_the_checkout(installed: Path) -> None:
    where = Path(_run(str(installed), "-c", "import villagedesk; print(villagedesk.__file__)").strip())
    assert where.is_relative_to(installed.parents[1])


@pytest.mark.parametrize("own_file", ["db/schema.sql", "resources/fonts/NotoSansSC-Regular.ttf"])
def test_the_programs_own_files_are_found_in_the_wheel(installed: Path, own_file: str) -> None:
    code = f"from villagedesk.kernel.places import own_file; print(own_file({own_file!r}))"
    where = Path(_run(str(installed), "-c", code).strip())
    assert where.is_relative_to(installed.parents[1])
    assert where.read_bytes() == (CHECKOUT / own_file).read_bytes()


def test_the_installed_program_explains_itself(installed: Path) -> None:
    assert "demo" in _run(str(installed), "-m", "villagedesk", "--help")


def _run(*command: str, cwd: Path | None = None) -> str:
    done = subprocess.run(command, cwd=cwd or Path(sys.prefix), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
