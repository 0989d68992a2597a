"""Filled forms through the interface: upload, look, correct, confirm."""

import io
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests.api.caller import Caller, Calls
from tests.api.test_fuzz import ODD
from tests.forms_world import MINE, OTHER, annex1, drained
from tests.incoming.forms import specimens
from tests.incoming.forms.writing import csv_bytes
from tracker.extensions import db
from tracker.incoming.form_imports import MOST_FILES, MOST_REQUEST
from tracker.models import FormImport, Visit


def upload(caller: Caller, *files: tuple[str, bytes], key: str = "", **about: Any) -> TestResponse:
    data = about | {"file": [FileStorage(io.BytesIO(content), name) for name, content in files]}
    boundary, body = encode_multipart(data)
    headers = {"Idempotency-Key": key} if key else {}
    content_type = f"multipart/form-data; boundary={boundary}"
    return caller.raw("POST", "/imports/forms", data=body, headers=headers, content_type=content_type)


def read(api: Calls, *files: tuple[str, bytes], by: str = "clerk") -> str:
    answer = upload(api.by(by), *files)
    assert answer.status_code == 202, answer.text
    drained(api.world)
    return str(answer.get_json()["id"])


def test_an_upload_is_read_looked_at_and_confirmed(either_api: Calls) -> None:
    api, clerk = either_api, either_api.by("clerk")
    answer = upload(clerk, ("登记表.docx", annex1()), ("b.docx", annex1(contact="毛桂芳", visited_on="")))
    queued = answer.get_json()
    assert (answer.status_code, queued["status"]) == (202, "queued")
    assert answer.headers["Location"].endswith(queued["id"])
    drained(api.world)
    found = clerk.get(f"/imports/{queued['id']}")
    assert found["status"] == "ready"
    assert [(file["name"], file["kind"]) for file in found["files"]] == [
        ("登记表.docx", "annex1"),
        ("b.docx", "annex1"),
    ]
    first, second = (file["forms"][0] for file in found["files"])
    assert first["fields"]["visitors"] == [MINE] and first["fields"]["visited_on"] == "2026-11-20"
    assert len(first["fields"]["help_needed"]) == 2 and first["fields"]["coordination_needed"] == []
    assert all(0 <= sure <= 1 for sure in first["confidence"].values())
    assert "visited_on" in {problem["field"] for problem in second["problems"]}

    path = f"/imports/{queued['id']}/confirm"
    refused = clerk.post(path, {}, 422)
    assert [error["field"] for error in refused["errors"]] == [f"{second['id']}.visited_on"]
    second["fields"]["visited_on"] = "2026-11-19"
    done = clerk.post(path, {"forms": [first, second]})
    assert (done["status"], done["counts"]["visits"], done["counts"]["cases"]) == ("confirmed", 2, 4)
    visits = [form["visit"] for file in done["files"] for form in file["forms"]]
    assert [clerk.get(f"/visits/{visit}")["visited_on"] for visit in visits] == ["2026-11-20", "2026-11-19"]
    assert clerk.post(path, {}, 409)["status"] == 409


def test_what_is_known_is_told_and_not_stored_again(api: Calls) -> None:
    clerk = api.by("clerk")
    for known, made in ((None, 1), ("visit", 0)):
        public_id = read(api, ("a.docx", annex1()))
        (file,) = clerk.get(f"/imports/{public_id}")["files"]
        assert bool(file["forms"][0]["duplicate_of"]) == bool(known)
        assert clerk.post(f"/imports/{public_id}/confirm", {})["counts"]["visits"] == made


def test_corrections_may_name_the_form_or_come_in_order(api: Calls) -> None:
    clerk = api.by("clerk")
    public_id = read(api, ("a.docx", annex1(visitors="查无此人")))
    form = clerk.get(f"/imports/{public_id}")["files"][0]["forms"][0]
    path = f"/imports/{public_id}/confirm"
    for wrong in (
        {"forms": [{"fields": {"visitors": OTHER}}]},
        {"forms": [{"fields": {"nonsense": 1}}]},
        {"forms": [{"id": "nobody", "fields": {}}]},
        {"forms": [{}, {}]},
        {"forms": [{"surprise": 1}]},
        {"circle": "square"},
        {"area": "nowhere"},
    ):
        assert clerk.raw("POST", path, json=wrong).status_code == 422, wrong
    done = clerk.post(path, {"forms": [{"id": form["id"], "fields": {"visitors": [OTHER]}}]})
    assert done["files"][0]["forms"][0]["outcome"] == "stored"


@pytest.mark.parametrize(
    "who, status", [("member", 404), ("member2", 200), ("clerk", 200), ("director", 404)]
)
def test_who_sees_an_upload(api: Calls, who: str, status: int) -> None:
    public_id = read(api, ("a.docx", annex1(visitors=OTHER)), by="member2")
    assert api.by(who).raw("GET", f"/imports/{public_id}").status_code == status


def test_who_may_upload_at_all(api: Calls) -> None:
    for who in ("director", "leader", "dept", "auditor"):
        assert upload(api.by(who), ("a.docx", b"x")).status_code == 403
    assert upload(api.nobody(), ("a.docx", b"x")).status_code == 401


def test_what_is_no_upload_is_refused(api: Calls) -> None:
    clerk = api.by("clerk")
    assert clerk.raw("POST", "/imports/forms", json={}).status_code == 415
    assert upload(clerk).status_code == 422
    assert upload(clerk, ("a.docx", b"x"), campaign="nobody").status_code == 422
    assert upload(clerk, ("a.docx", b"x"), year="soon").status_code == 422
    assert upload(clerk, ("a.docx", b"x"), surprise="1").status_code == 422
    assert upload(clerk, *[("a.docx", b"x")] * (MOST_FILES + 1)).status_code == 422
    with api.world.reading():
        assert db.session.scalar(select(func.count(FormImport.id))) == 0


@pytest.mark.requirement("T28")
def test_a_drawer_of_forms_may_be_large_here_and_nowhere_else(api: Calls) -> None:
    clerk, large = api.by("clerk"), b"\0" * (13 << 20)
    assert upload(clerk, ("a.csv", large)).status_code == 202
    assert upload(clerk, *[("a.csv", large)] * 5).status_code == 413
    assert upload(clerk, ("a.csv", b"\0" * MOST_REQUEST)).status_code == 413
    boundary, body = encode_multipart({"client_id": "1", "file": FileStorage(io.BytesIO(large), "a.jpg")})
    content_type = f"multipart/form-data; boundary={boundary}"
    refused = api.by("member").raw("POST", "/photos", data=body, content_type=content_type)
    assert refused.status_code == 413


def test_the_same_key_with_another_file_is_another_content(api: Calls) -> None:
    clerk = api.by("clerk")
    first = upload(clerk, ("a.docx", annex1()), key="k1").get_json()
    assert upload(clerk, ("a.docx", annex1(contact="毛桂芳")), key="k1").status_code == 422
    form = annex1()
    again = [upload(clerk, ("a.docx", form), key="k2").get_json()["id"] for _ in range(2)]
    assert again[0] == again[1] != first["id"]


def test_forms_in_all_their_variety_come_through(api: Calls) -> None:
    desk = specimens.Desk()
    made = [specimens.official_sheet(desk), specimens.register_book(desk), specimens.results_sheet(desk)]
    public_id = read(api, *[(one.name, one.content) for one in made])
    found = api.by("clerk").get(f"/imports/{public_id}")
    assert [file["kind"] for file in found["files"]] == ["annex1", "register", "annex2"]
    for one, file in zip(made, found["files"], strict=True):
        for (_, truth), form in zip(one.truth, file["forms"], strict=True):
            assert form["fields"] | truth == form["fields"]
    with api.world.reading():
        assert db.session.scalar(select(func.count(Visit.id))) == 0


@pytest.mark.requirement("R14")
def test_odd_corrections_are_refused_and_never_a_failure(api: Calls) -> None:
    rows: list[list[Any]] = [["姓名", "单位", "角色"], ["郑晓燕", "查无此单位", "委员"]]
    files = {
        "clerk": ("a.docx", annex1(visitors="查无此人")),
        "admin": ("名册.csv", csv_bytes(rows, "utf-8")),
    }
    for who, file in files.items():
        public_id = read(api, file, by=who)
        form = api.by(who).get(f"/imports/{public_id}")["files"][0]["forms"][0]
        path = f"/imports/{public_id}/confirm"
        for odd in ODD:
            for name in form["fields"]:
                # A name or a unit that nobody has keeps the form from being stored, whatever else is odd.
                fix = {"forms": [{"fields": {name: odd}}]}
                assert api.by(who).raw("POST", path, json=fix).status_code == 422, (who, name, odd)
            for name in ("cases", "id", "fields"):
                assert api.by(who).raw("POST", path, json={"forms": [{name: odd}]}).status_code == 422
