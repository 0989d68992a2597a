"""Coming in and going out: sessions that begin anew, end at once, and never lead elsewhere (T18, T21)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.web.browser import Browser, check_page
from tests.web.conftest import Visit
from tests.web.tricks import TRICKS
from tests.world import NOW, PASSWORD, World
from tracker.actions import people as acts
from tracker.extensions import clock, db
from tracker.incoming.people import PersonEdit, PostIn
from tracker.models import LoginSession, Person
from tracker.queries import people
from tracker.web.targets import inside


def live(browser: Browser, cookie: str) -> bool:
    """Whether this login cookie still opens a page."""
    stranger = Browser(browser.app)
    stranger.client.set_cookie("huiyin-login", cookie)
    return stranger.client.get("/account").status_code == 200


def test_the_right_password_opens_the_desk(visit: Visit) -> None:
    browser = visit()
    answer = browser.sign_in("clerk")
    assert (answer.status_code, answer.location) == (302, "/")
    assert "待我办理" in browser.get("/").text


def test_one_comes_back_to_the_page_one_wanted(visit: Visit) -> None:
    browser = visit()
    asked = browser.get("/cases?state=raised")
    assert asked.location == "/sign-in?next=/cases?state%3Draised"
    assert browser.sign_in("clerk", next="/cases?state=raised").location == "/cases?state=raised"


@pytest.mark.parametrize(
    ("login", "password"), [("xs-clerk", "wrong"), ("xs-nobody", PASSWORD), ("xs-clerk", ""), ("", "")]
)
def test_whatever_was_wrong_the_words_are_the_same(login: str, password: str, visit: Visit) -> None:
    browser = visit()
    answer = browser.post("/sign-in", login=login, password=password)
    assert answer.status_code == 422
    assert "登录名或密码不对" in answer.text
    assert not browser.cookie


@pytest.mark.requirement("T21")
@pytest.mark.parametrize("target", TRICKS)
def test_a_target_outside_the_house_is_dropped(target: str) -> None:
    assert inside(target) == "/"


@pytest.mark.parametrize("target", ["/cases", "/cases?state=raised&q=路灯", "/a/b#c", "/search?q=//x"])
def test_a_target_of_our_own_is_kept(target: str) -> None:
    assert inside(target) == target


@pytest.mark.requirement("T21")
def test_no_page_sends_the_browser_elsewhere(visit: Visit) -> None:
    browser = visit("clerk")
    token = browser.token("/account")
    for target in TRICKS:
        sent = {"csrf_token": token, "language": "zh", "next": target}
        answer = browser.client.post("/language", data=sent)
        assert answer.location == "/" or (answer.status_code == 400 and "\0" in target), target
    for target in TRICKS[:5]:
        assert visit().sign_in("clerk", next=target).location == "/", target


@pytest.mark.requirement("T21")
@pytest.mark.parametrize(
    "host", ["evil.test", "evil.test:8000", "localhost.evil.test", "127.0.0.1.evil.test"]
)
def test_another_name_in_the_host_header_is_refused(host: str, visit: Visit) -> None:
    assert visit().client.get("/sign-in", headers={"Host": host}).status_code == 400


@pytest.mark.requirement("T18")
def test_a_cookie_planted_before_signing_in_is_worth_nothing(visit: Visit) -> None:
    browser = visit()
    browser.client.set_cookie("huiyin-login", "planted-by-somebody")
    browser.sign_in("clerk")
    assert browser.cookie != "planted-by-somebody"
    assert not live(browser, "planted-by-somebody")


@pytest.mark.requirement("T18")
def test_signing_in_again_begins_a_new_session_and_ends_the_old_one(visit: Visit) -> None:
    browser = visit("clerk")
    first = browser.cookie
    browser.post("/sign-in", page="/", login="xs-clerk", password=PASSWORD)
    assert browser.cookie != first
    assert live(browser, browser.cookie)
    assert not live(browser, first)


@pytest.mark.requirement("T18", "T43")
def test_after_signing_out_the_old_cookie_opens_nothing(visit: Visit) -> None:
    browser = visit("clerk")
    cookie = browser.cookie
    answer = browser.post("/sign-out", page="/")
    assert "cookies" in answer.headers["Clear-Site-Data"]
    assert not browser.cookie
    assert not live(browser, cookie)


def _disable(person: Person) -> PersonEdit:
    return PersonEdit(is_active=False)


def _change_role(person: Person) -> PersonEdit:
    return PersonEdit(posts=[PostIn(role="leader", unit="office")])


@pytest.mark.requirement("T18", "T40")
@pytest.mark.parametrize("change", [_disable, _change_role])
def test_a_changed_account_has_to_sign_in_again(change: object, huiyin: World, visit: Visit) -> None:
    browser = visit("clerk")
    cookie = browser.cookie
    with huiyin.writing():
        person = people.by_login("xs-clerk")
        assert person is not None and callable(change)
        acts.edit(person, change(person), by=huiyin.actor("admin"))
    assert not live(browser, cookie)


@pytest.mark.requirement("T18")
def test_a_new_password_ends_every_other_session_and_renews_this_one(visit: Visit) -> None:
    one, other = visit("clerk"), visit("clerk")
    before = one.cookie
    answer = one.post(
        "/account/password",
        page="/account",
        old_password=PASSWORD,
        password="柳浪闻莺 1896",
        again="柳浪闻莺 1896",
    )
    assert answer.status_code == 302
    assert one.cookie != before
    assert live(one, one.cookie)
    assert not live(one, before)
    assert not live(other, other.cookie)


@pytest.mark.requirement("T18")
@pytest.mark.parametrize(("later", "alive"), [(timedelta(minutes=20), True), (timedelta(minutes=50), False)])
def test_silence_ends_a_session(later: timedelta, alive: bool, visit: Visit) -> None:
    with clock.at(NOW):
        browser = visit("clerk")
    with clock.at(NOW + later):
        assert (browser.client.get("/account").status_code == 200) is alive


@pytest.mark.requirement("T18")
def test_no_session_outlives_the_day(visit: Visit) -> None:
    with clock.at(NOW):
        browser = visit("clerk")
    for step in range(1, 30):
        with clock.at(NOW + timedelta(minutes=25 * step)):
            status = browser.client.get("/account").status_code
    assert status == 302


def test_the_database_holds_no_token(huiyin: World, visit: Visit) -> None:
    browser = visit("clerk")
    with huiyin.writing():
        rows = db.session.scalars(select(LoginSession)).all()
        assert rows and all(browser.cookie.encode() not in row.token_hash for row in rows)


@pytest.mark.requirement("T20")
@pytest.mark.parametrize(
    "path", ["/sign-in", "/sign-out", "/language", "/account/password", "/notices/all", "/cases/bulk"]
)
def test_a_form_without_our_token_is_refused(path: str, visit: Visit) -> None:
    browser = visit("clerk")
    answer = browser.client.post(path, data={"login": "xs-clerk", "password": PASSWORD, "language": "en"})
    assert answer.status_code == 400
    assert live(browser, browser.cookie)


@pytest.mark.requirement("T20")
def test_a_form_from_another_site_is_refused(visit: Visit) -> None:
    browser = visit("clerk")
    token = browser.token("/")
    for headers in ({"Origin": "https://evil.test"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = browser.client.post("/notices/all", data={"csrf_token": token}, headers=headers)
        assert answer.status_code == 400


def test_guessing_passwords_is_slowed_down(visit: Visit) -> None:
    browser = visit()
    statuses = [browser.sign_in("clerk", password="wrong").status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]


def test_whoever_knows_the_password_may_come_in_as_often_as_they_like(visit: Visit) -> None:
    """A phone, a tablet and a desk behind one address, several times a morning."""
    assert [visit().sign_in("clerk").status_code for _ in range(12)] == [302] * 12
    browser = visit()
    guesses = [browser.sign_in("clerk", password="wrong").status_code for _ in range(11)]
    assert guesses == [422] * 10 + [429]


# --- invitations


def invited(huiyin: World, login: str = "clerk") -> str:
    with huiyin.writing(clock()):
        person = people.by_login(f"xs-{login}")
        assert person is not None
        return acts.invite(person, by=huiyin.actor("admin"))


def test_an_invitation_sets_a_password_once(huiyin: World, visit: Visit) -> None:
    token = invited(huiyin)
    browser = visit()
    assert browser.get(f"/invitation/{token}").status_code == 200
    sent = {"token": token, "password": "柳浪闻莺 1896", "again": "柳浪闻莺 1896"}
    assert browser.post("/invitation", **sent).location == "/"
    assert live(browser, browser.cookie)
    assert visit().post("/invitation", **sent).status_code == 404
    assert visit().sign_in("clerk", password="柳浪闻莺 1896").status_code == 302


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("短", "短", "至少"),
        ("password", "password", "太常见"),
        ("柳浪闻莺 1896", "别的", "两次输入的密码不一样"),
    ],
)
def test_a_poor_password_does_not_use_the_invitation_up(
    password: str, again: str, words: str, huiyin: World, visit: Visit
) -> None:
    token = invited(huiyin)
    answer = visit().post("/invitation", token=token, password=password, again=again)
    assert answer.status_code == 422
    assert words in answer.text
    good = {"token": token, "password": "柳浪闻莺 1896", "again": "柳浪闻莺 1896"}
    assert visit().post("/invitation", **good).status_code == 302


@pytest.mark.parametrize("days, status", [(6, 302), (8, 404)])
def test_an_invitation_is_good_for_a_week(days: int, status: int, huiyin: World, visit: Visit) -> None:
    sent = {"password": "柳浪闻莺 1896", "again": "柳浪闻莺 1896"}
    with clock.at(NOW):
        token = invited(huiyin)
    with clock.at(NOW + timedelta(days=days)):
        assert visit().post("/invitation", token=token, **sent).status_code == status


@pytest.mark.parametrize("token", ["", "x", "a" * 500, "../sign-in", "%00"])
def test_a_made_up_invitation_is_told_like_a_spent_one(token: str, visit: Visit) -> None:
    sent = {"token": token, "password": "柳浪闻莺 1896", "again": "柳浪闻莺 1896"}
    answer = visit().post("/invitation", **sent)
    assert answer.status_code == 404 and "请管理员重新发一个" in answer.text
    check_page(answer)


@pytest.mark.requirement("T18")
def test_setting_a_password_by_invitation_ends_what_was_open(huiyin: World, visit: Visit) -> None:
    before = visit("clerk")
    token = invited(huiyin)
    sent = {"token": token, "password": "柳浪闻莺 1896", "again": "柳浪闻莺 1896"}
    assert visit().post("/invitation", **sent).status_code == 302
    assert not live(before, before.cookie)


def test_an_invitation_opened_in_somebody_s_browser_takes_over_the_session(
    huiyin: World, visit: Visit
) -> None:
    browser = visit("director")
    before = browser.cookie
    sent = {"token": invited(huiyin), "password": "柳浪闻莺 1896", "again": "柳浪闻莺 1896"}
    browser.post("/invitation", page="/account", **sent)
    assert "周文博" in browser.get("/account").text
    assert not live(browser, before)


def test_an_invitation_does_not_let_in_whom_was_stopped_since(huiyin: World, visit: Visit) -> None:
    token = invited(huiyin)
    with huiyin.writing():
        person = people.by_login("xs-clerk")
        assert person is not None
        acts.edit(person, PersonEdit(is_active=False), by=huiyin.actor("admin"))
    browser = visit()
    browser.post("/invitation", token=token, password="柳浪闻莺 1896", again="柳浪闻莺 1896")
    assert browser.client.get("/account").status_code != 200


# --- the form


def test_who_is_in_already_is_not_asked_again(visit: Visit) -> None:
    browser = visit("clerk")
    assert browser.get("/sign-in").location == "/"
    assert browser.get("/sign-in?next=/cases").location == "/cases"
    assert browser.get("/sign-in?next=//evil.test").location == "/"


def test_the_login_that_was_typed_stays_and_the_password_does_not(visit: Visit) -> None:
    answer = visit().post("/sign-in", login="xs-clerk", password="mistyped-one", next="/cases")
    assert 'value="xs-clerk"' in answer.text and "mistyped-one" not in answer.text
    assert 'name="next" value="/cases"' in answer.text
    check_page(answer)


@pytest.mark.requirement("T22")
def test_markup_in_the_login_is_words(visit: Visit) -> None:
    answer = visit().post("/sign-in", login='"><script>alert(1)</script>', password="x")
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(("demo", "told"), [(True, True), (False, False)])
def test_only_the_demo_says_where_its_passwords_lie(demo: bool, told: bool, visit: Visit) -> None:
    browser = visit()
    browser.app.config["HUIYIN_DEMO"] = demo
    assert ("demo-accounts.csv" in browser.get("/sign-in").text) is told


def test_who_was_stopped_is_refused_in_the_same_words(huiyin: World, visit: Visit) -> None:
    with huiyin.writing():
        person = people.by_login("xs-clerk2")
        assert person is not None
        person.is_active = False
    answer = visit().sign_in("clerk2")
    assert answer.status_code == 422 and "登录名或密码不对" in answer.text


def test_who_has_no_password_yet_is_refused_in_the_same_words(huiyin: World, visit: Visit) -> None:
    with huiyin.writing():
        person = people.by_login("xs-clerk2")
        assert person is not None
        person.password_hash = None
    answer = visit().sign_in("clerk2", password="")
    assert answer.status_code == 422 and "登录名或密码不对" in answer.text


@pytest.mark.requirement("T18")
def test_the_cookie_of_a_session_is_for_this_site_s_pages_alone(visit: Visit) -> None:
    answer = visit().sign_in("clerk")
    cookie = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith("huiyin-login="))
    assert "HttpOnly" in cookie and "SameSite=" in cookie and "Path=/" in cookie and "Domain" not in cookie


@pytest.mark.parametrize("cookie", ["", "x", "a" * 4000, "é", "%00"])
def test_an_odd_cookie_is_nobody_s(cookie: str, visit: Visit) -> None:
    browser = visit()
    browser.client.set_cookie("huiyin-login", cookie)
    assert browser.client.get("/account").status_code == 302


def test_signing_out_needs_a_session(visit: Visit) -> None:
    assert visit().post("/sign-out").status_code in (302, 401)
