import pandas as pd
import pytest

from framescope.present.wording import escape, short_titles


def test_documents_are_called_by_short_titles_unless_two_would_be_called_the_same():
    long = "The harbour and the fleet of a small coastal republic: "
    documents = pd.DataFrame(
        {"document": list("abcde"), "title": [long + "a history", "Speech", "Speech", "", long.upper() + "x"]}
    )
    called = short_titles(documents)
    assert called["a"] == "The harbour and the fleet of a small coastal republic"
    assert (called["b"], called["c"]) == ("Speech (b)", "Speech (c)")
    assert called["d"] == "d"


def test_a_study_without_documents_has_no_names():
    assert short_titles(pd.DataFrame({"document": [], "title": []}, dtype="str")) == {}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("6.2 Ports and prices", "6.2 Ports and prices"),
        ("6. Ports", r"6\. Ports"),
        ("6)", r"6\)"),
        ("- Ports", r"\- Ports"),
        ("=", r"\="),
        ("2019-2023", "2019-2023"),
    ],
)
def test_only_the_beginning_of_a_list_is_escaped_and_not_the_number_of_a_section(text, shown):
    assert escape(text) == shown
