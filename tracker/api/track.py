"""Calls by tracking code: no account, and one answer to every wrong code."""

from flask import Response, current_app, make_response

from tracker.actions import codes, ratings
from tracker.api.answers.track import TrackAnswer, track_answer
from tracker.api.calls import Sent, call
from tracker.api.letters import frozen, pdf_response
from tracker.door import keep_refused, limits
from tracker.errors import Forbidden, NotFound
from tracker.incoming.cases import RatingIn
from tracker.incoming.track import CodeIn, LetterByCodeIn, RatingByCodeIn
from tracker.models import TrackingCode
from tracker.queries import track as looked_up
from tracker.rules.words import N_


@call("POST", "/track", N_("凭查询码看进展"), takes=CodeIn, gives=TrackAnswer, public=True)
def track(sent: Sent[CodeIn]) -> TrackAnswer:
    row = looked_up.find(sent.read().code)
    limits.forgive("track")
    return track_answer(looked_up.progress(row))


@call("POST", "/track/letter", N_("凭查询码和口令取函"), takes=LetterByCodeIn, gives=None, public=True)
def track_letter(sent: Sent[LetterByCodeIn]) -> Response:
    given = sent.read()
    row = looked_up.find(given.code)
    letter = looked_up.letter_of(row.case)
    if letter is None:
        raise NotFound(N_("还没有可以取的函件，请过些时候再来"))
    if not codes.try_pin(row, given.pin):
        return _refused(row)
    answer = pdf_response(frozen(letter), letter)
    limits.forgive("track")
    return answer


@call("POST", "/track/rating", N_("凭查询码评价"), takes=RatingByCodeIn, gives=TrackAnswer, public=True)
def track_rating(sent: Sent[RatingByCodeIn]) -> TrackAnswer:
    given = sent.read()
    row = looked_up.find(given.code)
    rating = RatingIn(rating=given.rating, note=given.note)
    ratings.rate(row.case, rating, by=looked_up.resident_of(row))
    limits.forgive("track")
    return track_answer(looked_up.progress(row))


def _refused(row: TrackingCode) -> Response:
    """Answered rather than raised, because the wrong try must stay counted."""
    locked = N_("输错次数太多，已锁定；请打电话请政协办公室解锁")
    wrong = N_("口令不对：请输入登记时所留电话的后四位，没有留电话的请输入办公室告知的六位数字")
    keep_refused()
    return make_response(
        current_app.handle_user_exception(Forbidden(locked if row.letter_locked_at else wrong))
    )
