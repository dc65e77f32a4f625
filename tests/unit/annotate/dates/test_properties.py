import datetime
import re
from collections import defaultdict

from hypothesis import example, given, settings
from hypothesis import strategies as st

from framescope.annotate.dates import find_dates, find_dates_in_paragraphs
from framescope.annotate.dates.find import CASCADE
from framescope.annotate.dates.grammar.vocabulary import KINDS, WORDS

WORDS_OF_DATES = [word for word in sorted(WORDS) if not word[0].isdigit()]
NUMBERS = ["0", "00", "2", "9", "30", "31", "314", "999", "1900", "1954", "2014a", "999999999999", "1/2", "1.5", "21st"]
DATES = [
    "1950s",
    "1900s",
    "50s",
    "9/11",
    "2014-02-30",
    "12/25/2014",
    "32/32/0000",
    "Cold War",
    "WWII",
    "\n\n",
    "https://a.b/2014",
]
PIECES = st.sampled_from(WORDS_OF_DATES) | st.sampled_from(NUMBERS) | st.sampled_from(DATES)
SENTENCES = st.lists(PIECES, max_size=25).flatmap(
    lambda pieces: st.sampled_from([" ", "", "-", "\n"]).map(lambda gap: gap.join(pieces))
)
# Digits that are none of a calendar: superscripts, other scripts, fractions, and more of them than Python converts.
ODD = ["²", "१९५४", "١٩٥٤", "１９５４", "½", "Ⅳ", "ı", "İ", "\u00a0", "\x0c", "-", "9" * 5000, "999,999,999 billion"]
SHAPES = {
    "iso": ["2014-05-18", "0000-00-00", "9999-12-31"],
    "numeric_date": ["18.5.2014", "12/31/9999"],
    "clock": ["9:00", "99:99"],
    "decimal": ["1.5", "0.0", "999999999.999999999"],
    "big_number": ["9999", "10,000", "999999999999999"],
    "era": ["Cold War"],
    "url": ["https://a.b/2014/05/18"],
    "blank_line": ["\n\n"],
    "other": ["army", "S-300", "%"],
}
SPELLED: dict[str, list[str]] = defaultdict(list, {KINDS[kind]: words for kind, words in SHAPES.items()})
for spelling, (its_kind, _) in sorted(WORDS.items()):
    SPELLED[its_kind].append(spelling)
PATTERNS: dict[str, list[st.SearchStrategy[str]]] = defaultdict(list)
LOOK = re.compile(r"\(\?<?[=!](?:[^()]|\([^()]*\))*\)")
for rule_pattern, makes, _ in (rule for grammar in CASCADE for rule in grammar._rules):
    PATTERNS[makes].append(st.from_regex(re.compile(LOOK.sub("", rule_pattern.pattern)), fullmatch=True))


@st.composite
def phrases(draw: st.DrawFn, kind: str | None = None, depth: int = 0) -> str:
    """A phrase that a rule of the grammar reads, or one of a kind, down to words."""
    made = [kind] if kind else sorted(PATTERNS)
    kinds = draw(st.one_of([pattern for name in made for pattern in PATTERNS[name]]))
    words = []
    for one in kinds:
        if PATTERNS[one] and depth < 3 and (not SPELLED[one] or draw(st.booleans())):
            words.append(draw(phrases(one, depth + 1)))
        else:
            words.append(draw(st.sampled_from(SPELLED[one] or ["1954"])))
    return draw(st.sampled_from([" ", " ", " ", "-", ""])).join(words)


JOINS = st.sampled_from([" ", ", ", ", in ", ". ", " and ", " to ", "-", "", " of ", " (", "\n"])
TALK = st.lists(st.tuples(phrases() | st.sampled_from(ODD), JOINS), max_size=5).map(
    lambda pairs: "".join(phrase + join for phrase, join in pairs)
)
PUBLISHED = st.none() | st.dates(datetime.date.min, datetime.date.max)


def order(day: str) -> tuple[int, int, int]:
    year, month, number = day.lstrip("-").split("-")
    return (-int(year) if day.startswith("-") else int(year), int(month), int(number))


def check(text: str, published: datetime.date | None) -> None:
    end = 0
    for date in find_dates(text, published):
        assert end <= date.start < date.end <= len(text)
        assert text[date.start : date.end] == date.text
        end = date.end
        if date.first and date.last:
            assert order(date.first) <= order(date.last)
        for day in (date.first, date.last):
            if day:
                year, month, number = order(day)
                assert year != 0
                assert 1 <= month <= 12
                assert 1 <= number <= 31


@settings(max_examples=400, deadline=None)
@given(st.text(), PUBLISHED)
def test_any_text_is_read_without_failure_and_with_right_offsets(text, published):
    check(text, published)


@settings(max_examples=1000, deadline=None)
@given(SENTENCES, PUBLISHED)
@example("the 99th century BC", None)
def test_text_made_of_the_words_of_dates_is_read_without_failure_and_with_right_offsets(text, published):
    check(text, published)


@settings(max_examples=400, deadline=None)
@given(TALK, PUBLISHED)
@example("That year, in mid-February, the army met.", None)
@example("That year, late May", None)
@example("Later that year, early March saw war.", datetime.date(2014, 11, 20))
def test_phrases_of_the_grammar_in_any_order_are_read_without_failure(text, published):
    check(text, published)


@settings(max_examples=300, deadline=None)
@given(st.lists(SENTENCES, max_size=5), PUBLISHED)
def test_every_paragraph_gets_its_own_list_with_offsets_into_itself(texts, published):
    found = find_dates_in_paragraphs(texts, published)
    assert len(found) == len(texts)
    for text, dates in zip(texts, found, strict=True):
        assert all(text[date.start : date.end] == date.text for date in dates)


@settings(max_examples=200, deadline=None)
@given(SENTENCES, PUBLISHED)
def test_the_same_text_gives_the_same_dates(text, published):
    assert find_dates(text, published) == find_dates(text, published)
