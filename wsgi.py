"""What the web server and the flask command start."""

from tracker import create_app
from tracker.errors import CannotStart

try:
    app = create_app()
except CannotStart as reason:
    # The sentence names the setting and the remedy; where in the code it was missed helps nobody.
    raise SystemExit(str(reason)) from None
