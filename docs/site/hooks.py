"""The pages of the website: the Markdown files of the project, where they are, so that their links work unchanged."""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

PROJECT = Path(__file__).resolve().parents[2]
PAGES = ("*.md", "config/*.md", "docs/*.md")
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)\s]*)?\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The Markdown files of the project, and every file of it that one of them links to."""
    pages = sorted({path for pattern in PAGES for path in PROJECT.glob(pattern)})
    linked = {
        target
        for page in pages
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if (target := (page.parent / link).resolve()).is_file() and target.is_relative_to(PROJECT)
    }
    paths = [path.relative_to(PROJECT).as_posix() for path in sorted({*pages, *linked})]
    return Files([File.generated(config, path, abs_src_path=str(PROJECT / path)) for path in paths] + list(files))
