"""What a killed run left behind is swept away, whoever has its server's process number by now."""

import os
import tempfile
from pathlib import Path

import pytest

from tests import postgres

ENDED = 2**22 + 1  # above the largest process number Linux gives


@pytest.mark.parametrize("number", [ENDED, os.getpid()], ids=["nobody's", "somebody else's"])
def test_a_folder_without_its_server_is_removed(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "PARENT", tmp_path)
    data = tmp_path / f"{postgres.PREFIX}{ENDED}-left" / "data"
    data.mkdir(parents=True)
    (data / "postmaster.pid").write_text(f"{number}\n{data}\n")
    postgres._sweep()
    assert list(tmp_path.iterdir()) == []


def test_a_server_still_at_work_is_stopped_with_its_folder() -> None:
    home = Path(tempfile.mkdtemp(prefix=f"{postgres.PREFIX}{ENDED}-", dir=postgres.PARENT))
    postgres._create_cluster(home)
    process = int((home / "data" / "postmaster.pid").read_text().split()[0])
    assert postgres._is_served(home / "data")
    postgres._sweep()
    assert not home.exists()
    # Ended, though perhaps nobody has collected it yet: such a process works in no folder.
    assert not Path(f"/proc/{process}/cwd").exists()
