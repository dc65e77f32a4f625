import pandas as pd

from framescope.present.wording import short_titles


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
