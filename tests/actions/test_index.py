"""The search index holds what everybody who searches may find, and follows every change in the same step."""

from sqlalchemy import select, text

from tests.world import REPLY, World
from tracker.actions import letter_words
from tracker.extensions import db
from tracker.models import Letter, SearchText
from tracker.rules import folding


def indexed(world: World, reference: str) -> str | None:
    """The folded words kept of a case; None where nothing is."""
    with world.reading():
        case_id = world.case(reference).id
        found: str | None = db.session.scalar(select(SearchText.folded).where(SearchText.case_id == case_id))
        if db.engine.dialect.name == "sqlite":
            rows = text("SELECT count(*) FROM search_pairs WHERE rowid = :id")
            assert db.session.scalar(rows, {"id": case_id}) == (0 if found is None else 1)
        return found


def holds(world: World, reference: str, words: str) -> bool:
    return folding.fold(words) in (indexed(world, reference) or "")


def test_an_accusation_is_in_no_index_from_the_first_moment(either: World) -> None:
    assert indexed(either, either.raised(is_accusation=True)) is None


def test_what_turns_out_to_be_one_leaves_the_index_and_comes_back_with_its_words(either: World) -> None:
    reference = either.raised()
    assert holds(either, reference, "北门路灯")
    either.edited(reference, by="director", is_accusation=True)
    assert indexed(either, reference) is None
    either.edited(reference, by="director", is_accusation=False, summary="云林苑南门积水")
    assert holds(either, reference, "南门积水") and not holds(either, reference, "北门路灯连续半月不亮")


def test_number_story_answer_and_letter_are_found_by(huiyin: World) -> None:
    reference = huiyin.handled()
    for words in (reference, "北门路灯", "晚上老人散步", "电缆老化断电"):
        assert holds(huiyin, reference, words), words
    huiyin.letter(reference, "issued")
    with huiyin.reading():
        number = db.session.scalars(select(Letter.number)).one()
    assert number and holds(huiyin, reference, number)


def test_an_answer_is_found_by_as_soon_as_the_department_has_given_it(huiyin: World) -> None:
    reference = huiyin.coordinated()
    assert not holds(huiyin, reference, "电缆老化断电")
    share = huiyin.shares(reference)[0]
    huiyin.move_share(share, "reply", result_class="A", text=REPLY, contact_record="on_site")
    assert holds(huiyin, reference, "电缆老化断电")


def test_the_offices_own_result_is_found_by_once_the_case_is_handled(huiyin: World) -> None:
    reference = huiyin.quick()
    huiyin.move(reference, "handle")
    assert holds(huiyin, reference, "已电话告知办理渠道")


def test_nobody_is_found_by_name_phone_or_address(huiyin: World) -> None:
    reference = huiyin.fed_back()
    for words in ("欧阳桂兰", "13912342186", "12号楼3单元"):
        assert not holds(huiyin, reference, words), words


def test_a_letters_words_are_not_in_the_index(huiyin: World) -> None:
    reference = huiyin.handled()
    huiyin.letter(reference, "issued")
    with huiyin.reading():
        closing = letter_words.content(db.session.scalars(select(Letter)).one()).closing
    assert closing and not holds(huiyin, reference, closing)
