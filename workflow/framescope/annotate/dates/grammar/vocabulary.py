"""The words and signs in dates: a table in which each line has a kind, a value, and the words that express it."""

from __future__ import annotations

from typing import Any

from framescope.annotate.dates.grammar.engine import Kinds

KINDS = Kinds()

# Words of a "name" line are written with a capital, of an "exact" one exactly as here, others in lower case, with a
# capital, or in capitals. "1-" counts up from 1 along the line, "-" skips a place.
TABLE = """
month_name 1-: january february - - - - july - september october november december
month_word name 1-: - - March April May June - August
month_short name 1-: Jan Feb Mar Apr - Jun Jul Aug Sep Oct Nov Dec
month_short name 9: Sept
weekday name 0-: Monday Tuesday Wednesday Thursday Friday Saturday Sunday
weekdays name 0-: Mondays Tuesdays Wednesdays Thursdays Fridays Saturdays Sundays
weekday_short name 0-: Mon Tue Wed Thu Fri Sat Sun
weekday_short name 1: Tues
weekday_short name 3: Thur Thurs
cardinal_word 1-: one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
cardinal_word 17-: seventeen eighteen nineteen
ordinal_word 1-: first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
ordinal_word 14-: fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
ordinal_word 30: thirtieth
ten 20: twenty
ten 30: thirty
ten 40: forty
ten 50: fifty
ten 60: sixty
ten 70: seventy
ten 80: eighty
ten 90: ninety
decade_word 20: twenties
decade_word 30: thirties
decade_word 40: forties
decade_word 50: fifties
decade_word 60: sixties
decade_word 70: seventies
decade_word 80: eighties
decade_word 90: nineties
scale 100: hundred
scale 1000: thousand
scale 1000000: million
scale 1000000000: billion
season SP: spring
season SU: summer
season FA: autumn
season WI: winter
fall FA: fall
day day: day
eve: eve
holiday name christmas: Christmas
holiday name thanksgiving: Thanksgiving
holiday name halloween: Halloween
holiday name easter: Easter
feast name valentine: Valentine
feast name labor_day: Labor
feast name memorial_day: Memorial
feast name columbus_day: Columbus
feast name veterans_day: Veterans
feast name armistice_day: Armistice
feast name boxing_day: Boxing
feast name bastille_day: Bastille
possessive exact: s
week week: week
month_unit month: month
year year: year
weekend weekend: weekend
decade decade: decade
century century: century
quarter quarter: quarter
millennium millennium: millennium
years year: years
units day: days
units week: weeks
units month: months
units weekend: weekends
units decade: decades
units century: centuries
units quarter: quarters
units millennium: millennia millenniums
hours exact hour: hours hour
hours exact minute: minutes minute
hours exact second: seconds
whole_length exact PT1H: hourlong
whole_length exact P1D: daylong
whole_length exact P1W: weeklong
whole_length exact PXW: weekslong
whole_length exact P1M: monthlong
whole_length exact PXM: monthslong
whole_length exact P1Y: yearlong
whole_length exact PXY: yearslong decadeslong
whole_length exact P10Y: decadelong
set_word exact PT1H: hourly
set_word exact P1D: daily nightly
set_word exact P1W: weekly
set_word exact P2W: fortnightly biweekly
set_word exact P1M: monthly
set_word exact P2M: bimonthly
set_word exact P3M: quarterly
set_word exact P6M: semiannual semiannually
set_word exact P1Y: annually yearly annual
set_word exact P2Y: biennial biennially
times: once twice times percent percentage
per: per
than: than nearly almost
alternate: other
all: all entire
more: more additional further consecutive straight full whole successive
lasting: long
old: old
age: age
daypart MO: morning
daypart AF: afternoon
daypart EV: evening
daypart NI: night
noon exact T12:00: noon midday
noon exact T24:00: midnight
the: the
a 1: a an
of: of
in: in
on: on
at: at
during: during throughout within
over: over for
and: and
or: or
to: to
through: through thru
from: from
between: between
since: since
until: until till
by: by
before: before
after: after
following: following
pre: pre
post: post
circa: circa ca
about: about around approximately roughly
third_of 1: early
third_of 2: mid
third_of 3: late
edge 1: beginning start dawn onset outset outbreak
edge 2: middle midst
edge 3: end close
turn: turn
portion: part portion phase stage stages
half: half
midyear: midyear
last -1: last
final: final closing
opening: opening initial
past -1: past preceding
next 1: next coming upcoming
ahead: ahead
this 0: this
current 0: current present
these: these those
previous -1: previous
subsequent 1: subsequent ensuing
same: same
that 0: that
ago -1: ago
back -1: back
earlier -1: earlier previously
later 1: later afterwards afterward thereafter hence
latter: latter
now exact: now
today 0: today
yesterday -1: yesterday
tomorrow 1: tomorrow
tonight: tonight
every: every each
reference PRESENT_REF: currently nowadays presently
reference PAST_REF: recently recent lately
future exact: future
prospect exact: near foreseeable distant immediate
moment_word exact: moment
juncture exact: point time
local exact: local
modal exact: will would can could might should shall must not
ended exact: ended ending
lasted exact: take takes took taken lasts lasted spend spends spent waited
vague: several few couple many some dozens hundreds thousands
new: new
fiscal: fiscal financial
"""

SIGNS = {
    "circa": ["c"],
    "fy": ["FY"],
    "common_era": ["AD", "CE", "A.D.", "C.E."],
    "before_christ": ["BC", "BCE", "B.C.", "B.C.E."],
    "hijri": ["AH", "A.H."],
    "zone": ["GMT", "UTC", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "ET", "BST", "CET"],
    "am": ["am"],
    "meridiem": ["pm", "a.m.", "p.m.", "AM", "PM", "A.M.", "P.M."],
    "comma": [","],
    "dot": ["."],
    "slash": ["/"],
    "stop": [";", ":", "(", ")", "[", "]", "!", "?", "”", "“", '"'],
    "apostrophe": ["'", "’", "‘"],
    "dash": ["-", "‐", "‑", "–", "—", "−"],
    "nine_eleven": ["9/11"],
    "space": [" "],
}

SHAPED = ("iso", "numeric_date", "clock", "decimal", "big_number", "era", "url", "blank_line", "other")
MADE = (
    *("ordinal", "count", "count_range", "marked_year", "date", "bare_year", "yearless", "relative", "time", "moment"),
    *("other_time", "refused"),
)

SETS = {
    "month": "month_name month_word month_short",
    "weekday_any": "weekday weekday_short",
    "any_season": "season fall",
    "two_digits": "padded number_12 number_31 number_99",
    "two_or_three": "two_digits number_999 number_year",
    "whole": "two_or_three big_number",
    "digits": "whole decimal",
    "day_number": "padded number_12 number_31",
    "nth": "ordinal ordinal_word",
    "day_or_nth": "day_number nth",
    "plain": "digits cardinal_word ten",
    "number": "plain count",
    "year_number": "number_year marked_year",
    "year_loose": "year_number number_999",
    "era_mark": "common_era before_christ",
    "dash_or_slash": "dash slash",
    "join": "and or to dash through until",
    "unit": "day week month_unit year weekend decade century quarter millennium",
    "span": "week month_unit year decade",
    "long_unit": "span quarter century millennium",
    "part_unit": "week month_unit decade century",
    "plural": "years units",
    "unit_any": "unit plural",
    "measure": "unit_any hours",
    "lasting_unit": "day week month_unit year weekend decade century hours",
    "for_how_long": "over in during after following about than from until lasted",
    "plural_or_hours": "years units hours",
    "half_of_day": "meridiem am",
    "how_often": "times count big_number decimal number_999",
    "clock_number": "number_year big_number",
    "counted": "the nth digits last final opening third_of past next these edge",
    "reading": "date bare_year yearless relative",
    "near": "about circa",
    "end_of_clause": "comma dot stop",
    "leading": "in by about until since from to dash before after of between and",
    "dating": "in on of over since until by before after from to between through during third_of edge near",
    "stepping": "last next this that same previous following subsequent",
}


def _numbers() -> dict[str, tuple[str, Any]]:
    words: dict[str, tuple[str, Any]] = {}
    for number in range(2200):
        kind = "number_year" if number >= 1000 else "number_999" if number >= 100 else "number_99"
        kind = "number_12" if number <= 12 else "number_31" if number <= 31 else kind
        words[f"{number}"] = (kind, number)
        if number < 10:
            words[f"{number:02d}"] = ("padded", number)
    for number in range(1, 100):
        suffix = {1: "st", 2: "nd", 3: "rd"}.get(0 if number // 10 == 1 else number % 10, "th")
        words[f"{number}{suffix}"] = words[f"{number}{suffix.upper()}"] = ("ordinal", number)
    for number in range(0, 2200, 10):
        for sign in ("s", "'s", "’s"):
            if number < 100:
                words[f"{number:02d}{sign}"] = ("decade_short", number)
            elif number >= 1000:
                words[f"{number}{sign}"] = ("decade_number", number)
    for part, parts in ((1, 2), (2, 2), (1, 4), (2, 4), (3, 4), (4, 4)):
        letter = "H" if parts == 2 else "Q"
        words[f"{letter}{part}"] = words[f"{part}{letter}"] = ("part_of_year", (part, parts))
    return words


def _table() -> dict[str, tuple[str, Any]]:
    words: dict[str, tuple[str, Any]] = {}
    for line in TABLE.strip().splitlines():
        head, _, row = line.partition(": ")
        kind, *facts = head.split()
        value: Any = facts[-1] if facts and facts[-1] not in ("name", "exact") else None
        for place, word in enumerate(row.split()):
            if word == "-":
                continue
            meaning = value
            if value and value[-1] == "-" and value[:-1].isdigit():
                meaning = int(value[:-1]) + place
            elif value and value.lstrip("-").isdigit():
                meaning = int(value)
            forms = {word} if "exact" in facts else {word, word.capitalize(), word.upper()}
            forms -= {word.lower()} if "name" in facts else set()
            words |= dict.fromkeys(sorted(forms), (kind, meaning))
    return words


def _words() -> dict[str, tuple[str, Any]]:
    named = _table() | _numbers() | {form: (kind, form) for kind, forms in SIGNS.items() for form in forms}
    return {form: (KINDS.add(kind), value) for form, (kind, value) in named.items()}


WORDS = _words()
for kind in (*SHAPED, *MADE):
    KINDS.add(kind)
for kind, members in SETS.items():
    KINDS.unite(kind, *members.split())
