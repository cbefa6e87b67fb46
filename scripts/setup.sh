# Sets up what the other scripts need: system libraries, the virtual environment, the pinned packages. Sourced, not run.
set -euo pipefail

home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
venv="$home/.venv"
python="$venv/bin/python"

window_libraries=(
    libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0
    libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0
)
test_tools=(xvfb openbox xdotool imagemagick poppler-utils cups cups-client)

case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
    *[Uu][Tt][Ff]*8) ;;
    *) export LC_ALL=C.UTF-8 ;; # Qt and Chinese file names need UTF-8
esac

# Makes the checkout ready for "use" or for "test". When nothing has changed since the last time it returns at once.
ready_for() {
    local lock="$home/scripts/requirements.txt" packages=("${window_libraries[@]}")
    if [ "$1" = test ]; then
        lock="$home/scripts/requirements-test.txt"
        packages+=("${test_tools[@]}")
    fi
    local stamp="$venv/ready-for-$1"
    [ "$(cat "$stamp" 2>/dev/null)" = "$(fingerprint "$lock")" ] && return
    say "第一次启动（或程序有更新），正在准备，约需几分钟……"
    install_system_packages "${packages[@]}"
    install_python_packages "$lock"
    fingerprint "$lock" >"$stamp"
    say "准备好了。"
}

# What the set-up depends on: the pins, this file, the place of the checkout and the Python it stands on.
fingerprint() {
    { cat "$1" "${BASH_SOURCE[0]}"; echo "$home"; readlink -f "$python"; } 2>/dev/null | sha256sum
}

install_system_packages() {
    local wanted=("$@") missing
    base_python >/dev/null || wanted+=(python3 python3-venv)
    command -v apt-get >/dev/null && command -v dpkg-query >/dev/null || return 0
    missing="$(missing_packages "${wanted[@]}")"
    [ -n "$missing" ] || return 0
    local line="apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends$missing"
    local privilege=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null ||
            stop "还缺系统组件，而您不是管理员。什么也没有改动。请让管理员输入下面这一行，再重新运行：" "su -c '$line'"
        privilege=(sudo)
    fi
    say "安装系统组件：$missing"
    quietly "${privilege[@]}" bash -c "$line" || say "系统组件没有全部装上（原因见上），先试着继续。"
}

# Names the packages that are not installed; a package that provides another's name stands for it.
missing_packages() {
    local present name
    present=" $(dpkg-query -W -f='${db:Status-Abbrev} ${Package} ${Provides}\n' | sed -n 's/^ii //p' | tr ',\n' '  ') "
    for name in "$@"; do
        [[ "$present" == *" $name "* ]] || printf ' %s' "$name"
    done
}

install_python_packages() {
    local base
    base="$(base_python)" || stop "需要 Python 3.11 或更新的版本（带 venv）。请先装好它，再重新运行。"
    "$python" -m pip --version >/dev/null 2>&1 || "$base" -m venv --clear "$venv"
    say "下载并安装程序要用的组件……"
    quietly "$python" -m pip install --disable-pip-version-check --no-input --require-hashes -r "$1" ||
        stop "组件没有装上（原因见上）。请检查网络后重新运行，已装好的部分会保留。"
    make_command
    "$python" -m compileall -q "$home/villagedesk" >/dev/null 2>&1 || : # the first start is as quick as the next
    quietly "$python" -c 'import PySide6.QtWidgets' ||
        stop "窗口组件打不开（原因见上）。请装上这些系统组件后重新运行：${window_libraries[*]}"
}

# Makes this checkout importable in the environment and puts the command .venv/bin/villagedesk there.
make_command() {
    echo "$home" >"$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/villagedesk.pth"
    printf '#!/bin/sh\nexec "%s" -m villagedesk "$@"\n' "$python" >"$venv/bin/villagedesk"
    chmod +x "$venv/bin/villagedesk"
}

# Prints the first Python that is new enough and can make virtual environments.
base_python() {
    local name
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        command -v "$name"
        return
    done
    return 1
}

# Runs a command and shows what it said only when it fails.
quietly() {
    local said
    said="$("$@" 2>&1 </dev/null)" || { printf '%s\n' "$said" | tail -n 40 >&2; return 1; }
}

say() { printf '%s\n' "$1" >&2; }

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}
