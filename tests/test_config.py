"""Settings: what a start reads, what it derives, and the sentence with which it refuses."""

from pathlib import Path

import pytest

from tests.conftest import KEYS
from tracker import config, create_app
from tracker.config import ROOT
from tracker.errors import CannotStart


def loaded(instance: Path, **more: str) -> dict[str, object]:
    return config.load(KEYS | {"HUIYIN_INSTANCE": str(instance)} | more)


def refusal(instance: Path, **more: str) -> str:
    with pytest.raises(CannotStart) as refused:
        loaded(instance, **more)
    return refused.value.message


@pytest.mark.parametrize("name", sorted(KEYS))
def test_a_missing_key_stops_the_start_and_names_the_remedy(tmp_path: Path, name: str) -> None:
    said = refusal(tmp_path, **{name: ""})
    assert said.startswith(f"{name} is not set") and "make run" in said


@pytest.mark.parametrize(
    ("name", "file"),
    [("SECRET_KEY", "secret_key"), ("HUIYIN_DATA_KEY", "data_key"), ("HUIYIN_EVENT_KEY", "event_key")],
)
def test_a_key_may_lie_in_the_instance_folder(tmp_path: Path, name: str, file: str) -> None:
    (tmp_path / file).write_text("from the file\n", "utf-8")
    assert loaded(tmp_path, **{name: ""})[name] == "from the file"


def test_the_environment_stands_above_a_key_file(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("from the file", "utf-8")
    assert loaded(tmp_path)["SECRET_KEY"] == KEYS["SECRET_KEY"]


def test_the_data_key_may_lie_elsewhere_and_the_other_keys_stay(tmp_path: Path) -> None:
    (tmp_path / "data_key").write_text("beside the database", "utf-8")
    (tmp_path / "event_key").write_text("events", "utf-8")
    (tmp_path / "far").write_text("k2:elsewhere", "utf-8")
    given = {"HUIYIN_DATA_KEY": "", "HUIYIN_EVENT_KEY": "", "HUIYIN_DATA_KEY_FILE": str(tmp_path / "far")}
    found = loaded(tmp_path, **given)
    assert (found["HUIYIN_DATA_KEY"], found["HUIYIN_EVENT_KEY"]) == ("k2:elsewhere", "events")


def test_a_data_key_file_that_is_not_there_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "data_key").write_text("beside the database", "utf-8")
    said = refusal(tmp_path, HUIYIN_DATA_KEY="", HUIYIN_DATA_KEY_FILE=str(tmp_path / "far"))
    assert "HUIYIN_DATA_KEY is not set" in said


def test_an_empty_key_file_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "event_key").write_text("\n", "utf-8")
    assert "HUIYIN_EVENT_KEY" in refusal(tmp_path, HUIYIN_EVENT_KEY="")


@pytest.mark.parametrize("given", ["nonsense", "k1:####", "k1:AAAA", "k1:", ","])
def test_a_data_key_that_is_none_stops_the_start_with_a_sentence(tmp_path: Path, given: str) -> None:
    settings = KEYS | {"HUIYIN_INSTANCE": str(tmp_path), "HUIYIN_DATA_KEY": given}
    with pytest.raises(CannotStart, match="HUIYIN_DATA_KEY cannot be read"):
        create_app(settings)


@pytest.mark.requirement("T09")
def test_the_sentence_about_a_bad_key_does_not_show_it(tmp_path: Path) -> None:
    material = "c2VjcmV0LXNlY3JldA=="
    with pytest.raises(CannotStart) as refused:
        create_app(KEYS | {"HUIYIN_INSTANCE": str(tmp_path), "HUIYIN_DATA_KEY": f"k1:{material}"})
    assert material not in refused.value.message and refused.value.__suppress_context__


# --- numbers and flags


@pytest.mark.parametrize("name", ["HUIYIN_SESSION_HOURS", "HUIYIN_SESSION_IDLE_MINUTES"])
@pytest.mark.parametrize("text", ["half", "1.5", "0", "-3", " "])
def test_a_length_that_is_none_is_refused_by_name(tmp_path: Path, name: str, text: str) -> None:
    said = refusal(tmp_path, **{name: text})
    assert name in said and "whole number" in said


@pytest.mark.parametrize(("text", "minutes"), [("", 30), ("1", 1), (" 45 ", 45)])
def test_a_length_is_read_or_has_its_default(tmp_path: Path, text: str, minutes: int) -> None:
    assert loaded(tmp_path, HUIYIN_SESSION_IDLE_MINUTES=text)["HUIYIN_SESSION_IDLE_MINUTES"] == minutes


@pytest.mark.parametrize(
    ("text", "on"),
    [("1", True), ("TRUE", True), (" yes ", True), ("On", True), ("0", False), ("no", False), ("", False)],
)
def test_a_switch_is_on_only_when_it_says_so(tmp_path: Path, text: str, on: bool) -> None:
    assert loaded(tmp_path, HUIYIN_DEMO=text)["HUIYIN_DEMO"] is on


def test_a_broker_without_its_code_is_refused_instead_of_ignored(tmp_path: Path) -> None:
    assert "HUIYIN_BROKER_URL" in refusal(tmp_path, HUIYIN_BROKER_URL="redis://localhost")


# --- the address, and what hangs on it


@pytest.mark.requirement("T18")
@pytest.mark.parametrize(
    "address", ["http://huiyin.example", "http://10.0.0.5:8000", "http://localhost.evil.test"]
)
def test_plain_http_on_a_public_address_is_refused(tmp_path: Path, address: str) -> None:
    assert "HUIYIN_TLS_PROXY" in refusal(tmp_path, HUIYIN_BASE_URL=address)
    assert loaded(tmp_path, HUIYIN_BASE_URL=address, HUIYIN_TLS_PROXY="1")["SESSION_COOKIE_SECURE"]


@pytest.mark.parametrize("address", ["huiyin.example", "https://", "ftp://localhost", "http://[::1", "//x"])
def test_an_address_that_is_none_is_refused(tmp_path: Path, address: str) -> None:
    assert "whole address" in refusal(tmp_path, HUIYIN_BASE_URL=address)


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:9000"])
def test_on_this_machine_alone_plain_http_will_do(tmp_path: Path, address: str) -> None:
    found = loaded(tmp_path, HUIYIN_BASE_URL=address)
    assert not found["SESSION_COOKIE_SECURE"] and found["LOGIN_COOKIE_NAME"] == "huiyin-login"


@pytest.mark.requirement("T18")
@pytest.mark.parametrize(
    "more",
    [
        {"HUIYIN_BASE_URL": "https://huiyin.example"},
        {"HUIYIN_BASE_URL": "http://huiyin.example", "HUIYIN_TLS_PROXY": "1"},
    ],
)
def test_behind_tls_the_cookies_belong_to_this_host_alone(tmp_path: Path, more: dict[str, str]) -> None:
    found = loaded(tmp_path, **more)
    assert found["SESSION_COOKIE_SECURE"] is True
    assert (found["SESSION_COOKIE_NAME"], found["LOGIN_COOKIE_NAME"]) == (
        "__Host-huiyin",
        "__Host-huiyin-login",
    )


def test_no_script_reads_the_signed_cookie_and_no_other_site_sends_it(tmp_path: Path) -> None:
    found = loaded(tmp_path)
    assert found["SESSION_COOKIE_HTTPONLY"] is True and found["SESSION_COOKIE_SAMESITE"] == "Lax"


# --- where the data lies


def test_without_an_address_the_data_lie_in_the_instance_folder(tmp_path: Path) -> None:
    assert loaded(tmp_path)["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{tmp_path / 'huiyin.db'}"


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:////var/lib/huiyin.db", "sqlite:////var/lib/huiyin.db"),
        ("sqlite:///data/huiyin.db", f"sqlite:///{ROOT / 'data/huiyin.db'}"),
        ("postgresql://me:secret@db/huiyin", "postgresql+psycopg://me:secret@db/huiyin"),
        ("postgres://db/huiyin", "postgresql+psycopg://db/huiyin"),
        ("postgresql+psycopg://db/huiyin", "postgresql+psycopg://db/huiyin"),
    ],
)
def test_an_address_of_a_database_is_understood(tmp_path: Path, given: str, used: str) -> None:
    assert loaded(tmp_path, DATABASE_URL=given)["SQLALCHEMY_DATABASE_URI"] == used


@pytest.mark.parametrize("given", ["mysql://db/huiyin", "huiyin.db", "sqlite:/x", "/var/huiyin.db"])
def test_another_kind_of_database_is_refused_without_its_password(tmp_path: Path, given: str) -> None:
    said = refusal(tmp_path, DATABASE_URL=given)
    assert said == "DATABASE_URL must begin with sqlite:/// or postgresql://."


def test_a_folder_of_its_own_is_made_at_the_start(tmp_path: Path) -> None:
    create_app(KEYS | {"HUIYIN_INSTANCE": str(tmp_path / "new" / "home")})
    assert (tmp_path / "new" / "home").is_dir()


def test_a_relative_folder_is_one_of_the_project(tmp_path: Path) -> None:
    assert config.load(KEYS | {"HUIYIN_INSTANCE": "some/where"})["HUIYIN_INSTANCE"] == str(
        ROOT / "some/where"
    )


def test_what_is_given_past_the_settings_is_not_taken_over(tmp_path: Path) -> None:
    found = loaded(tmp_path, MAX_CONTENT_LENGTH="1", WTF_CSRF_ENABLED="0", DEBUG="1")
    assert found["MAX_CONTENT_LENGTH"] == 12 * 1024 * 1024
    assert "WTF_CSRF_ENABLED" not in found and "DEBUG" not in found
