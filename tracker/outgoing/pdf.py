"""HTML in, PDF out, through one long-lived process per calling process; see ``pdf_process.py``."""

import ctypes
import ctypes.util
import json
import os
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO

from tracker.errors import Unavailable
from tracker.outgoing import fonts
from tracker.rules.words import N_, Phrase

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(__file__).with_name("pdf_process.py")
STYLES = (ROOT / "templates" / "letters", ROOT / "templates" / "forms")

# The protocol, spelled once more in pdf_process.py: that program must not import this one.
REQUEST = struct.Struct(">If")
ANSWER = struct.Struct(">BI")
DONE = 0

MIB = 1 << 20
LIMITS: Mapping[str, int] = {
    # Address space: what is in use can only be less. A letter needs 360 MiB of it, most for fonts.
    "RLIMIT_AS": 512 * MIB,
    "RLIMIT_FSIZE": 64 * MIB,
    "RLIMIT_NOFILE": 64,
    "RLIMIT_CORE": 0,
}
MOST_HTML = 8 * MIB
START_SECONDS = 60.0


class PdfFailed(Unavailable):
    """No PDF was made; what was asked for may be asked again, or is too large."""

    code = "pdf_failed"


@dataclass
class Engine:
    """Keeps one PDF process alive: started at the first letter, replaced when it dies or has grown old."""

    font_directories: Sequence[Path]
    workshop: Path
    letters_each: int = 1000
    limits: Mapping[str, int] = field(default_factory=lambda: LIMITS)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _process: "_Process | None" = None

    def render(self, html: str, *, seconds: float = 20) -> bytes:
        content = html.encode("utf-8", "replace")
        if len(content) > MOST_HTML:
            raise PdfFailed(N_("内容过长，无法生成 PDF。请缩短内容后重试。"))
        with self._lock:
            return self._ready().ask(content, seconds)

    def start(self) -> Mapping[str, object]:
        """Have the process running; what it reports of itself (offline)."""
        with self._lock:
            return self._ready().about

    def stop(self) -> None:
        with self._lock:
            if self._process:
                self._process.end()
            self._process = None

    def forget(self) -> None:
        """After a fork: the process belongs to the parent, and so does whoever held the lock."""
        self._lock = threading.Lock()
        if self._process:
            self._process.disown()
        self._process = None

    @property
    def pid(self) -> int | None:
        return self._process.child.pid if self._process else None

    def _ready(self) -> "_Process":
        process = self._process
        if process and (process.dead or process.made >= self.letters_each):
            process.end()
            process = None
        self._process = process or _Process(self._sheets(), self.limits)
        return self._process

    def _sheets(self) -> "_Start":
        prepared = fonts.prepare(self.font_directories, self.workshop)
        paths = [path for folder in STYLES for path in sorted(folder.glob("*.css"))]
        sheets = {path.stem: path.read_text("utf-8") for path in paths}
        return _Start(prepared.config, sheets | {"base": prepared.css + sheets["base"]})


@dataclass(frozen=True)
class _Start:
    font_config: Path
    sheets: Mapping[str, str]


class _Process:
    def __init__(self, start: _Start, limits: Mapping[str, int]) -> None:
        self.made = 0
        self.gone = False
        with tempfile.TemporaryFile() as complaints:
            self.child = _spawn(start.font_config, complaints)
            order = json.dumps({"sheets": dict(start.sheets), "limits": dict(limits)}).encode()
            try:
                self.about: Mapping[str, object] = json.loads(self.ask(order, START_SECONDS))
            except PdfFailed as failure:
                reason = RuntimeError(_last_line(complaints)) if _last_line(complaints) else failure
                raise PdfFailed(N_("PDF 程序无法启动，请联系系统管理员。")) from reason
        self.made = 0

    @property
    def dead(self) -> bool:
        return self.gone or self.child.poll() is not None

    def ask(self, content: bytes, seconds: float) -> bytes:
        # The child limits itself; this is for a child that no longer can.
        alarm = threading.Timer(seconds, self.child.kill)
        alarm.daemon = True
        alarm.start()
        try:
            status, answer = self._exchange(content, seconds)
        except (OSError, EOFError) as error:
            self.end()
            raise PdfFailed(N_("生成 PDF 超出时间或内存限制，已中止。请缩短内容后重试。")) from error
        finally:
            alarm.cancel()
        self.made += 1
        if status != DONE:
            reason = RuntimeError(answer.decode())
            raise PdfFailed(N_("这份文件无法排版，未生成 PDF。请检查内容后重试。")) from reason
        return answer

    def _exchange(self, content: bytes, seconds: float) -> tuple[int, bytes]:
        requests, answers = self.child.stdin, self.child.stdout
        assert requests and answers
        requests.write(REQUEST.pack(len(content), seconds))
        requests.write(content)
        requests.flush()
        status, length = ANSWER.unpack(_exactly(answers, ANSWER.size))
        return status, _exactly(answers, length)

    def end(self) -> None:
        self.gone = True
        self.child.kill()
        self.child.wait()
        for pipe in (self.child.stdin, self.child.stdout):
            _close(pipe)

    def disown(self) -> None:
        """In a forked copy: let go of both pipes, so that the process ends with its real owner."""
        nothing = os.open(os.devnull, os.O_RDWR)
        for pipe in (self.child.stdin, self.child.stdout):
            if pipe and not pipe.closed:
                os.dup2(nothing, pipe.fileno())
        os.close(nothing)
        self.child.returncode = 0


def _spawn(font_config: Path, complaints: IO[bytes]) -> "subprocess.Popen[bytes]":
    """A fresh interpreter, not a copy of this one: it inherits no key, no connection and no environment."""
    # A folder of its own would be left behind whenever both are killed together; it has nothing to keep.
    folder = font_config.parent / "scratch"
    folder.mkdir(exist_ok=True)
    return subprocess.Popen(
        [sys.executable, "-I", "-B", "-X", "utf8", str(PROGRAM)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        cwd=folder,
        env={"FONTCONFIG_FILE": str(font_config), "TMPDIR": str(folder), "HOME": str(folder)},
        close_fds=True,
    )


def _last_line(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    return complaints.read().decode("utf-8", "replace").strip().rpartition("\n")[2]


def _exactly(source: IO[bytes], length: int) -> bytes:
    content = source.read(length)
    if len(content) != length:
        raise EOFError
    return content


def _close(pipe: IO[bytes] | None) -> None:
    try:
        if pipe:
            pipe.close()
    except BrokenPipeError:
        # What was still to be written has nobody to read it.
        pass


# Where `make setup` puts them, whatever the instance folder.
INSTALLED = ROOT / "instance" / "fonts"
_engine = Engine((INSTALLED,), INSTALLED / ".prepared")


def configure(*, instance: Path, own_fonts: str = "") -> None:
    """Say where the fonts are: the office's own folder first, then those installed with the program."""
    own = [Path(own_fonts)] if own_fonts else []
    installed = instance / "fonts" if (instance / "fonts").is_dir() else INSTALLED
    directories = (*own, installed)
    if directories != _engine.font_directories:
        _engine.stop()
        _engine.font_directories, _engine.workshop = directories, installed / ".prepared"


def render(html: str, *, seconds: float = 20) -> bytes:
    """The PDF of one HTML document of ours; raises PdfFailed."""
    return _engine.render(html, seconds=seconds)


def start() -> Mapping[str, object]:
    """Start the process ahead of the first letter; returns what it reports of itself."""
    return _engine.start()


def stop() -> None:
    _engine.stop()


def process_id() -> int | None:
    """Of the running process, for whoever measures it."""
    return _engine.pid


def shortcomings() -> list[Phrase]:
    """What this machine lacks for letters as they should be, each with its remedy."""
    return [*_of_fonts(), *_of_libraries()]


def _of_fonts() -> list[Phrase]:
    parts = fonts.missing(_engine.font_directories)
    names = "、".join(fonts.WORDS[part] for part in parts)
    wanted = N_("函件缺少字体（%(names)s），暂用别的字体代替。请运行 make fonts，再重新启动。")
    return [Phrase(wanted, {"names": names})] if parts else []


@cache
def _of_libraries() -> list[Phrase]:
    if ctypes.util.find_library("harfbuzz-subset"):
        return []
    try:
        ctypes.CDLL("libharfbuzz-subset.so.0")
    except OSError:
        return [Phrase(N_("缺少程序库 harfbuzz-subset，生成函件很慢。请运行 make setup，再重新启动。"))]
    return []


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_engine.forget)
