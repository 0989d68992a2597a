"""Which font file plays which part in a document, and what fontconfig has to be told.

The office's own 仿宋_GB2312, 楷体_GB2312 and 小标宋 come first when they are installed; they are not free
to ship, so the Fandol fonts stand in for them, and a Noto font supplies the characters those lack.
"""

import os
import re
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from xml.sax.saxutils import escape

from fontTools.ttLib import TTCollection, TTFont

SUFFIXES = (".otf", ".ttf", ".ttc")

# Part → file stems, the proper font first, then its stand-ins.
PARTS: Mapping[str, tuple[str, ...]] = {
    "fang": ("仿宋_GB2312", "FangSong_GB2312", "simfang", "FandolFang-Regular"),
    "kai": ("楷体_GB2312", "KaiTi_GB2312", "simkai", "FandolKai-Regular"),
    "hei": ("simhei", "FandolHei-Regular"),
    "song": ("simsun", "FandolSong-Regular"),
    "mark": ("方正小标宋简体", "FZXBSJW", "FZXBSK", "FandolSong-Bold", "NotoSerifCJK-Bold"),
}
# Names, the same in every language.
WORDS = {"fang": "仿宋", "kai": "楷体", "hei": "黑体", "song": "宋体", "mark": "小标宋"}
SERIF = ("NotoSerifCJK-Regular", "NotoSerifCJKsc-Regular", "NotoSerifSC-Regular", "NotoSerifSC", "NotoSansSC")
SANS = ("NotoSansCJK-Regular", "NotoSansCJKsc-Regular", "NotoSansSC-Regular", "NotoSansSC")
FALLBACK = {"fang": SERIF, "kai": SERIF, "song": SERIF, "mark": SERIF, "hei": SANS}

# PostScript names GB/T 9704 asks for by practice; every other font is a substitute and is reported as one.
PROPER = frozenset(
    {"FangSong_GB2312", "FangSong", "KaiTi_GB2312", "KaiTi", "SimHei", "SimSun", "FZXBSJW--GB1-0"}
)
ALIAS = "HY-"


@dataclass(frozen=True)
class FontSet:
    """The prepared fonts of one machine: what the PDF process is started with."""

    config: Path
    css: str
    families: Mapping[str, tuple[str, ...]]

    @property
    def missing(self) -> list[str]:
        """Parts without any font: Chinese text would come out as boxes."""
        return [part for part, families in self.families.items() if not families]

    @property
    def substitutes(self) -> dict[str, str]:
        """Part → PostScript name of the stand-in used for it."""
        first = {part: families[0] for part, families in self.families.items() if families}
        names = {part: family.removeprefix(ALIAS) for part, family in first.items()}
        return {part: name for part, name in names.items() if name not in PROPER}


def missing(directories: Iterable[Path]) -> list[str]:
    """Parts for which neither the proper font nor its stand-in is there, so that another face is printed."""
    files = _files([*directories, *_system_directories()])
    return [part for part, stems in PARTS.items() if _first(files, stems) is None]


def prepare(directories: Iterable[Path], workshop: Path) -> FontSet:
    """Find the fonts, lay them out in ``workshop`` and write the fontconfig file that knows only them."""
    workshop = workshop.resolve()
    workshop.mkdir(parents=True, exist_ok=True)
    files = _files([*directories, *_system_directories()])
    body = _first(files, PARTS["fang"])
    placed: dict[Path, str] = {}
    families = {}
    for part, stems in PARTS.items():
        chosen = [path for path in (_first(files, stems), _first(files, FALLBACK[part])) if path]
        families[part] = tuple(_place(path, workshop, placed, body) for path in chosen)
    config = workshop / "fonts.conf"
    _replace(config, _config(workshop, placed).encode())
    return FontSet(config, _css(families), families)


def _system_directories() -> list[Path]:
    packages = Path(sysconfig.get_paths()["purelib"])
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path.home() / ".local/share/fonts",
        packages / "pylopdf_fonts_zh_cn",
    ]


def _files(directories: Iterable[Path]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for directory in directories:
        for path in _walk(directory):
            found.setdefault(path.stem.lower(), path)
    return found


def _walk(directory: Path) -> Iterator[Path]:
    for folder, inside, names in os.walk(directory):
        inside[:] = sorted(name for name in inside if not name.startswith("."))
        yield from (Path(folder) / name for name in sorted(names) if name.lower().endswith(SUFFIXES))


def _first(files: Mapping[str, Path], stems: Iterable[str]) -> Path | None:
    return next((files[stem.lower()] for stem in stems if stem.lower() in files), None)


def _place(source: Path, workshop: Path, placed: dict[Path, str], body: Path | None) -> str:
    """Put one font into the workshop and return the family name it is known by in our documents."""
    if source.stem.startswith("Noto"):
        target = _fitted(source, workshop, body)
    else:
        target = workshop / f"{_stamp(source)}{source.suffix.lower()}"
        _link(source, target)
    if target not in placed:
        with TTFont(target, fontNumber=0, lazy=True) as font:
            name = font["name"].getDebugName(6) or "font"
        placed[target] = ALIAS + re.sub(r"[^\w-]", "", name, flags=re.ASCII)
    return placed[target]


def _link(source: Path, target: Path) -> None:
    if not target.is_symlink():
        beside = target.with_name(f"{target.name}.{os.getpid()}")
        beside.symlink_to(source.resolve())
        beside.replace(target)


def _fitted(source: Path, workshop: Path, body: Path | None) -> Path:
    """The Simplified face alone, with the body font's ascent, descent and baselines.

    A line in which one character comes from a font of other measures would otherwise be taller than its
    28.99 pt and push the page off the grid.
    """
    target = workshop / f"{_stamp(source, *([body] if body else []))}.otf"
    if not target.exists():
        number = _simplified_face(source) if source.suffix.lower() == ".ttc" else -1
        with TTFont(source, fontNumber=number, lazy=True, recalcBBoxes=False, recalcTimestamp=False) as font:
            if body:
                _fit(font, body)
            # fontconfig never sees the unfinished file: its name has no suffix of a font.
            beside = target.with_name(f"{target.stem}.{os.getpid()}")
            font.save(beside)
            beside.replace(target)
    return target


def _simplified_face(source: Path) -> int:
    with TTCollection(source, lazy=True) as faces:
        names = [face["name"].getDebugName(6) or "" for face in faces]
    return next((index for index, name in enumerate(names) if "SC-" in name.upper()), 0)


def _fit(font: TTFont, body: Path) -> None:
    horizontal, typographic = font["hhea"], font["OS/2"]
    with TTFont(body, fontNumber=0, lazy=True) as model:
        scale = font["head"].unitsPerEm / model["head"].unitsPerEm
        up, down = round(model["hhea"].ascent * scale), round(model["hhea"].descent * scale)
        if "BASE" in font:
            del font["BASE"]
        if "BASE" in model and scale == 1:
            font["BASE"] = model["BASE"]
            font["BASE"].ensureDecompiled(recurse=True)
    horizontal.ascent, horizontal.descent, horizontal.lineGap = up, down, 0
    typographic.sTypoAscender, typographic.sTypoDescender, typographic.sTypoLineGap = up, down, 0


def _stamp(*files: Path) -> str:
    """A file name that changes when the font does, so that what was prepared is never stale."""
    words = []
    for path in files:
        about = path.stat()
        words += [str(path.resolve()), str(about.st_size), str(about.st_mtime_ns)]
    return sha256("\0".join(words).encode()).hexdigest()[:16]


def _config(workshop: Path, placed: Mapping[Path, str]) -> str:
    rules = "".join(
        f'<match target="scan"><test name="file"><string>{escape(str(path))}</string></test>'
        f'<edit name="family" mode="prepend"><string>{escape(alias)}</string></edit></match>'
        for path, alias in sorted(placed.items())
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        f"<dir>{escape(str(workshop))}</dir><cachedir>{escape(str(workshop / 'cache'))}</cachedir>"
        f"{rules}</fontconfig>"
    )


def _css(families: Mapping[str, tuple[str, ...]]) -> str:
    lists = {part: ", ".join(map(repr, names)) or "serif" for part, names in families.items()}
    return ":root { " + " ".join(f"--{part}: {names};" for part, names in lists.items()) + " }\n"


def _replace(target: Path, content: bytes) -> None:
    beside = target.with_name(f"{target.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(target)
