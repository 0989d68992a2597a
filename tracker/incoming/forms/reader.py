"""Files in, forms out, through a process of its own that may die of a file; see ``child.py``."""

import json
import struct
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from tracker.errors import HuiyinError
from tracker.incoming.forms import old_word, result, sniffing
from tracker.incoming.forms.archives import BROKEN, Entry, scan
from tracker.incoming.forms.dates import Occasion
from tracker.incoming.forms.result import FileRead, refused
from tracker.rules.words import N_

PROGRAM: Final = Path(__file__).with_name("child.py")
# The protocol, spelled once more in child.py: that program must not import this one.
REQUEST: Final = struct.Struct(">IIf")
ANSWER: Final = struct.Struct(">I")

MOST_FILES: Final = 500
# Of the processor's time, for a file and for each of its megabytes.
SECONDS, SECONDS_EACH_MIB = 1.4, 12.0
# By the clock on the wall: for a machine that has much else to do.
PATIENCE: Final = 20.0
_IMPATIENT = N_("文件太大或太复杂，读取已中止；请把内容复制到一份新文件里，或者分成几个再试")


class Reader:
    """Reads files one after another. Use it in a ``with`` statement, in one thread."""

    def __init__(
        self, occasion: Occasion, *, seconds: float = SECONDS, seconds_each_mib: float = SECONDS_EACH_MIB
    ) -> None:
        self.occasion = occasion
        self.seconds, self.seconds_each_mib = seconds, seconds_each_mib
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child else None

    def close(self) -> None:
        if self._child:
            _end(self._child)
        self._child = None

    def read(self, name: str, content: bytes) -> list[FileRead]:
        """Every form of the file, or of every file in the archive; never raises for what is in a file."""
        name = plain_name(name)
        try:
            kind = sniffing.kind_of(content)
            if kind == "archive":
                return list(self._unpacked(name, content))
            if kind == "old_word":
                content = old_word.as_docx(content)
        except HuiyinError as refusal:
            return [_refusal(name, refusal)]
        return self._ask(name, content)

    def _unpacked(self, name: str, content: bytes) -> Iterator[FileRead]:
        archive = scan(content)
        entries = [entry for entry in archive.entries if not _is_clutter(entry)]
        if not entries:
            yield refused(name, N_("压缩包是空的"))
        if len(entries) > MOST_FILES:
            yield refused(name, N_("压缩包里的文件太多，请分成几个再试"))
            return
        for entry in entries:
            inner = f"{name}/{entry.name}"
            try:
                piece = archive.unpack(entry)
                if sniffing.kind_of(piece) == "archive":
                    yield refused(inner, N_("压缩包里还有压缩包，请先解开再上传"))
                    continue
            except HuiyinError as refusal:
                yield _refusal(inner, refusal)
                continue
            yield from self.read(inner, piece)

    def _ask(self, name: str, content: bytes) -> list[FileRead]:
        child = self._ready()
        seconds = self.seconds + self.seconds_each_mib * len(content) / (1 << 20)
        alarm = threading.Timer(PATIENCE + seconds, child.kill)
        alarm.daemon = True
        alarm.start()
        try:
            answer = _exchange(child, self._head(name), content, seconds)
        except (OSError, EOFError):
            self.close()
            return [refused(name, _IMPATIENT)]
        finally:
            alarm.cancel()
        return [refused(name, BROKEN)] if isinstance(answer, dict) else result.unpack(answer)

    def _head(self, name: str) -> bytes:
        when = self.occasion
        days = [day.isoformat() if day else None for day in (when.today, when.starts_on, when.ends_on)]
        order = {"name": name, "occasion": [days[0], when.year, days[1], days[2]]}
        return json.dumps(order).encode()

    def _ready(self) -> "subprocess.Popen[bytes]":
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child = _spawn()
        return self._child


def plain_name(name: str) -> str:
    """Without what is invisible or turns the rest around."""
    return "".join(char for char in name if unicodedata.category(char)[0] != "C")


def _refusal(name: str, refusal: HuiyinError) -> FileRead:
    faults = getattr(refusal, "errors", None)
    return FileRead(name, problems=faults) if faults else refused(name, refusal.message)


def _is_clutter(entry: Entry) -> bool:
    """What systems put into archives on their own."""
    path = PurePosixPath(entry.name)
    return "__MACOSX" in path.parts or path.name.startswith((".", "~$")) or path.name == "Thumbs.db"


def _spawn() -> "subprocess.Popen[bytes]":
    """A fresh interpreter, not a copy of this one: it inherits no key, no connection and no environment."""
    return subprocess.Popen(
        [sys.executable, "-I", "-B", "-X", "utf8", str(PROGRAM)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={},
        close_fds=True,
    )


def _exchange(child: "subprocess.Popen[bytes]", head: bytes, content: bytes, seconds: float) -> Any:
    requests, answers = child.stdin, child.stdout
    assert requests and answers
    requests.write(REQUEST.pack(len(head), len(content), seconds))
    requests.write(head)
    requests.write(content)
    requests.flush()
    (length,) = ANSWER.unpack(_exactly(answers, ANSWER.size))
    return json.loads(_exactly(answers, length))


def _exactly(source: IO[bytes], length: int) -> bytes:
    content = source.read(length)
    if len(content) != length:
        raise EOFError
    return content


def _end(child: "subprocess.Popen[bytes]") -> None:
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        try:
            if pipe:
                pipe.close()
        except BrokenPipeError:
            # What was still to be written has nobody to read it.
            pass
