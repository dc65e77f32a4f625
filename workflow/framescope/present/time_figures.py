"""Figures over the dates of publication: emphasis over time, and the years that texts talk about."""

from __future__ import annotations

import altair as alt
import pandas as pd

from framescope.compare.inference.families import EXPLORATORY
from framescope.present.claims import sentence, tested
from framescope.present.figure_style import MOST_THEMES, SPACED, Chart, Tables, marks, theme_order
from framescope.present.figures import Drawing, Settings, figure
from framescope.present.page.addresses import address
from framescope.present.page.formats import plain
from framescope.present.wording import many, number, records, short_titles

EVERYTHING, ALL_TEXTS = "all", "all texts"
# Intervals are drawn up to so many times the highest rate of a text.
HIGHEST = 1.1
# If there are more texts, the periods are drawn without them.
MOST_TEXTS = 400
# If there are more circles, the years that texts talk about are counted in tens.
MOST_CIRCLES = 500
# A circle stands for this many mentions at least: a date of a century gives each of its years a hundredth of a mention.
LEAST_MENTIONS = 0.1
POINT, LINE, BREAK = "#9bb8b5", "#1f5a55", "#c0694e"


@figure(
    "trends",
    "Emphasis over time",
    "Hits per 1,000 words by date of publication, on the six themes with most hits. A point is a text, a bar the "
    "interval of a period, drawn up to a tenth above the highest text, the line a smooth one with its band, broken "
    "where no texts stand. A red line marks a break, its shade the interval of the date: a whole line one that is "
    "established, a broken line a lead, which is one among the themes that are only explored. Each theme has a scale "
    "of its own.",
    tables=("trends", "changes", "theme_rates", "documents"),
    choice="texts",
)
def trends_by_theme(tables: Tables, settings: Settings) -> list[Drawing]:
    """Texts, periods, smooth lines and breaks of the leading themes, a drawing for all texts and for each group."""
    themes = theme_order(tables)[:MOST_THEMES]
    rows = tables["trends"]
    rows = rows[rows["theme"].isin(themes)]
    if rows.empty or rows["first"].nunique() < 2:
        return []
    called = short_titles(tables["documents"])
    changes = tested(tables, settings.confidence).query("table == 'changes'")
    made = []
    for group in ["", *sorted({group for group in rows.loc[rows["unit"] == "period", "group"] if group})]:
        texts = (rows["unit"] == "document") & ((rows["group"] == group) | (group == ""))
        shown = rows[texts | ((rows["unit"] != "document") & (rows["group"] == group))]
        if rows.loc[texts, "first"].nunique() < 2:
            continue
        note = f"{many(rows.loc[texts, 'document'].nunique(), 'text')}. {settings.interval}"
        if rows.loc[texts, "document"].nunique() > MOST_TEXTS:
            shown = shown[shown["unit"] != "document"]
            note += " Single texts are not drawn, but the rate of each period: trends.csv has them."
        if not (shown["unit"] == "smooth").any():
            note += " With fewer than twenty dates there is no smooth line and no test."
        leads = tables["changes"].query("group == @group")["p"].notna().any()
        claim = _claim_of_changes(changes[changes["group"] == group], themes, group, bool(leads))
        drawn = _trends_said(shown, called, group)
        if not (drawn["unit"] == "document").any():
            drawn = pd.concat([drawn, drawn[drawn["unit"] == "period"].assign(unit="document")])
        chart = _trends(drawn, _breaks(tables["changes"], themes, group), themes)
        made.append(Drawing(chart, _trend_rows(shown, called), claim, note, group or ALL_TEXTS))
    return made


def _claim_of_changes(changes: pd.DataFrame, themes: list[str], group: str, tests: bool) -> str:
    """The change with the smallest p that stands, or why there is none.

    `changes` are those that findings may state, `tests` is whether there are any tests at all.
    """
    of = f" in the texts of {group}" if group else ""
    own = changes[changes["theme"].isin(themes)]
    standing = own[own["stands"]].sort_values("p", kind="stable")
    if standing.empty and len(own):
        return f"No trend and no break is established{of}"
    if standing.empty:
        return f"Emphasis over time{of}; " + (
            "findings test all texts together" if tests else "too few dates for a test"
        )
    row = standing.iloc[0]
    before, after = float(row["before"]), float(row["after"])
    how = "rises" if after > before else "falls"
    theme = sentence(plain(row["theme"]))
    return f"{theme} {how}{of} from {number(before)} to {number(after)} hits per 1,000 words"


def _trends_said(rows: pd.DataFrame, called: dict[str, str], group: str) -> pd.DataFrame:
    """The rows with the day at which each is drawn, what its mark says, and the address of the sentences behind it."""
    # A period of few texts may have an interval that would leave the others no height.
    texts = rows["unit"] == ("document" if (rows["unit"] == "document").any() else "period")
    most = rows[texts].groupby("theme")["estimate"].max()
    shown = rows.assign(day=_middle(rows), high=rows["high"].clip(upper=HIGHEST * rows["theme"].map(most)))
    said, addresses = [], []
    for _, row in records(shown):
        whole = row["unit"] == "document"
        name = called[row["document"]] if whole else row["period"]
        said.append(f"{plain(row['theme'])} in {name}: {number(row['estimate'])} hits per 1,000 words")
        unit = f"document:{row['document']}" if whole else f"published:{row['first']}/{row['last']}"
        within = {"group": group} if group and not whole else {}
        addresses.append(address("time", theme=str(row["theme"]), unit=unit, **within))
    return shown.assign(said=said, address=addresses)


def _breaks(changes: pd.DataFrame, themes: list[str], group: str) -> pd.DataFrame:
    """The breaks that pass their tests, established ones and leads: a row for each, and one for its interval."""
    breaks = changes[(changes["test"] == "break") & (changes["verdict"] == "differs")]
    breaks = breaks[breaks["theme"].isin(themes) & (breaks["group"] == group)]
    ends = breaks[["theme"]].assign(first=breaks["break_low"], last=breaks["break_high"], unit="break interval")
    lead = (breaks["family"] == EXPLORATORY).map({True: "lead", False: "break"})
    return pd.concat([breaks[["theme", "break_at"]].assign(unit=lead), ends])


def _trend_rows(rows: pd.DataFrame, called: dict[str, str]) -> pd.DataFrame:
    shown = {"unit": "kind", "document": "text", "period": "period", "theme": "theme"}
    shown |= {"estimate": "hits per 1,000 words", "low": "low", "high": "high"}
    named = rows.assign(document=rows["document"].map(called).fillna(""), theme=rows["theme"].map(plain))
    return named[named["unit"] != "smooth"][list(shown)].rename(columns=shown)


def _trends(shown: pd.DataFrame, breaks: pd.DataFrame, themes: list[str]) -> Chart:
    kept = ["unit", "theme", "first", "last", "day", "segment", "estimate", "low", "high", "said", "address"]
    header = alt.Header(
        labelExpr=SPACED, labelAngle=0, labelOrient="top", labelAnchor="start", labelPadding=2, labelFontWeight="bold"
    )
    return (
        alt.layer(*_layers(), data=pd.concat([shown[kept], breaks]))
        .properties(width=640, height=96)
        .facet(row=alt.Row("theme:N", sort=themes, title=None, header=header), spacing=8)
        .resolve_scale(y="independent")
    )


def _layers() -> list[alt.Chart]:
    """Interval of a break, break, lead, periods, band, line and texts, each of its own kind of rows."""
    # Days are drawn as UTC, so that the figure is the same in every time zone.
    utc = alt.Scale(type="utc", padding=8)
    day = alt.X("day:T", title="published", scale=utc, axis=alt.Axis(labelFlush=False))
    value = alt.Y("estimate:Q", title="per 1,000 words")
    evidence = {"description": "said:N", "href": "address:N"}

    def of(unit: str) -> alt.Chart:
        return alt.Chart().transform_filter(alt.datum.unit == unit)

    segment = alt.Detail("segment:N")
    band, line = of("smooth").mark_area(color=LINE, opacity=0.12, aria=False), of("smooth").mark_line
    shade = of("break interval").mark_rect(color=BREAK, opacity=0.12, aria=False)
    return [
        shade.encode(alt.X("first:T", scale=utc), x2="last:T"),
        of("break").mark_rule(color=BREAK).encode(alt.X("break_at:T", scale=utc)),
        of("lead").mark_rule(color=BREAK, strokeDash=[4, 3]).encode(alt.X("break_at:T", scale=utc)),
        of("period")
        .mark_rule(color=POINT, strokeWidth=5, opacity=0.45)
        .encode(day, y="low:Q", y2="high:Q", **evidence),
        band.encode(day, y="low:Q", y2="high:Q", detail=segment),
        line(color=LINE, strokeWidth=1.6, aria=False).encode(day, value, detail=segment),
        of("document").mark_point(color=LINE, opacity=0.6, size=30, filled=True).encode(day, value, **evidence),
    ]


def _middle(rows: pd.DataFrame) -> pd.Series:
    """The middle day of each row, as ISO text."""
    first, last = (rows[end].to_numpy(str).astype("M8[D]") for end in ("first", "last"))
    return pd.Series((first + (last - first) // 2).astype(str), rows.index)


@figure(
    "lookback",
    "Years talked about, by year of speaking",
    "Each circle is a year that the texts of a year mention, the larger the more mentions; the line is the year of "
    "publication itself, so that what lies below it is the past and what lies above it the future.",
    tables=("timeline", "lookback"),
)
def years_talked_about(tables: Tables, settings: Settings) -> list[Drawing]:
    """Mentioned years over years of publication, with the line where both are the same."""
    years = tables["lookback"].drop_duplicates("document").set_index("document")["year"]
    timeline = tables["timeline"]
    rows = timeline[timeline["series"].isin(["years", "own days"]) & (timeline["theme"] == EVERYTHING)]
    rows = rows.assign(published=rows["document"].map(years)).dropna(subset="published")
    if rows["published"].nunique() < 2:
        return []
    rows = rows.assign(year=rows["period"].astype(int), published=rows["published"].astype(int))
    shown = rows.groupby(["published", "year"], as_index=False)[["weight"]].sum()
    first, last = int(shown["published"].min()), int(shown["published"].max())
    # Mentions of remote centuries would leave the others no room.
    furthest = 2 * (last - first) + 50
    near = shown[(shown["year"] > first - furthest) & (shown["year"] < last + furthest)]
    step = 1 if len(near) <= MOST_CIRCLES else 10
    near = (
        near.assign(year=near["year"] // step * step).groupby(["published", "year"], as_index=False)[["weight"]].sum()
    )
    near = near[near["weight"] >= LEAST_MENTIONS]
    left_out = shown["weight"].sum() - near["weight"].sum()
    past = shown.loc[shown["year"] < shown["published"], "weight"].sum() / shown["weight"].sum()
    claim = f"{past:.0%} of the mentions of years are of years before the text's own"
    note = f"{many(rows['document'].nunique(), 'text')} with a date of publication."
    note += " Years talked about are counted in tens." if step > 1 else ""
    if left_out >= 1:
        note += f" Not shown: {many(round(left_out), 'mention')} of years further away, or of dates of very many years."
    table = near.rename(columns={"published": "year of publication", "year": "year talked about", "weight": "mentions"})
    return [Drawing(_years_over_years(near, step, first, last), table, claim, note)]


def _years_over_years(near: pd.DataFrame, step: int, first: int, last: int) -> Chart:
    said, addresses = [], []
    for published, year, weight in near[["published", "year", "weight"]].to_records(index=False).tolist():
        years = str(year) if step == 1 else f"{year}/{year + step - 1}"
        said.append(f"texts of {published} talk about {years.replace('/', ' to ')}: {number(weight)} mentions")
        addresses.append(address("time", mentioned=years, unit=f"published:{published}"))
    scale = alt.Scale(zero=False)
    axis = alt.Axis(format="d", labelFlush=False)
    circles = (
        marks(near.assign(said=said, address=addresses))
        .mark_circle(color=LINE, opacity=0.5)
        .encode(
            x=alt.X("published:Q", title="year of publication", scale=scale, axis=axis),
            y=alt.Y("year:Q", title="year talked about", scale=scale, axis=axis),
            size=alt.Size("weight:Q", title="mentions", legend=alt.Legend(tickCount=4)),
        )
    )
    same = pd.DataFrame({"published": [first, last], "year": [first, last]})
    diagonal = alt.Chart(same).mark_line(color=BREAK, strokeWidth=1, aria=False).encode(x="published:Q", y="year:Q")
    return alt.layer(circles, diagonal).properties(width=640, height=360)
