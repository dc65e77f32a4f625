import pytest

from framescope.annotate.dates.rates import rates


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("It pumps 20,000 barrels a day in winter.", "a day"),
        ("It rose 5% a year and fell.", "a year"),
        ("They earn $15 an hour.", "an hour"),
        ("They work five days a week.", "a week"),
        ("It costs one million dollars a month.", "a month"),
    ],
)
def test_a_number_of_things_before_a_unit_is_a_rate(text, rate):
    assert [text[start:end] for start, end, _ in rates(text)] == [rate]


@pytest.mark.parametrize(
    "text",
    [
        "They met 20 envoys a day later.",
        "They lost 20 men a day after the truce.",
        "They lost 20 men a day before the truce.",
        "They gave 20 men a year of rest.",
        "It took a year.",
        "They declared 2017 a year of hope.",
        "In 2017 a year passed.",
        "It is 5 miles a day-trip away.",
    ],
)
def test_a_unit_that_is_counted_from_or_stands_alone_is_no_rate(text):
    assert list(rates(text)) == []
