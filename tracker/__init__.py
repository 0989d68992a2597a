"""create_app(): the only place that knows every room."""

from collections.abc import Mapping
from pathlib import Path

from flask import Flask
from flask_bootstrap import Bootstrap5

from tracker import config
from tracker.errors import CannotStart
from tracker.extensions import babel, csrf, db, login_manager, migrate, prepare_engine
from tracker.models.engine import driver, engine_options, journal_mode
from tracker.outgoing import pdf
from tracker.rules import cipher


def create_app(environ: Mapping[str, str] | None = None) -> Flask:
    """Build the service from settings; raises CannotStart, with the remedy, when one is missing or unsafe."""
    from tracker import api, cli, door, web

    settings = config.load(environ)
    app = door.Service("tracker", template_folder=str(config.ROOT / "templates"))
    app.config.from_mapping(settings)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    Path(settings["HUIYIN_INSTANCE"]).mkdir(parents=True, exist_ok=True)
    _open_keys(app)
    _open_database(app)
    pdf.configure(instance=Path(settings["HUIYIN_INSTANCE"]), own_fonts=settings["HUIYIN_FONTS"])
    csrf.init_app(app)
    login_manager.init_app(app)
    babel.init_app(app, locale_selector=door.locale)
    Bootstrap5(app)
    door.init_app(app)
    web.init_app(app)
    api.init_app(app)
    cli.init_app(app)
    return app


def _open_keys(app: Flask) -> None:
    try:
        app.extensions["huiyin.keyring"] = cipher.Keyring.read(app.config["HUIYIN_DATA_KEY"])
    except cipher.BadKeyring as reason:
        raise CannotStart(f"HUIYIN_DATA_KEY cannot be read: {reason}.") from None
    app.extensions["huiyin.event_key"] = app.config["HUIYIN_EVENT_KEY"].encode()


def _open_database(app: Flask) -> None:
    url: str = app.config["SQLALCHEMY_DATABASE_URI"]
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(config.ROOT / "migrations"))
    with app.app_context():
        prepare_engine(db.engine, journal_mode(driver()))
