"""Making the page for coding from the sample of a study."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

import jinja2
import pandas as pd
from markupsafe import Markup

from framescope.configuration import complete_config
from framescope.present.page.assets import joined
from framescope.present.page.policy import content_policy, script_json
from framescope.problems import StudyError
from framescope.running.config_file import read_config
from framescope.table_schemas import table_schemas
from framescope.tables import read_table
from framescope.themes.formats import load_lexicon

MODULES = ("codes.js", "main.js")
# Sentences of the same paragraph that are shown before and after the one to be coded.
CONTEXT = 2
# Keys that choose a theme; the others that the page knows are 0, ? and the arrows.
KEYS = "123456789abcdefghijklmnopqrstuvwxyz"


def write_coding_page(study: Path, lexicon: Path, lexicon_format: str | None = None, next_sample: bool = False) -> Path:
    """Write results/coding.html for the sample of a study, or results/next_coding.html for the next one.

    Returns the path of the page.

    Raises: StudyError if the sample has not been drawn.
    """
    before = "next_" if next_sample else ""
    # As Parquet, because a large study has the sentences so alone.
    sample, sentences = study / "results" / f"{before}sample.csv", study / table_schemas()["sentences"].parquet_file
    for path in (sample, sentences):
        if not path.exists():
            raise StudyError([f"{path}: not found. Draw it first: framescope run {study} results/{before}sample.csv"])
    themes = load_lexicon(lexicon, lexicon_format).themes
    title = complete_config(read_config(study / "config.yaml"))["title"]
    target = study / "results" / f"{before}coding.html"
    drawn = pd.read_csv(sample, keep_default_na=False, dtype={"document": str})
    known = read_table(sentences, ["document", "paragraph", "sentence", "text"])
    target.write_text(coding_page(drawn, known, themes, title), encoding="utf-8")
    return target


def coding_page(sample: pd.DataFrame, sentences: pd.DataFrame, themes: Iterable[str], title: str) -> str:
    """The page as HTML: the sentences of `sample`, with their neighbours in `sentences`, to be coded with `themes`."""
    text, style = "\n".join(joined(_asset(module)) for module in MODULES), _asset("coding.css")
    rows = with_context(sample, sentences)
    digest = hashlib.sha256(rows[["document", "sentence", "text"]].to_csv(index=False).encode()).hexdigest()[:16]
    before, file = files_of_codes(int(rows["round"].max()) if len(rows) else 1)
    data = {"digest": digest, "sentences": rows.to_dict("records"), "themes": with_keys(themes)}
    data |= {"before": before, "file": file}
    template = jinja2.Environment(autoescape=True).from_string(_asset("coding.html.jinja"))
    return template.render(
        title=title,
        file=file,
        policy=Markup(content_policy([text], [style])),
        style=Markup(style),
        script=Markup(text),
        data=script_json(data),
    )


def files_of_codes(number: int) -> tuple[list[str], str]:
    """The names of the files of codes of the samples before the one with this number, and that of its own.

    >>> files_of_codes(1), files_of_codes(3)
    (([], 'codes.csv'), (['codes.csv', 'codes_2.csv'], 'codes_3.csv'))
    """
    *before, own = ["codes.csv", *(f"codes_{later}.csv" for later in range(2, number + 1))]
    return before, own


def with_context(sample: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """The sampled sentences with `before` and `after`, the text around them in their paragraph, and `title`."""
    order = sentences.sort_values(["document", "sentence"])
    paragraph = order.groupby(["document", "paragraph"], sort=False)["text"]
    around = order[["document", "sentence"]]
    earlier = [paragraph.shift(step).fillna("") for step in range(CONTEXT, 0, -1)]
    later = [paragraph.shift(-step).fillna("") for step in range(1, CONTEXT + 1)]
    around = around.assign(before=_joined(earlier), after=_joined(later))
    rows = sample.merge(around, on=["document", "sentence"], how="left").fillna({"before": "", "after": ""})
    columns = ["document", "sentence", "text", "before", "after", "weight", "round"]
    return rows[columns].assign(title=rows["document"])


def _joined(parts: list[pd.Series]) -> pd.Series:
    return pd.concat(parts, axis=1).agg(" ".join, axis=1).str.strip()


def with_keys(themes: Iterable[str]) -> list[dict[str, str]]:
    """The themes in order, each with the key that chooses it, empty for those below others and beyond the last key.

    >>> with_keys(["defence", "defence.threat", "economy"])
    [{'name': 'defence', 'key': '1'}, {'name': 'defence.threat', 'key': ''}, {'name': 'economy', 'key': '2'}]
    """
    listed = list(themes)
    keys = dict(zip((theme for theme in listed if "." not in theme), KEYS, strict=False))
    return [{"name": theme, "key": keys.get(theme, "")} for theme in listed]


def _asset(name: str) -> str:
    return files("framescope.present.coding").joinpath("assets", name).read_text(encoding="utf-8")
