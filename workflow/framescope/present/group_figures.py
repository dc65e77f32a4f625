"""Figures of groups of texts."""

from __future__ import annotations

from framescope.compare.counts.groupings import name_column, spans_documents
from framescope.present.claims import asked_in_advance, claim_of_rates, tested
from framescope.present.figure_style import Tables, theme_order
from framescope.present.figures import Drawing, Settings, figure
from framescope.present.page.formats import plain
from framescope.present.section_figures import ranked_rates, rate_rows, rates_said
from framescope.present.wording import many, number

MOST_THEMES, MOST_GROUPS = 4, 24


@figure(
    "groups",
    "Themes by group",
    "Hits per 1,000 words of the author in each group of texts, the highest rate first, each with its "
    "interval. The dashed line is the rate of all texts together.",
    tables=("theme_rates",),
    view="texts",
    choice="theme",
)
def themes_by_group(tables: Tables, settings: Settings) -> list[Drawing]:
    """Ranked dots: a drawing for each of the leading themes and each way to group texts."""
    rates = tables["theme_rates"]
    kinds = [kind for kind in rates["unit"].unique() if spans_documents(kind) and kind != "role"]
    differences, asked = tested(tables, settings.confidence), asked_in_advance(tables)
    made = []
    for kind in kinds:
        for theme in theme_order(tables)[:MOST_THEMES]:
            own = rates[(rates["unit"] == kind) & (rates["theme"] == theme)]
            if len(own) < 2:
                continue
            shown = own.nlargest(MOST_GROUPS, "words")
            shown = rates_said(shown.assign(label=shown[name_column(kind)]), "texts")
            texts = rates[(rates["unit"] == "document") & (rates["theme"] == theme)]
            together = 1000 * float(texts["hits"].sum()) / float(texts["words"].sum())
            chart = ranked_rates(shown, theme, together)
            names = {str(name): str(name) for name in shown["label"]}
            within = differences[differences["unit"] == kind]
            claim = claim_of_rates(shown.assign(unit=shown["label"]), within, asked, names, "group")
            note = f"{many(len(own), 'group')}" + (
                f", the {len(shown)} with most words" if len(own) > len(shown) else ""
            )
            note += f"; all texts together {number(together)}. {settings.interval}"
            made.append(Drawing(chart, rate_rows(shown, kind), claim, note, f"{plain(theme)}, by {kind}"))
    return made
