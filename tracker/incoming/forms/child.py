"""The process that opens what strangers sent: it has little memory, little time, and nothing to lose.

Started by ``reader.py`` as a plain script with an empty environment. It reads files from its standard input
and writes what it read of them to its standard output, each with its length in front, until the input ends.
"""

import importlib
import json
import os
import resource
import signal
import struct
import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

REQUEST = struct.Struct(">IIf")  # length of the head, length of the file, seconds
ANSWER = struct.Struct(">I")
MIB = 1 << 20
# Address space, so that what is in use can only be less: T29 allows 256 MB.
MEMORY = 240 * MIB
ROOT = Path(__file__).resolve().parents[3]


def main() -> None:
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # No library may write between our answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    reading, result, dates = _rooms("reading", "result", "dates")
    _limit()
    while len(head := requests.read(REQUEST.size)) == REQUEST.size:
        about, length, seconds = REQUEST.unpack(head)
        order = json.loads(requests.read(about))
        content = requests.read(length)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        _answer(answers, _read(reading, result, _occasion(dates, order["occasion"]), order["name"], content))
        signal.setitimer(signal.ITIMER_PROF, 0)


def _rooms(*names: str) -> list[Any]:
    """The reading rooms alone: to import the whole service would take a second and four times the memory."""
    package = ModuleType("tracker")
    package.__path__ = [str(ROOT / "tracker")]
    sys.modules["tracker"] = package
    sys.path.insert(0, str(ROOT))
    return [importlib.import_module(f"tracker.incoming.forms.{name}") for name in names]


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _occasion(dates: Any, given: list[Any]) -> Any:
    today, year, starts_on, ends_on = given
    days = [date.fromisoformat(day) if day else None for day in (today, starts_on, ends_on)]
    return dates.Occasion(days[0], year, days[1], days[2])


def _read(reading: Any, result: Any, occasion: Any, name: str, content: bytes) -> bytes:
    try:
        return json.dumps(result.pack(reading.read(name, content, occasion))).encode()
    except MemoryError:
        # What is left may be too little to tell; the other side understands an end without an answer.
        os._exit(1)
    except BaseException as error:
        # Even a panic inside the library that reads workbooks is only one unreadable file.
        return json.dumps({"failed": type(error).__name__}).encode()


def _answer(to: BinaryIO, content: bytes) -> None:
    to.write(ANSWER.pack(len(content)))
    to.write(content)
    to.flush()


if __name__ == "__main__":
    main()
