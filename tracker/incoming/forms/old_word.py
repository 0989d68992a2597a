"""The old .doc: turned into a .docx by LibreOffice where it is installed, refused with advice where not."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from tracker.incoming.forms.archives import BROKEN, Unreadable
from tracker.rules.words import N_

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 60
NOT_HERE = N_("旧的 .doc 格式在这台机器上读不了，请用 Word 或 WPS 打开、另存为 .docx 再试")


def as_docx(content: bytes, *, seconds: float = SECONDS) -> bytes:
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise Unreadable(NOT_HERE)
    with tempfile.TemporaryDirectory(prefix="huiyin-doc-") as folder:
        source = Path(folder, "form.doc")
        source.write_bytes(content)
        _convert(program, source, seconds)
        made = source.with_suffix(".docx")
        if not made.is_file():
            raise Unreadable(BROKEN)
        return made.read_bytes()


def _convert(program: str, source: Path, seconds: float) -> None:
    # A profile of its own in the same folder: macros stay off, and nothing is left behind.
    order = [
        program,
        f"-env:UserInstallation={(source.parent / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML"),
        *("--outdir", str(source.parent), str(source)),
    ]
    environment = {"PATH": os.defpath, "HOME": str(source.parent), "LANG": "C.UTF-8"}
    with subprocess.Popen(
        order,
        cwd=source.parent,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired as late:
            # The starter waits for the program itself: both have to go.
            os.killpg(process.pid, signal.SIGKILL)
            raise Unreadable(N_("转换 .doc 用时太长，请用 Word 打开、另存为 .docx 再试")) from late
