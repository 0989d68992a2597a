"""The files of a run live in memory where there is room: its databases then wait for no disk.

Every test copies a database, and every commit asks the disk to be sure; on a slow disk that is a third of
the run. What dies with the machine is not what the tests are about: they kill processes, whose files stay.
"""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30  # bytes; the long tier fills about half of it


def home() -> Path:
    """The folder for what a run throws away, with a short name: a socket's path may have 107 characters."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM:
        return MEMORY
    return Path("/tmp")


if "TMPDIR" not in os.environ:
    # Before pytest chooses its folder; the processes that tests start read the variable.
    os.environ["TMPDIR"] = str(home())
    tempfile.tempdir = None
