import io
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pypdf
import pytest

from tests.outgoing import pdf_contents
from tests.outgoing.sheets import sheet
from tracker.errors import Unavailable
from tracker.outgoing import pdf
from tracker.outgoing.letters import html
from tracker.outgoing.pdf import MIB, Engine, PdfFailed

PAGE = '<html lang="zh-CN"><body>{}</body></html>'
FULL = os.environ.get("HUIYIN_TIER") == "gate"
NEST = "<table><tr><td>"
HOSTILE = {
    "a million characters": "我" * 1_000_000,
    "a million letters without a break": "a" * 1_000_000,
    "nested tables": NEST * 400,
    "nested boxes": "<div>" * 20_000,
    "huge margins": '<p style="margin: 999999999mm">x',
    "huge letters": '<p style="font-size: 99999999pt">我',
    "endless pages": '<div style="height: 99999999mm"></div>',
    "huge picture": '<svg width="999999999" height="999999999"><rect width="9e9" height="9e9"/></svg>',
    "a broken picture": '<img src="data:image/png;base64,AAAA">',
    "spans over a million columns": '<table><tr><td colspan="1000000">x</table>',
    "many columns": '<div style="columns: 100000">' + "我" * 20_000 + "</div>",
    "deep flex": '<div style="display: flex">' * 60 + "x",
    "deep grid": '<div style="display: grid; grid-template-columns: repeat(2000, 1fr)">x</div>',
    "a hundred thousand paragraphs": "<p>x" * 100_000,
    "a hundred thousand floats": '<b style="float: left">x</b>' * 100_000,
    "breaks": "<br>" * 200_000,
    "negative sizes": '<p style="line-height: -9; margin: -99999mm; width: -1px">x',
    "infinite sums": '<p style="width: calc(1px * 9e999)">x',
    "variables in a circle": "<style>p { --a: var(--b); --b: var(--a); width: var(--a) }</style><p>x",
    "growing variables": "<style>p {"
    + "".join(f"--v{n}: var(--v{n - 1}) var(--v{n - 1});" for n in range(1, 25))
    + "--v0: x; font-family: var(--v24) }</style><p>x",
    "counters": "<style>p { counter-increment: c 2147483647 } p::before { content: counter(c, lower-roman) }"
    + "</style>"
    + "<p>x" * 200,
    "transforms": '<p style="transform: scale(1e30) rotate(1e30deg)">x',
    "many rows": "<table>" + "<tr><td>x<td>y" * 20_000 + "</table>",
    "many selectors": "<style>"
    + "div p b i," * 20_000
    + "a{}</style>"
    + "<div><p><b><i>x</i></b></p></div>" * 500,
    "a long path": '<svg><path d="M0 0' + " L9 9" * 200_000 + '"/></svg>',
    "nested lists": "<ul><li>" * 2_000,
    "marks over marks": "a" + "\u0301" * 100_000,
    "right to left": "\u202e" * 50_000 + "x",
    "unknown characters": "\U000e0001\uffff\x00" * 10_000,
    "nothing": "",
}
SMALL = (
    "a million characters",
    "nested tables",
    "huge letters",
    "endless pages",
    "a broken picture",
    "growing variables",
    "a hundred thousand floats",
    "variables in a circle",
    "nothing",
)


@pytest.fixture
def engine() -> Engine:
    own = Engine(pdf._engine.font_directories, pdf._engine.workshop, letters_each=3)
    yield own
    own.stop()


def test_the_same_letter_gives_the_same_bytes_even_from_another_process(engine):
    page = html(sheet())
    first = engine.render(page)
    pid = engine.pid
    engine.stop()

    assert engine.render(page) == first
    assert engine.pid != pid


def test_a_killed_process_fails_this_letter_and_not_the_next(engine):
    engine.start()
    failures = []

    def ask() -> None:
        try:
            engine.render(PAGE.format(HOSTILE["a million characters"]), seconds=60)
        except PdfFailed as failure:
            failures.append(failure.message)

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(0.3)
    os.kill(engine.pid, signal.SIGKILL)
    asking.join(10)

    assert len(failures) == 1
    assert "已中止" in failures[0]
    assert engine.render(PAGE.format("我")).startswith(b"%PDF")


def test_a_process_that_died_between_two_letters_is_replaced(engine):
    engine.render(PAGE.format("我"))
    os.kill(engine.pid, signal.SIGKILL)
    time.sleep(0.1)

    assert engine.render(PAGE.format("我")).startswith(b"%PDF")


def test_a_process_grows_only_so_old(engine):
    pids = []
    for _ in range(5):
        engine.render(PAGE.format("我"))
        pids.append(engine.pid)

    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [3, 2]


def test_the_process_leaves_no_file_behind(tmp_path):
    # In a workshop of its own: in the shared one another process may be at work just now.
    for font in pdf._engine.workshop.glob("*.?t?"):
        (tmp_path / font.name).symlink_to(font)
    engine = Engine(pdf._engine.font_directories, tmp_path)
    engine.render(
        PAGE.format("<style>@font-face { font-family: a; src: url(file:///etc/hostname) }</style>我")
    )
    engine.stop()

    assert (tmp_path / "scratch").is_dir()
    assert [path for path in (tmp_path / "scratch").rglob("*") if path.is_file()] == []


def test_the_process_ends_when_its_owner_is_killed():
    program = (
        "import sys, time; from tracker.outgoing import pdf; pdf.start();"
        "print(pdf._engine.pid, flush=True); time.sleep(60)"
    )
    root = Path(pdf.__file__).parents[2]
    owner = subprocess.Popen([sys.executable, "-c", program], cwd=root, stdout=subprocess.PIPE, text=True)
    pid = owner.stdout.readline().strip()
    owner.kill()
    owner.wait()
    owner.stdout.close()
    until = time.monotonic() + 10
    while Path("/proc", pid, "exe").exists() and time.monotonic() < until:
        time.sleep(0.05)

    assert not Path("/proc", pid, "exe").exists()


def test_a_forked_copy_starts_a_process_of_its_own_and_leaves_its_parent_s_alone():
    program = (
        "import os; from tracker.outgoing import pdf; pdf.start(); mine = pdf._engine.pid\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    made = pdf.render('<p>x'); os._exit(0 if made and pdf._engine.pid != mine else 1)\n"
        "status = os.waitpid(child, 0)[1]\n"
        "pdf.render('<p>y'); print(status, pdf._engine.pid == mine)"
    )
    root = Path(pdf.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["0", "True"]


def test_many_threads_share_one_process(engine):
    made = []
    pages = [PAGE.format(f"第{number}封") for number in range(3)]
    threads = [threading.Thread(target=lambda page=page: made.append(engine.render(page))) for page in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert sorted(pdf_contents.text(one) for one in made) == ["第0封", "第1封", "第2封"]


def test_a_text_too_long_is_refused_before_any_work(engine):
    with pytest.raises(PdfFailed):
        engine.render("x" * (pdf.MOST_HTML + 1))
    assert engine.pid is None


def test_the_pdf_says_nothing_of_the_letter_in_its_properties():
    made = pdf.render(html(sheet()))
    reader = pypdf.PdfReader(io.BytesIO(made))

    assert reader.metadata == {"/Title": "反馈函", "/Producer": reader.metadata["/Producer"]}
    assert "WeasyPrint" in reader.metadata["/Producer"]
    assert reader.xmp_metadata is None


@pytest.mark.requirement("T27")
@pytest.mark.gate(seconds=20)
@pytest.mark.parametrize("name", HOSTILE if FULL else SMALL)
def test_a_hostile_document_ends_in_time_and_memory_and_the_next_letter_is_made(name, counted):
    seconds, end = (20 if FULL else 2), "made"
    pdf.start()
    started = time.monotonic()
    try:
        pdf.render(PAGE.format(HOSTILE[name]), seconds=seconds)
    except PdfFailed as failure:
        assert failure.message.endswith("重试。")
        end = "refused"
    took = time.monotonic() - started
    assert took < seconds + 5
    if pdf._engine._process and not pdf._engine._process.gone:
        peak = Path(f"/proc/{pdf._engine.pid}/status").read_text().split("VmHWM:")[1].split()[0]
        assert int(peak) * 1024 < 512 * MIB

    assert pdf_contents.text(pdf.render(PAGE.format("下一封"))) == "下一封"
    counted(f"{end} after {took:.1f} of {seconds} s, and the next letter was made")


def test_memory_does_not_grow_with_the_letters(engine):
    engine.letters_each = 1000
    page = html(sheet())

    def after(letters: int) -> int:
        for _ in range(letters):
            engine.render(page)
        # Without the pages of font files: the system takes those away and brings them back as it likes.
        return int(Path(f"/proc/{engine.pid}/status").read_text().split("RssAnon:")[1].split()[0])

    settled = after(8)
    started = time.monotonic()
    grown = after(8) - settled
    print(f"{8 / (time.monotonic() - started):.1f} letters a second, {grown / 8:.0f} KiB a letter")

    # The engine with new fonts for every letter grows by 7 MiB each.
    assert grown < 8 * 512


def test_a_text_counts_in_bytes_as_it_will_be_sent(engine, monkeypatch):
    monkeypatch.setattr(pdf, "MOST_HTML", 30)
    with pytest.raises(PdfFailed, match="内容过长"):
        engine.render("我" * 11)
    assert engine.pid is None


def test_a_failure_is_a_passing_trouble_with_a_remedy_and_no_word_of_the_letter():
    failure = PdfFailed("x")
    assert isinstance(failure, Unavailable) and failure.code == "pdf_failed"


def test_a_process_that_cannot_start_is_told_and_the_next_try_begins_anew(engine, monkeypatch):
    monkeypatch.setattr(pdf, "PROGRAM", Path("/nowhere/pdf_process.py"))
    with pytest.raises(PdfFailed, match="无法启动") as told:
        engine.render(PAGE.format("我"))
    assert "nowhere" in str(told.value.__cause__) and "nowhere" not in told.value.message
    monkeypatch.undo()
    assert engine.render(PAGE.format("我")).startswith(b"%PDF")


@pytest.mark.requirement("T27")
def test_a_letter_that_takes_too_long_is_ended_and_the_process_with_it(engine):
    engine.start()
    first = engine.pid
    with pytest.raises(PdfFailed, match="超出时间或内存限制"):
        engine.render(PAGE.format(HOSTILE["a million characters"]), seconds=0.2)
    assert engine.start() and engine.pid != first


def test_stopping_twice_and_stopping_what_never_ran_is_no_fault(engine):
    engine.stop()
    engine.stop()
    assert engine.pid is None


@pytest.mark.parametrize("own", ["", "own"])
def test_the_office_s_own_folder_of_fonts_comes_first(own, tmp_path, monkeypatch):
    fresh = Engine((), tmp_path)
    monkeypatch.setattr(pdf, "_engine", fresh)
    (tmp_path / "fonts").mkdir()
    pdf.configure(instance=tmp_path, own_fonts=str(tmp_path / own) if own else "")

    assert list(fresh.font_directories) == [*([tmp_path / "own"] if own else []), tmp_path / "fonts"]
    assert fresh.workshop == tmp_path / "fonts" / ".prepared"


def test_an_instance_without_fonts_uses_those_installed_with_the_program(tmp_path, monkeypatch):
    fresh = Engine((), tmp_path)
    monkeypatch.setattr(pdf, "_engine", fresh)
    pdf.configure(instance=tmp_path)

    assert list(fresh.font_directories) == [pdf.INSTALLED]
