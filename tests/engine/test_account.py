"""The workflow's own account, `snakemake --report`: a page with every figure and table, made without a network."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.conftest import snakemake

from framescope.present.figures import declared_figures
from framescope.table_schemas import table_schemas

NO_NETWORK = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")


@pytest.fixture(scope="module")
def account(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    page = tmp_path_factory.mktemp("account") / "account.html"
    done = snakemake(finished, "--report", str(page), environment=NO_NETWORK)
    assert done.returncode == 0, done.stdout + done.stderr
    return page.read_text(encoding="utf-8")


def test_the_account_holds_every_figure_and_every_table_but_the_lists_of_mentions(account: str):
    tables = {name for name, table in table_schemas().items() if table.made_by and table.report != "Mentions"}
    assert len(tables) > 25
    assert {name for name in tables if f"results/tables/{name}.csv" not in account} == set()
    assert {name for name in declared_figures() if f"results/figures/{name}.svg" not in account} == set()


def test_the_account_says_what_each_figure_and_table_is(account: str):
    said = {table.about for table in table_schemas().values() if table.made_by and table.report != "Mentions"}
    said |= {text for title_and_caption in declared_figures().values() for text in title_and_caption}
    # The page holds them as strings of JSON.
    assert {text for text in said if json.dumps(text)[1:-1] not in account} == set()
    assert "Framescope measures thematic emphasis" in account


def test_the_account_loads_nothing_from_elsewhere(account: str):
    assert re.findall(r"<(?:script|img|link|iframe)\b[^>]*\b(?:src|href)=[\"']?(?:https?:)?//[^>]*>", account) == []
