"""Make the sample study's documents in raw/ from the Markdown sources beside this script.

    .venv/bin/python docs/sample-study/build.py

Needs pandoc (it comes with the project's Python packages) and pdfLaTeX (Debian's texlive-latex-extra and lmodern).
The same sources give the same bytes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypandoc

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from dump import dump  # noqa: E402

SOURCES, TEMPLATES = HERE / "sources", HERE / "templates"
RAW = HERE.parent.parent / "raw"
READ = "markdown+autolink_bare_uris"
FIXED_TIME = {
    **os.environ,
    "SOURCE_DATE_EPOCH": "1672531200",
    "FORCE_SOURCE_DATE": "1",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
}


def pandoc(*arguments: str | Path) -> str:
    """Run pandoc at a fixed time; its output."""
    command = [pypandoc.get_pandoc_path(), *map(str, arguments)]
    return subprocess.run(command, env=FIXED_TIME, check=True, capture_output=True, text=True).stdout


def latex(source: Path, template: Path, target: Path, *options: str) -> None:
    """Typeset a source with pdfLaTeX."""
    text = pandoc("-f", READ, "-t", "latex", "--template", template, *options, source)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "text.tex").write_text(text, encoding="utf-8")
        for _ in range(3):
            command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "text.tex"]
            subprocess.run(command, cwd=folder, env=FIXED_TIME, check=True, capture_output=True)
        shutil.copyfile(Path(folder) / "text.pdf", target)


def news_page(source: Path, target: Path) -> None:
    """Put a source into a newspaper's page."""
    title = re.search(r'^title: "(.*)"$', source.read_text(encoding="utf-8"), re.M)
    if title is None:
        raise ValueError(f'{source}: expected a line like title: "..." in its head')
    options = ["-f", READ, "-t", "html5", "--template", TEMPLATES / "news.html", "--variable", f"pagetitle={title[1]}"]
    target.write_text(pandoc(*options, "--shift-heading-level-by=1", "--wrap=preserve", source), encoding="utf-8")


def build(raw: Path) -> None:
    """Write the five documents."""
    raw.mkdir(exist_ok=True)
    brief = SOURCES / "security-brief.md"
    latex(brief, TEMPLATES / "brief.tex", raw / "security-brief.pdf", "--variable", "running=After the Embargo")
    pandoc("-f", READ, "-o", raw / "trade-report.docx", SOURCES / "trade-report.md")
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder) / "academic-article.pdf"
        latex(SOURCES / "academic-article.md", TEMPLATES / "article.tex", article)
        (raw / "academic-article.txt").write_text(dump(article), encoding="utf-8")
    news_page(SOURCES / "op-ed.md", raw / "op-ed.html")
    shutil.copyfile(SOURCES / "speech.md", raw / "speech.md")


if __name__ == "__main__":
    build(RAW)
