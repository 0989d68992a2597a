"""What a request may look like, before anything of it is looked up."""

from typing import Final

from flask import request

from tracker.door import policy
from tracker.errors import BadRequest, NotFound
from tracker.incoming.form_imports import MOST_REQUEST
from tracker.rules.words import N_

# PostgreSQL takes it in no text, and nobody can type it.
_NUL: Final = "\x00"
# A code, a password, a rating: nobody without an account has more to say.
MOST_WITHOUT_ACCOUNT: Final = 64 * 1024


def limit_body() -> None:
    """Calls open to everybody are read only so far; beyond that the first look at the body is a 413.

    Where people upload filled forms, a body may be larger than elsewhere.
    """
    if request.endpoint in policy.PUBLIC:
        request.max_content_length = MOST_WITHOUT_ACCOUNT
    elif request.endpoint in policy.UPLOADS:
        request.max_content_length = MOST_REQUEST


def check_address() -> None:
    """A NUL in the path names nothing; one in the query is no value of ours."""
    if _NUL in request.path:
        raise NotFound(N_("没有找到，或者您不能查看"))
    if any(_NUL in name or _NUL in value for name, value in request.args.items(multi=True)):
        raise BadRequest(N_("地址里有不能识别的字符"))


def check_form() -> None:
    if any(_NUL in name or _NUL in value for name, value in request.form.items(multi=True)):
        raise BadRequest(N_("填写的内容里有不能保存的字符，请删去"))
