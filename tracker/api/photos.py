"""Photos sent ahead of their visit, from a phone that was out of reach when they were taken."""

from collections.abc import Callable
from contextlib import closing

from flask import request

from tracker import door
from tracker.actions import photos as acts
from tracker.api.answers.visits import PhotoKept
from tracker.api.calls import call
from tracker.door import signed_in
from tracker.errors import Invalid, WrongType
from tracker.incoming.photos import Shot, read
from tracker.rules.words import N_

LONGEST_ID = 64


def _draw_anew() -> Callable[[], Shot]:
    """Decoding a picture takes its time; nobody else should wait for the lock meanwhile."""
    if request.mimetype != "multipart/form-data":
        raise WrongType(N_("请用 multipart/form-data 发送文件"))
    sent = request.files.get("file")
    if sent is None:
        raise Invalid.one("file", N_("请选要上传的文件"))
    with closing(sent):
        content = sent.read()
    return lambda: read(content)


@call("POST", "/photos", N_("先传走访的照片，再用编号附在走访里"), upload="Upload", gives=PhotoKept)
@door.prepares(_draw_anew)
def send_photo() -> PhotoKept:
    client_id = request.form.get("client_id", "")
    if not 0 < len(client_id) <= LONGEST_ID:
        raise Invalid.one("client_id", N_("请填写这一项"))
    photo = acts.keep(door.made(), client_id, by=signed_in())
    return PhotoKept(client_id=photo.client_id, sha256=photo.sha256, size=photo.size)
