"""Measure shares estimated from hand codes: python benchmarks/estimates.py [--write] [--samples N]

FRAMESCOPE_SHARED names the folder with the development data (data/themes). From all codes of the speeches and of the
titles of bills, samples of 200 sentences are drawn, as `make sample` draws them, and the shares of themes are estimated
from each. The shares that are to be estimated are known: they are those of all codes. For each theme that at least 3 %
of sentences have, the figures are: how often the interval has the true share, how wide it is compared with Wilson's
interval of 200 sentences drawn at random and coded without a lexicon, and the mean error. In a second run 30 % of the
lexicon's answers are replaced by those of another sentence. At the end, 100 sentences are drawn as `make sample` draws
them, and 100 more as `make next-sample` does for one theme, or at random.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "workflow"))
sys.path.insert(0, str(HERE))

from themes import CODED_AS, LEXICON  # noqa: E402

from framescope.compare.coders.estimation import estimated_shares  # noqa: E402
from framescope.compare.coders.finding import Coded, codes_of_table, find_coded  # noqa: E402
from framescope.compare.coders.next_sample import draw_next  # noqa: E402
from framescope.compare.coders.sampling import draw_sample  # noqa: E402
from framescope.compare.coders.survey import Survey  # noqa: E402
from framescope.compare.inputs import Tables  # noqa: E402
from framescope.themes.formats import load_lexicon  # noqa: E402
from framescope.themes.tally import tally  # noqa: E402

PAGE = HERE.parent / "docs" / "coding.md"
START, END = "<!-- estimates start -->", "<!-- estimates end -->"
CODES = 200
LEAST_SHARE = 0.03
WRONG = 0.3
NAMES = {"sotu": "speeches", "bills": "bills"}
FOCUS = ("economy", "defence", "law_crime")
NEXT_START, NEXT_END = "<!-- next start -->", "<!-- next end -->"


def study(path: Path) -> tuple[Tables, pd.DataFrame]:
    """The tables of a study with one paragraph a document, and a row for each sentence with its coded theme."""
    gold = pd.read_csv(path, keep_default_na=False)
    number = gold.groupby("doc_id").cumcount() + 1
    sentences = pd.DataFrame(
        {"document": gold["doc_id"].astype(str), "section": "01", "sentence": number, "voice": "author"}
    ).assign(text=gold["text"])
    lexicon = load_lexicon(LEXICON)
    tops = [theme for theme in lexicon.themes if "." not in theme]
    counts = tally(gold["text"].tolist(), lexicon)[tops]
    rows = np.repeat(np.arange(counts.size), counts.to_numpy().ravel())
    hits = sentences.iloc[rows // len(tops)][["document", "sentence", "voice"]].reset_index(drop=True)
    hits["theme"] = np.array(tops)[rows % len(tops)]
    sections = sentences[["document", "section"]].drop_duplicates().assign(role="body", role_source="default")
    ours = {theirs: name for name, theirs in CODED_AS.items()}
    codes = sentences[["document", "sentence"]].assign(theme=gold["theme"].replace(ours).replace("none", ""))
    return Tables(sentences, hits, sections, sections[["document"]].drop_duplicates()), codes


def spoilt(tables: Tables, share: float, seed: int) -> Tables:
    """The study with the hits of a share of its sentences moved to others, so that they are wrong there."""
    rng = np.random.default_rng(seed)
    order = np.arange(len(tables.sentences))
    chosen = rng.choice(order, round(share * len(order)), replace=False)
    order[chosen] = rng.permutation(chosen)
    place = pd.MultiIndex.from_frame(tables.sentences[["document", "sentence"]])
    at = place.get_indexer(pd.MultiIndex.from_frame(tables.hits[["document", "sentence"]]))
    moved = tables.sentences.iloc[order[at]][["document", "sentence"]].to_numpy()
    return tables.with_hits(tables.hits.assign(document=moved[:, 0], sentence=moved[:, 1].astype(int)))


def measured(tables: Tables, codes: pd.DataFrame, samples: int) -> pd.DataFrame:
    """A row for each theme: coverage, width as a multiple of that of hand codes alone, and mean error."""
    truth = codes["theme"].value_counts(normalize=True)
    themes = [theme for theme in truth.index if theme and truth[theme] >= LEAST_SHARE]
    rows = []
    for seed in range(samples):
        sample = draw_sample(tables.sentences, tables.hits, CODES, seed)[["document", "sentence", "weight"]]
        coded = sample.merge(codes, on=["document", "sentence"]).rename(columns={"sentence": "unit"})
        survey = Survey(Coded("sentence", coded.assign(coder="coder", round=1)), tables)
        table = estimated_shares(survey, themes, 0.95)
        rows.append(table[table["unit"] == "study"].assign(sample=seed))
        rng = np.random.default_rng(seed)
        at_random = codes["theme"].to_numpy()[rng.choice(len(codes), CODES, replace=False)]
        rows[-1]["hand"] = [hand_width(float((at_random == theme).mean()), len(codes)) for theme in rows[-1]["theme"]]
    all_rows = pd.concat(rows)
    true = all_rows["theme"].map(truth)
    all_rows["covered"] = (all_rows["estimated_low"] <= true) & (true <= all_rows["estimated_high"])
    all_rows["width"] = all_rows["estimated_high"] - all_rows["estimated_low"]
    all_rows["error"] = all_rows["share_estimated"] - true
    by_theme = all_rows.groupby("theme")[["covered", "width", "hand", "error"]].mean()
    spread = all_rows.groupby("theme")["error"].std() / np.sqrt(samples)
    return pd.DataFrame(
        {
            "share": truth[by_theme.index],
            "coverage": by_theme["covered"],
            "width": by_theme["width"] / by_theme["hand"],
            "error": by_theme["error"],
            "error of error": spread,
        }
    )


def measured_next(tables: Tables, codes: pd.DataFrame, theme: str, samples: int) -> pd.Series:
    """Intervals of a theme from 100 codes and 100 next ones, as multiples of those from other samples of 200.

    `coverage` is how often they have the true share, `at random` their width over that where the second half was drawn
    at random, `first kind` over that of one sample of 200, `hand` over that of hand codes alone.
    """
    truth = float((codes["theme"] == theme).mean())
    rows = []
    for seed in range(samples):
        first = draw_sample(tables.sentences, tables.hits, CODES // 2, seed)
        chosen = draw_next(_survey(tables, codes, first), tables.sentences, [theme], CODES // 2, seed)
        left = tables.sentences.merge(first[["document", "sentence"]], how="left", indicator=True)
        left = left[left["_merge"] == "left_only"]
        at_random = left.sample(CODES // 2, random_state=seed).assign(weight=len(left) * 2 / CODES, round=2)
        one = draw_sample(tables.sentences, tables.hits, CODES, seed)
        low, high = _interval(tables, codes, theme, pd.concat([first, chosen]))
        widths = [high - low]
        for other in (pd.concat([first, at_random]), one):
            of_other = _interval(tables, codes, theme, other)
            widths.append(of_other[1] - of_other[0])
        rows.append([low <= truth <= high, *widths, hand_width(truth, len(codes))])
    covered, width, *others = np.mean(np.array(rows, dtype=float), axis=0)
    names = ("at random", "first kind", "hand")
    return pd.Series({"share": truth, "coverage": covered} | dict(zip(names, width / np.array(others), strict=True)))


def _survey(tables: Tables, codes: pd.DataFrame, sample: pd.DataFrame) -> Survey:
    sheet = sample[["document", "sentence", "weight", "round"]].merge(codes, on=["document", "sentence"])
    return Survey(find_coded(codes_of_table(sheet.assign(coder="coder")), tables.sentences), tables)


def _interval(tables: Tables, codes: pd.DataFrame, theme: str, sample: pd.DataFrame) -> tuple[float, float]:
    table = estimated_shares(_survey(tables, codes, sample), [theme], 0.95)
    row = table[table["unit"] == "study"].iloc[0]
    return float(row["estimated_low"]), float(row["estimated_high"])


def report_next(shared: Path, samples: int) -> str:
    """The table of the page on sentences to code next, in Markdown."""
    lines = [f"{samples} samples, each of 100 sentences of `make sample` and 100 of `make next-sample`:", ""]
    lines.append("| texts | theme | true share | coverage | at random | first kind | hand codes alone |")
    lines.append("| --- | --- | --- | --- | --- | --- | --- |")
    for name, shown in NAMES.items():
        tables, codes = study(shared / "data" / "themes" / f"{name}_dev.csv")
        of_themes = pd.DataFrame({theme: measured_next(tables, codes, theme, samples) for theme in FOCUS}).T
        of_themes.loc["mean"] = of_themes.mean()
        for theme, row in of_themes.iterrows():
            cells = [str(theme), f"{row['share']:.3f}", f"{row['coverage']:.3f}"]
            cells += [f"{row[kind]:.2f}" for kind in ("at random", "first kind", "hand")]
            lines.append("| " + " | ".join([shown, *cells]) + " |")
    return "\n".join(lines)


def hand_width(share: float, population: int) -> float:
    """The width of Wilson's interval of a share of 200 sentences drawn at random from a finite population."""
    size = CODES / (1 - CODES / population)
    low, high = proportion_confint(share * size, size, method="wilson")
    return float(high - low)


def report(shared: Path, samples: int) -> str:
    """The tables of the page, in Markdown."""
    lines = [f"{samples} samples of {CODES} sentences each, as drawn by `make sample`:", ""]
    lines.append(
        "| texts | theme | true share | coverage | width | mean error | coverage, 30 % wrong | width | mean error |"
    )
    lines.append("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, shown in NAMES.items():
        tables, codes = study(shared / "data" / "themes" / f"{name}_dev.csv")
        right, wrong = measured(tables, codes, samples), measured(spoilt(tables, WRONG, 1), codes, samples)
        right.loc["mean"], wrong.loc["mean"] = right.mean(), wrong.mean()
        for theme in right.index:
            share = f"{right.loc[theme, 'share']:.3f}"
            figures = [figure for part in (right, wrong) for figure in _shown(part.loc[theme])]
            lines.append("| " + " | ".join([shown, theme, share, *figures]) + " |")
    return "\n".join(lines)


def _shown(row: pd.Series) -> list[str]:
    return [
        f"{row['coverage']:.3f}",
        f"{row['width']:.2f}",
        f"{row['error']:+.4f} \N{PLUS-MINUS SIGN} {row['error of error']:.4f}",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--samples", type=int, default=50)
    options = parser.parse_args()
    for made, start, end in ((report, START, END), (report_next, NEXT_START, NEXT_END)):
        text = made(Path(os.environ["FRAMESCOPE_SHARED"]), options.samples)
        print(text)
        if options.write:
            page = PAGE.read_text(encoding="utf-8")
            before, after = page.split(start)[0], page.split(end)[1]
            PAGE.write_text(f"{before}{start}\n\n{text}\n\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
