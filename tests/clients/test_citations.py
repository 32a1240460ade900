"""Footnotes as an author's tools read them: pandoc with its citation processor."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Program
from tests.clients.found import needs, run
from tests.view import sample
from tracker.view import cite

HOSTILE = (sample.HOSTILE_EVENT, sample.CASE, sample.MONTH)


def bibliography(folder: Path, name: str, text: str) -> str:
    """Every entry of a bibliography as pandoc prints it, in one line."""
    (folder / name).write_text(text, encoding="utf-8")
    page = f"---\nbibliography: {name}\nnocite: '@*'\n---\n\nText.\n\n# References\n"
    (folder / "page.md").write_text(page)
    done = run("pandoc", "--citeproc", "--wrap=none", "-t", "plain", "page.md", cwd=folder)
    assert done.stderr == ""
    return done.stdout


def csl(folder: Path, name: str, text: str) -> list[dict[str, Any]]:
    """A bibliography as pandoc understands it."""
    (folder / name).write_text(text, encoding="utf-8")
    kind = "csljson" if name.endswith(".json") else "bibtex"
    done = run("pandoc", "-f", kind, "-t", "csljson", name, cwd=folder)
    assert done.stderr == ""
    return list(json.loads(done.stdout))


@needs("pandoc")
@pytest.mark.parametrize(("format_", "name"), [("csl", "all.json"), ("bibtex", "all.bib")])
def test_pandoc_reads_every_source_of_the_record(
    tracker: Program, tmp_path: Path, format_: str, name: str
) -> None:
    items = json.loads(tracker.run("cite", "--since", "2022", "--format", "csl").stdout)
    text = tracker.run("cite", "--since", "2022", "--format", format_).stdout
    read = {item["id"]: item for item in csl(tmp_path, name, text)}
    assert set(read) == {item["id"] for item in items}
    assert len(read) > 400
    assert {one["URL"] for one in read.values()} == {item["URL"] for item in items}
    if format_ == "csl":  # pandoc turns the other into this before it prints
        assert bibliography(tmp_path, name, text).count("http") >= len(read)


@needs("pandoc")
@pytest.mark.parametrize(("format_", "name"), [("csl", "few.json"), ("bibtex", "few.bib")])
def test_pandoc_prints_what_stands_in_the_source(tmp_path: Path, format_: str, name: str) -> None:
    printed = bibliography(tmp_path, name, cite.cite(HOSTILE, format_))
    assert "Headline 1" in printed
    assert "BIS" in printed
    assert "2025" in printed
    assert "商务部公告" in printed
    assert "onerror=alert(1)" in printed.lower()  # a style sets titles in its own case
    assert "javascript:" not in printed
    if format_ == "csl":
        assert "Federal Register" in printed


@needs("pandoc")
def test_pandoc_keeps_days_and_languages(tmp_path: Path) -> None:
    both = [csl(tmp_path, name, cite.cite(HOSTILE, format_))
            for format_, name in (("csl", "a.json"), ("bibtex", "a.bib"))]  # fmt: skip
    for read in both:
        items = {item["id"]: item for item in read}
        issued = items[f"{sample.CASE.id}-1"]["issued"]["date-parts"][0]
        assert [int(part) for part in issued] == [2026, 1, 15]
        assert items[f"{sample.MONTH.id}-1"]["language"].lower().startswith("zh")
    law = next(item for item in both[0] if item["type"] == "regulation")
    assert (law["container-title"], law["volume"], law["page"]) == (
        "Federal Register",
        "91",
        "1684",
    )


@needs("pandoc")
def test_the_memo_is_markdown_with_footnotes(tracker: Program, tmp_path: Path) -> None:
    """Every footnote is one for pandoc too; nothing of outside text became markup."""
    memo = tmp_path / "memo.md"
    assert tracker.run("timeline", "--since", "2025-07", "-o", str(memo)).returncode == 0
    text = memo.read_text(encoding="utf-8")
    done = run("pandoc", "-f", "markdown-raw_html-raw_tex", "-t", "json", memo.name, cwd=tmp_path)
    assert done.stdout.count('"t":"Note"') >= text.count("\n[^") > 100
    assert '"t":"Image"' not in done.stdout
