"""What the list is measured against: a bare Flask page with fifty constant rows of the same row template."""

from types import SimpleNamespace

from flask import Flask, render_template_string

from tracker.config import ROOT

PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>50</title>
{% from "lists/rows.html" import case_row %}
<table>{% for row in rows %}{{ case_row(row) }}{% endfor %}</table></html>"""
ROWS = [
    SimpleNamespace(
        reference=f"XS-2026-{number:06}",
        url=f"/cases/XS-2026-{number:06}",
        summary="云林苑北门路灯连续半月不亮",
        place="东亭街道 云林社区",
        category="市政照明",
        department="区住房和城乡建设局",
        updated="11月22日",
        moves="",
        urgent=False,
        sign=SimpleNamespace(label="已协调", tone="warn", icon="diagram-3"),
        due=SimpleNamespace(text="剩 2 个工作日", sub="11月24日", tone="", title="", icon=""),
    )
    for number in range(50)
]

app = Flask("bare", template_folder=str(ROOT / "templates"))
app.jinja_env.globals["_"] = lambda text, **values: text % values if values else text


@app.get("/")
def page() -> str:
    return render_template_string(PAGE, rows=ROWS)
