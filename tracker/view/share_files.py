"""Market-share figures as files: text, JSON, CSV, a web page, a drawing. The same data, bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from html import escape
from typing import Any, Final

from tracker.core import hindsight
from tracker.core.clean import clean_line, clean_link, json_text
from tracker.core.figures import house_of, nature_of
from tracker.core.shares import Placed, placed_json
from tracker.core.vintages import Book, Outcome, Shelf, compare, revises
from tracker.model import Observation
from tracker.view import share, share_svg
from tracker.view.export_csv import qualifier, safe
from tracker.view.glyphs import observed, period

COLUMNS: Final = (
    "series", "variant", "unit", "period_start", "period_end", "value", "value_low", "value_high",
    "qualifier", "nature", "published", "published_precision", "house", "publisher", "via", "url",
    "flag", "derived", "repeat", "note", "accepted",
)  # fmt: skip


def picture(shelf: Shelf) -> bytes:
    """The drawing as PNG."""
    from tracker.view.picture import png

    shapes, height = share_svg.sheet(shelf)
    return png(shapes, share_svg.WIDTH, height)


def write(kind: str, shelf: Shelf, *, ascii: bool = False) -> str:  # noqa: A002
    """The shelf in one format: ``plain`` (or ``table``), ``json``, ``csv``, ``html``, ``svg``."""
    match kind:
        case "json":
            return json_text(as_json(shelf), indent=2) + "\n"
        case "csv":
            return as_csv(shelf)
        case "html":
            return as_html(shelf)
        case "svg":
            return share_svg.drawing(shelf)
        case _:
            return str(share.render(shelf, width=100, ascii=ascii))


def as_json(shelf: Shelf) -> dict[str, Any]:
    """Books with all rows; figures are numbers, days ISO; ``latest`` is the measured latest."""
    return {
        "schema_version": 1,
        "as_of": shelf.as_of.isoformat() if shelf.as_of else None,
        "series": [_book(book, shelf) for book in shelf.books],
        "events": [
            {"id": e.id, "link_day": e.link_day.isoformat(), "title": e.title}
            for e in shelf.events
        ],
    }  # fmt: skip


def _book(book: Book, shelf: Shelf) -> dict[str, Any]:
    def figure(one: Observation, own: Book | None = None) -> dict[str, Any]:
        return _figure(one, own, later=shelf.hindsight)

    return {
        "series": book.series.id,
        "variant": book.variant,
        "title": book.series.title,
        "unit": book.series.unit,
        "scope": share.scope(book, shelf),
        "latest": figure(book.latest) if book.latest else None,
        "observations": [figure(one, book) for one in book.rows],
        "repeats": [figure(one) for one in book.repeats],
        "forecasts": [_outcome(one, later=shelf.hindsight) for one in book.outcomes],
    }


def _figure(one: Observation, book: Book | None = None, *, later: bool = False
            ) -> dict[str, Any]:  # fmt: skip
    """A figure with its house and note; ``later``: the note was written after the day asked for."""
    placed = placed_json(Placed(one, nature_of(one), straddles=False, same_day=False)) or {}
    fields = {k: v for k, v in placed.items() if k not in ("straddles", "same_day")}
    before = revises(one, book.rows) if book else None
    return fields | {
        "house": house_of(one),
        "derived": one.derived,
        "accepted": one.accepted,
        "note": hindsight.marked(one.note) if later else one.note,
        "revises": before.published.isoformat() if before else None,
    }


def _outcome(outcome: Outcome, *, later: bool) -> dict[str, Any]:
    return {
        "forecast": _figure(outcome.forecast, later=later),
        "outcomes": [
            _figure(one, later=later)
            | {
                "forecast_was": compare(outcome.forecast, one),
                "same_house": house_of(one) == house_of(outcome.forecast),
            }
            for one in outcome.came
        ],
    }


def as_csv(shelf: Shelf) -> str:
    """One row an observation, repeats marked; no cell begins with a sign a spreadsheet obeys."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for book in shelf.books:
        for one in (*book.rows, *book.repeats):
            writer.writerow([_cell(value) for value in _values(one, book, later=shelf.hindsight)])
    return out.getvalue()


def _values(one: Observation, book: Book, *, later: bool) -> Iterator[object]:
    for name in COLUMNS:
        match name:
            case "unit":
                yield book.series.unit
            case "house":
                yield house_of(one)
            case "nature":
                yield nature_of(one)
            case "qualifier":
                yield qualifier(one.qualifier)
            case "repeat":
                yield "yes" if one in book.repeats else ""
            case "note":
                yield hindsight.marked(one.note) if later else one.note
            case "derived":
                yield "yes" if one.derived else ""
            case _:
                yield getattr(one, name)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, int | float):
        return repr(value)
    return safe(str(value))


def as_html(shelf: Shelf) -> str:
    """One page without scripts or outside files: the drawing, then a table a book."""
    parts = [
        "<!doctype html>",
        '<html lang="en"><meta charset="utf-8"><title>Market-share figures</title>',
        "<style>body{font:15px/1.45 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
        "table{border-collapse:collapse;margin:.5rem 0 2rem}td,th{padding:.2rem .7rem;"
        "text-align:left;border-bottom:1px solid #ddd}.hollow{color:#8a3c8a}svg{max-width:100%;"
        "height:auto}small{color:#666}.day{white-space:nowrap}</style>",
        f"<h1>Figures as known on {shelf.day.isoformat()}</h1>",
        share_svg.drawing(shelf) if shelf.whole or shelf.around else "",
        *(_table(book, shelf) for book in shelf.books),
        "</html>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _table(book: Book, shelf: Shelf) -> str:
    name = f"{book.series.title} [{book.variant}]" if book.variant else book.series.title
    rows = "\n".join(_html_row(one, book) for one in share.in_window(book.rows, shelf))
    more = share.left_out(book, shelf)
    return (
        f"<h2>{escape(name)}</h2><small>{escape(share.scope(book, shelf))}</small>\n<table>"
        "<tr><th>period<th>figure<th>nature<th>house<th>published<th>via</tr>\n"
        f"{rows}</table>" + (f"<p><small>{more}</small></p>" if more else "")
    )


def _html_row(one: Observation, book: Book) -> str:
    nature = nature_of(one) + (", derived" if one.derived else "")
    nature += f", {one.flag}" if one.flag else ""
    nature += f", accepted {one.accepted}" if one.accepted else ""
    about = "~" if one.published_precision == "approx" else ""
    address = clean_link(one.url or "")
    via = escape(clean_line(one.via))
    via = f'<a href="{escape(address)}" rel="noopener noreferrer">{via}</a>' if address else via
    style = ' class="hollow"' if nature_of(one) in ("forecast", "claim", "target") else ""
    return (
        f"<tr{style}><td>{escape(period(one.period_start, one.period_end))}"
        f"<td>{escape(observed(one, book.series.unit))}<td>{escape(nature)}"
        f"<td>{escape(clean_line(house_of(one)))}"
        f'<td class="day">{about}{one.published}<td>{via}</tr>'
    )
