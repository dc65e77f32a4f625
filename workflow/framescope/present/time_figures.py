"""Figures over the dates of publication: emphasis over time, and the years that texts talk about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from framescope.compare.counts.groupings import group_column, with_groupings
from framescope.compare.inference.families import EXPLORATORY
from framescope.present.claims import sentence, tested
from framescope.present.figure_style import FONT, MOST_THEMES, SPACED, Chart, Tables, marks, theme_order
from framescope.present.figures import Drawing, Settings, figure
from framescope.present.page.addresses import address
from framescope.present.page.formats import plain
from framescope.present.wording import many, number, records, short_titles

ALL_TEXTS, RATE, SHARE = "all texts", "rate_per_1000", "share_a"
# Groups beside one another in a drawing, and drawings of one grouping.
GROUPS_BESIDE, MOST_PAGES = 4, 3
# Intervals are drawn up to so many times the highest rate of a text.
HIGHEST = 1.1
# If there are more texts, the periods are drawn without them.
MOST_TEXTS = 400
# If there are more periods in a drawing, they would hide one another, and smooth lines are drawn without them.
MOST_PERIODS = 1_500
# If there are more circles, the years that texts talk about are counted in tens.
MOST_CIRCLES = 500
# A circle stands for this many mentions at least: a date of a century gives each of its years a hundredth of a mention.
LEAST_MENTIONS = 0.1
EVERY_THEME = "all"
WIDTH, HEIGHT = 640, 96
POINT, LINE, BREAK = "#9bb8b5", "#1f5a55", "#c0694e"


@dataclass(frozen=True)
class _Panels:
    """What a drawing shows: a panel for each name of `measured`, of all texts or of each of `groups` of a grouping."""

    measure: str
    measured: Sequence[str]
    option: str = ALL_TEXTS
    grouping: str = ""
    groups: Sequence[str] = ("",)

    @property
    def name(self) -> str:
        """The column that names what is measured."""
        return "contrast" if self.measure == SHARE else "theme"


@figure(
    "trends",
    "Emphasis over time",
    "Hits per 1,000 words by date of publication, on the six themes with most hits, or the share of the side that a "
    "contrast names first. A point is a text, a bar the interval of a period, drawn up to a tenth above the highest "
    "text, the line a smooth one with its band, broken where no texts stand. A red line marks a break, its shade the "
    "interval of the date: a whole line one that is established, a broken line a lead, which is one among the themes "
    "and groups that are only explored. Each theme has a scale of its own, which groups share.",
    tables=("trends", "changes", "theme_rates", "documents"),
    choice="texts",
)
def trends_by_theme(tables: Tables, settings: Settings) -> list[Drawing]:
    """Texts, periods, smooth lines and breaks: the leading themes in all texts, the contrasts, and the themes in the
    groups of each grouping, the groups beside one another.
    """
    rows = tables["trends"]
    if rows["first"].nunique() < 2:
        return []
    made = (_drawing(tables, settings, panels) for panels in _panels(tables, settings))
    return [drawing for drawing in made if drawing is not None]


def _panels(tables: Tables, settings: Settings) -> Iterator[_Panels]:
    trends, themes = tables["trends"], theme_order(tables)[:MOST_THEMES]
    yield _Panels(RATE, themes)
    contrasts = [str(contrast["name"]) for contrast in settings.contrasts]
    yield _Panels(SHARE, [name for name in contrasts if name in set(trends["contrast"])], "contrasts")
    grouped = (trends["unit"] == "period") & (trends["grouping"] != "") & (trends["measure"] == RATE)
    periods = trends.loc[grouped, ["grouping", "group", "theme", "words"]]
    for grouping, own in periods.groupby("grouping", sort=False):
        words = own[own["theme"].isin(themes[:1])].groupby("group")["words"].sum()
        groups = [str(group) for group in words.sort_index().sort_values(ascending=False, kind="stable").index]
        pages = [groups[place : place + GROUPS_BESIDE] for place in range(0, len(groups), GROUPS_BESIDE)]
        for place, page in enumerate(pages[:MOST_PAGES], 1):
            option = f"by {grouping}" + (f", {place} of {min(len(pages), MOST_PAGES)}" if len(pages) > 1 else "")
            yield _Panels(RATE, themes, option, str(grouping), page)


def _drawing(tables: Tables, settings: Settings, panels: _Panels) -> Drawing | None:
    """A drawing of the panels, or none where fewer than two dates have a value."""
    texts, others = _texts_of(tables, panels), _others_of(tables["trends"], panels)
    if texts["first"].nunique() < 2:
        return None
    called, count = short_titles(tables["documents"]), texts["document"].nunique()
    note = f"{many(count, 'text')}. {settings.interval}"
    every = _groups_of(tables["trends"], panels.grouping)
    if every > GROUPS_BESIDE:
        note += f" Of {every} groups those with most words are drawn first, {GROUPS_BESIDE} at a time."
    if count <= MOST_TEXTS:
        shown = pd.concat([texts, others])
    elif (others["unit"] == "period").sum() > MOST_PERIODS:
        shown = others[others["unit"] == "smooth"]
        note += " Texts and periods are too many to be drawn: trends.csv has them."
    else:
        shown = others
        note += " Single texts are not drawn, but the rate of each period: trends.csv has them."
    if not (shown["unit"] == "smooth").any():
        note += " With fewer than twenty dates there is no smooth line and no test."
    drawn = _said(shown, called, panels, settings)
    if not (drawn["unit"] == "document").any():
        drawn = pd.concat([drawn, drawn[drawn["unit"] == "period"].assign(unit="document")])
    marked = pd.concat([drawn, _breaks(tables["changes"], panels)])
    chart = _beside(marked, panels) if panels.grouping else _below(marked, panels)
    claim = _claim_of_groups(tables["changes"], panels) if panels.grouping else _claim(tables, settings, panels)
    return Drawing(chart, _readable(shown, called, panels), claim, note, panels.option)


def _groups_of(trends: pd.DataFrame, grouping: str) -> int:
    """The number of groups of a grouping that have periods."""
    return trends.loc[(trends["unit"] == "period") & (trends["grouping"] == grouping), "group"].nunique()


def _measured(trends: pd.DataFrame, panels: _Panels) -> pd.Series:
    """Which rows are about what the panels measure."""
    return (trends["measure"] == panels.measure) & trends[panels.name].isin(panels.measured)


def _texts_of(tables: Tables, panels: _Panels) -> pd.DataFrame:
    """The rows of `trends` about single texts in the panels, which have the group of the grouping that is shown."""
    rows = tables["trends"]
    rows = rows[(rows["unit"] == "document") & _measured(rows, panels)]
    if not panels.grouping:
        return rows.assign(grouping="", group="")
    crossed = () if panels.grouping == "group" else (panels.grouping,)
    documents = with_groupings(tables["documents"], crossed).set_index("document")
    groups = rows["document"].map(documents[group_column(panels.grouping)].fillna("").astype(str))
    shown = groups.isin(panels.groups)
    return rows[shown].assign(grouping=panels.grouping, group=groups[shown])


def _others_of(trends: pd.DataFrame, panels: _Panels) -> pd.DataFrame:
    """The rows of `trends` about periods and smooth lines in the panels."""
    own = (trends["unit"] != "document") & (trends["grouping"] == panels.grouping)
    return trends[own & trends["group"].isin(panels.groups) & _measured(trends, panels)]


def _said(rows: pd.DataFrame, called: Mapping[str, str], panels: _Panels, settings: Settings) -> pd.DataFrame:
    """The rows with the day at which each is drawn, what its mark says, and the address of the sentences behind it."""
    # A period of few texts may have an interval that would leave the others no height.
    texts = rows["unit"] == ("document" if (rows["unit"] == "document").any() else "period")
    most = rows[texts].groupby(panels.name)["estimate"].max()
    shown = rows.assign(day=_middle(rows), high=rows["high"].clip(upper=HIGHEST * rows[panels.name].map(most)))
    of_sides = {str(contrast["name"]): "|".join([*contrast["a"], *contrast["b"]]) for contrast in settings.contrasts}
    themes = of_sides if panels.measure == SHARE else {}
    said, addresses = [], []
    for _, row in records(shown):
        whole, named = row["unit"] == "document", str(row[panels.name])
        where = called[row["document"]] if whole else row["period"]
        value = f"{row['estimate']:.0%} of both sides" if themes else f"{number(row['estimate'])} hits per 1,000 words"
        said.append(f"{plain(named)} in {where}: {value}")
        unit = f"document:{row['document']}" if whole else f"published:{row['first']}/{row['last']}"
        among = f"{panels.grouping}:{row['group']}" if panels.grouping and not whole else ""
        addresses.append(address("time", theme=themes.get(named, named), unit=unit, group=among))
    return shown.assign(said=said, address=addresses)


def _breaks(changes: pd.DataFrame, panels: _Panels) -> pd.DataFrame:
    """The breaks that pass their tests, established ones and leads: a row for each, and one for its interval."""
    breaks = _changes_of(changes, panels).query("test == 'break' and verdict == 'differs'")
    place = [panels.name, "group"]
    ends = breaks[place].assign(first=breaks["break_low"], last=breaks["break_high"], unit="break interval")
    lead = (breaks["family"] == EXPLORATORY).map({True: "lead", False: "break"})
    return pd.concat([breaks[[*place, "break_at"]].assign(unit=lead), ends])


def _changes_of(changes: pd.DataFrame, panels: _Panels) -> pd.DataFrame:
    """The rows of `changes` about what the panels show."""
    own = (changes["grouping"] == panels.grouping) & changes["group"].isin(panels.groups)
    return changes[own & (changes["measure"] == panels.measure) & changes[panels.name].isin(panels.measured)]


def _claim(tables: Tables, settings: Settings, panels: _Panels) -> str:
    """The change with the smallest p that stands, or why there is none."""
    statable = tested(tables, settings.confidence).query("table == 'changes'")
    own = statable[statable[panels.name].isin(panels.measured)]
    standing = own[own["stands"]].sort_values("p", kind="stable")
    if len(standing):
        return _change_said(standing.iloc[0], panels, "")
    if len(own):
        return "No trend and no break is established"
    tests = bool(_changes_of(tables["changes"], panels)["p"].notna().any())
    return "Emphasis over time; " + ("findings test the focus themes" if tests else "too few dates for a test")


def _claim_of_groups(changes: pd.DataFrame, panels: _Panels) -> str:
    """How many of the exploratory tests of these groups find a change, and the one with the smallest p."""
    own = _changes_of(changes, panels).dropna(subset="p")
    by = f"By {panels.grouping}"
    if own.empty:
        return f"{by}: too few dates in each group for a test"
    found = own[own["verdict"] == "differs"].sort_values("p", kind="stable")
    if found.empty:
        return f"{by}, none of {many(len(own), 'exploratory test')} finds a change"
    clearest = _change_said(found.iloc[0], panels, f" in {found['group'].iloc[0]}")
    clearest = clearest[:1].lower() + clearest[1:]
    return f"{by}, {len(found)} of {many(len(own), 'exploratory test')} find a change; the clearest: {clearest}"


def _change_said(row: pd.Series, panels: _Panels, where: str) -> str:
    before, after = float(row["before"]), float(row["after"])
    how = "rises" if after > before else "falls"
    named = sentence(plain(row[panels.name]))
    if panels.measure == SHARE:
        return f"{named}: the share of the side named first {how}{where} from {before:.0%} to {after:.0%}"
    return f"{named} {how}{where} from {number(before)} to {number(after)} hits per 1,000 words"


def _readable(rows: pd.DataFrame, called: Mapping[str, str], panels: _Panels) -> pd.DataFrame:
    """The values under names for readers; those of smooth lines are many and say little one by one."""
    value = "hits per 1,000 words" if panels.measure == RATE else "share of side a"
    shown = {"unit": "kind", **({"group": "group"} if panels.grouping else {})}
    shown |= {"document": "text", "period": "period", panels.name: panels.name}
    shown |= {"estimate": value, "low": "low", "high": "high"}
    named = {"document": rows["document"].map(called).fillna(""), panels.name: rows[panels.name].map(plain)}
    return rows.assign(**named)[rows["unit"] != "smooth"][list(shown)].rename(columns=shown)


def _below(shown: pd.DataFrame, panels: _Panels) -> Chart:
    """A panel below the other for each theme or contrast."""
    header = alt.Header(
        labelExpr=SPACED, labelAngle=0, labelOrient="top", labelAnchor="start", labelPadding=2, labelFontWeight="bold"
    )
    row = alt.Row(f"{panels.name}:N", sort=list(panels.measured), title=None, header=header)
    return (
        alt.layer(*_layers(panels, alt.Undefined), data=_drawn_columns(shown, panels), width=WIDTH, height=HEIGHT)
        .facet(row=row, spacing=8)
        .resolve_scale(y="independent")
    )


def _beside(shown: pd.DataFrame, panels: _Panels) -> Chart:
    """A row of panels for each theme, in which the groups stand beside one another with the same scales."""
    header = alt.Header(labelAnchor="start", labelPadding=2, labelLimit=WIDTH // len(panels.groups))
    column = alt.Column("group:N", sort=list(panels.groups), title=None, header=header)
    span = [str(shown["first"].dropna().min()), str(shown["last"].dropna().max())]
    width, drawn = WIDTH // len(panels.groups) - 8, _drawn_columns(shown, panels)
    rows = []
    for name in panels.measured:
        layers = alt.layer(*_layers(panels, span), width=width, height=HEIGHT)
        title = alt.TitleParams(plain(name), anchor="start", font=FONT, fontSize=11)
        of_theme = layers.facet(column=column, spacing=8, data=drawn).transform_filter(alt.datum[panels.name] == name)
        rows.append(of_theme.properties(title=title))
    return alt.vconcat(*rows, spacing=6)


def _drawn_columns(shown: pd.DataFrame, panels: _Panels) -> pd.DataFrame:
    kept = ["unit", panels.name, *(["group"] if panels.grouping else []), "first", "last", "day", "segment"]
    return shown[[*kept, "estimate", "low", "high", "break_at", "said", "address"]]


def _layers(panels: _Panels, span: Sequence[str] | alt.UndefinedType) -> list[alt.Chart]:
    """Interval of a break, break, lead, periods, band, line and texts, each of its own kind of rows."""
    # Days are drawn as UTC, so that the figure is the same in every time zone.
    utc = alt.Scale(type="utc", padding=8, domain=span)
    axis = alt.Axis(labelFlush=False, tickCount=4 if panels.grouping else alt.Undefined)
    day = alt.X("day:T", title=None if panels.grouping else "published", scale=utc, axis=axis)
    shares = panels.measure == SHARE
    axis = alt.Axis(format="%" if shares else alt.Undefined, tickCount=4)
    value = alt.Y("estimate:Q", title="share" if shares else "per 1,000 words", axis=axis)
    evidence = {"description": "said:N", "href": "address:N"}

    def of(unit: str) -> alt.Chart:
        return alt.Chart().transform_filter(alt.datum.unit == unit)

    segment = alt.Detail("segment:N")
    band, line = of("smooth").mark_area(color=LINE, opacity=0.12, aria=False), of("smooth").mark_line
    shade = of("break interval").mark_rect(color=BREAK, opacity=0.12, aria=False)
    return [
        shade.encode(alt.X("first:T", scale=utc), x2=alt.X2("last:T")),
        of("break").mark_rule(color=BREAK).encode(alt.X("break_at:T", scale=utc)),
        of("lead").mark_rule(color=BREAK, strokeDash=[4, 3]).encode(alt.X("break_at:T", scale=utc)),
        of("period")
        .mark_rule(color=POINT, strokeWidth=5, opacity=0.45)
        .encode(day, y=alt.Y("low:Q"), y2=alt.Y2("high:Q"), **evidence),
        band.encode(day, y=alt.Y("low:Q"), y2=alt.Y2("high:Q"), detail=segment),
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
    rows = timeline[timeline["series"].isin(["years", "own days"]) & (timeline["theme"] == EVERY_THEME)]
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
    diagonal = (
        alt.Chart(same)
        .mark_line(color=BREAK, strokeWidth=1, aria=False)
        .encode(x=alt.X("published:Q"), y=alt.Y("year:Q"))
    )
    return alt.layer(circles, diagonal, width=640, height=360)
