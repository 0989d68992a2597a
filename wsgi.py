"""What the web server and the flask command start."""

from tracker import create_app

app = create_app()
