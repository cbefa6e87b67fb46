"""Where a USB stick is plugged in, so that file dialogs begin there."""

import sys

from PySide6.QtCore import QStorageInfo

_STICKS = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


def stick_folder() -> str:
    """Return where a USB stick is plugged in, "" when none is seen."""
    for volume in QStorageInfo.mountedVolumes():
        place = volume.rootPath()
        is_stick = place.startswith(_STICKS) if sys.platform != "win32" else not place.startswith("C:")
        if is_stick and volume.isReady() and not volume.isReadOnly():
            return place
    return ""
