"""The documentation as a website: it builds without a network, and no link in it is broken."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from tests.conftest import ROOT

# Of the environment that `make .venv/site/installed` makes.
MKDOCS = ROOT / ".venv" / "site" / "bin" / "mkdocs"
pytestmark = pytest.mark.skipif(not MKDOCS.exists(), reason="needs the website's builder: make .venv/site/installed")
FROM_OUTSIDE = re.compile(r"""<(?:script|link|img|iframe)[^>]*(?:src|href)=["']?https?://""")


def build(config: Path, target: Path) -> subprocess.CompletedProcess[str]:
    offline = {**os.environ, "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    command = [MKDOCS, "build", "--config-file", config, "--site-dir", target]
    return subprocess.run(command, env=offline, capture_output=True, text=True, check=False)


def test_every_page_is_in_the_website_and_every_link_leads_somewhere(tmp_path: Path):
    done = build(ROOT / "docs" / "site" / "mkdocs.yml", tmp_path / "built")
    assert done.returncode == 0, done.stdout + done.stderr
    for page in ("index.html", "docs/tutorial.html", "docs/command.html", "config/index.html"):
        assert (tmp_path / "built" / page).exists(), page
    assert "framescope.public.compare_sections" in (tmp_path / "built" / "functions.html").read_text(encoding="utf-8")


def test_no_page_loads_anything_from_the_web(tmp_path: Path):
    assert build(ROOT / "docs" / "site" / "mkdocs.yml", tmp_path / "built").returncode == 0
    pages = list((tmp_path / "built").rglob("*.html"))
    assert len(pages) > 15
    assert [str(page) for page in pages if FROM_OUTSIDE.search(page.read_text(encoding="utf-8"))] == []


def test_a_broken_link_stops_the_build(tmp_path: Path):
    site = tmp_path / "docs" / "site"
    (site / "pages").mkdir(parents=True)
    (site / "hooks.py").write_bytes((ROOT / "docs" / "site" / "hooks.py").read_bytes())
    (tmp_path / "README.md").write_text("# Ports\n\nSee [the tolls](tolls.md).\n", encoding="utf-8")
    settings = "site_name: x\ndocs_dir: pages\nhooks: [hooks.py]\nstrict: true\nnav: [{Ports: README.md}]\n"
    (site / "mkdocs.yml").write_text(settings, encoding="utf-8")
    done = build(site / "mkdocs.yml", tmp_path / "built")
    assert done.returncode != 0
    assert "tolls.md" in done.stderr
    (tmp_path / "tolls.md").write_text("# Tolls\n", encoding="utf-8")
    (site / "mkdocs.yml").write_text(settings.replace("}]", "}, {Tolls: tolls.md}]"), encoding="utf-8")
    assert build(site / "mkdocs.yml", tmp_path / "built").returncode == 0
