"""The report: a page that shows the study, its figures, and the sentences behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from framescope.annotate.levels import what_is_missing
from framescope.compare.counts.groupings import with_groupings
from framescope.compare.emphasis.baselines import said_baseline
from framescope.document import Document
from framescope.present.colours import theme_colours
from framescope.present.dictionary import parquet_alone, recorded_files
from framescope.present.figure_style import Tables, theme_order
from framescope.present.page.addresses import address
from framescope.present.page.assets import asset, script
from framescope.present.page.budget import MOST_FINDINGS, MOST_PRINTED_ROWS, MOST_TABLE_ROWS
from framescope.present.page.columns import compressed, data_block, documents_included
from framescope.present.page.findings import read_findings
from framescope.present.page.formats import number, numeric_columns, plain, records, shown, thousands
from framescope.present.page.methods import citation, methods_of, methods_text
from framescope.present.page.pictures import ratio_picture
from framescope.present.page.policy import content_policy
from framescope.present.page.rates import rate_tables
from framescope.present.page.shards import shard_scripts, shards
from framescope.present.page.story import NO_STORY, Story
from framescope.present.page.summaries import (
    accounting_wide,
    actor_rows,
    changed_paragraphs,
    documents_shown,
    keyword_lists,
    leading_themes,
    summary,
    totals,
)
from framescope.present.page.validity import (
    AGREEMENT,
    agreement,
    corrected_contrasts,
    corrected_differences,
    corrected_shares,
    incomplete_notes,
    warnings,
    words_by_kind,
)
from framescope.present.page.views import VIEWS, further_tables, shown_columns, shown_rows, table_list
from framescope.present.wording import short_titles
from framescope.table_schemas import Table


def report_files(
    tables: Tables,
    texts: Mapping[str, Document],
    title: str,
    findings: str,
    record: Mapping[str, Any],
    story: Story = NO_STORY,
) -> Iterator[tuple[str, str]]:
    """The page as HTML, without its figures, and then the scripts with texts that it does not contain, with their paths
    among the results.

    `findings` is Markdown, and `record` is how the results were made (provenance.json). Comments mark the places of
    figures (`with_figures`). The page opens without a network, and only a large study has texts in scripts. All text
    from the study is escaped. The content security policy of the page allows a browser to run only its own script,
    which it names by its hash, and scripts beside it if the study has some.
    """
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {
        "number": number,
        "thousands": thousands,
        "numeric_columns": numeric_columns,
        "plain": plain,
        "shown": shown,
    }
    environment.globals |= {"address": address, "ratio_picture": ratio_picture}
    groupings = record["config"]["groups"]
    tables = {**tables, "documents": with_groupings(tables["documents"], groupings)}
    units = UNITS | dict.fromkeys(groupings, UNITS["group"])
    read = read_findings(findings, tables)
    included = frozenset(documents_included(tables["documents"], read.documents))
    held = {name: texts[name] for name in texts if name in included}
    elsewhere = shards(tables["documents"], included)
    colours = theme_colours(theme_order(tables), record["config"]["theme_colours"])
    style, program = Markup(asset("page.css") + colour_rules(colours) + PRINTED), Markup(script())
    counts, keywords = totals(tables), keyword_lists(tables)
    further = further_tables(tables)
    page = environment.from_string(asset("page.html.jinja")).render(
        title=title,
        summary=summary(tables, counts),
        policy=content_policy([program], [style], beside=bool(elsewhere)),
        style=style,
        script=program,
        data=compressed(data_block(tables, held, elsewhere)),
        views=VIEWS,
        shown=shown_views(further, story),
        story=story,
        findings=read,
        not_annotated=what_is_missing(record["config"]["annotate"]),
        most_findings=MOST_FINDINGS,
        most_rows=MOST_TABLE_ROWS,
        most_printed=MOST_PRINTED_ROWS,
        reach=max([10.0, *(f.ratio[2] for f in read.stated if f.ratio)]),
        totals=counts,
        leading=leading_themes(tables),
        held=held,
        rates={unit: rate_tables(tables, unit, view) for unit, view in units.items()},
        groupings=groupings,
        baseline=_baseline(tables, record),
        documents=records(documents_shown(tables).head(MOST_TABLE_ROWS)),
        titles=short_titles(tables["documents"]),
        accounting=records(accounting_wide(tables).head(MOST_TABLE_ROWS)),
        kinds=words_by_kind(tables),
        warnings=warnings(tables["documents"], texts),
        incomplete=incomplete_notes(texts, tables["documents"], tables["sections"]),
        skipped=records(tables["skipped"]),
        copied=records(tables["reuse"].head(MOST_TABLE_ROWS)),
        changed=records(changed_paragraphs(tables).head(MOST_TABLE_ROWS)),
        keywords=keywords[:MOST_TABLE_ROWS],
        keywords_total=len(keywords),
        actors=actor_rows(tables),
        agreed=agreement(tables),
        measures=AGREEMENT,
        corrected_shares=corrected_shares(tables),
        corrected_contrasts=corrected_contrasts(tables),
        corrected_differences=corrected_differences(tables),
        code_problems=records(tables["code_problems"].head(MOST_TABLE_ROWS)),
        totals_of={name: len(tables[name]) for name in CODED},
        further=further_rows(tables, further),
        table_list=table_list(),
        file_of=recorded_files(record),
        parquet_alone=parquet_alone(record["tables"]),
        methods=methods_of(record),
        methods_text=methods_text(record, counts),
        citation=citation(record, title),
    )
    yield PAGE, page
    yield from shard_scripts(tables, texts, elsewhere)


def colour_rules(colours: Mapping[str, str]) -> str:
    """The rules of style that give each theme its colour, by its place among the themes."""
    return "".join(f".t{place} {{ --c: {colour}; fill: {colour}; }}\n" for place, colour in enumerate(colours.values()))


# Where the page is until it has its figures.
PAGE = "cache/page.html"
# The rule of style that prints no more rows of a table that the page cuts.
PRINTED = f"@media print {{ table[id] tbody tr:nth-child(n+{MOST_PRINTED_ROWS + 1}) {{ display: none; }} }}\n"
# The units whose rates are shown, and the view in which they are.
UNITS = {"section": "sections", "role": "sections", "document": "texts", "group": "texts"}
# The tables of hand codes.
CODED = ("validation", "corrected_shares", "corrected_contrasts", "corrected_differences", "code_problems")


def shown_views(further: dict[str, list[Table]], story: Story) -> set[str]:
    """The views that the page shows, whether or not they have figures: some always, others only if the study has tables
    or a story for them.
    """
    always = {"overview", "sections", "texts", "words", "read", "compare", "validity", "methods"}
    always |= {"story"} if story.parts or story.problems else set()
    return always | set(further)


def further_rows(
    tables: Tables, further: dict[str, list[Table]]
) -> dict[str, list[tuple[Table, list[Any], int, list[str]]]]:
    """For each view, the tables that are shown row by row, each with its first rows, the number of all its rows, and
    the columns that are shown.
    """
    rows = {table.name: shown_rows(tables, table.name) for listed in further.values() for table in listed}
    return {
        view: [
            (t, records(rows[t.name].head(MOST_TABLE_ROWS)), len(rows[t.name]), shown_columns(rows[t.name], t.name))
            for t in listed
        ]
        for view, listed in further.items()
    }


def _baseline(tables: Tables, record: Mapping[str, Any]) -> str | None:
    """The baseline of rates in words; None if no rate has one."""
    if tables["theme_rates"]["ratio"].isna().all():
        return None
    return said_baseline(record["config"]["baseline"], short_titles(tables["documents"]))
