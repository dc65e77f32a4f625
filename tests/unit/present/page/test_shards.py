import re

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from framescope.present.page.shards import shard_script, shards

LENGTHS = st.lists(st.integers(1, 50), max_size=20)


@given(LENGTHS, st.sets(st.integers(0, 19)), st.integers(1, 60))
def test_every_text_outside_the_page_is_in_one_script_and_none_is_too_long_unless_one_text_is(lengths, inside, words):
    documents = pd.DataFrame({"document": [f"d{n}" for n in range(len(lengths))], "words": lengths})
    included = {f"d{n}" for n in inside}
    numbers = shards(documents, included, words)
    assert set(numbers) == set(documents["document"]) - included
    assert list(numbers.values()) == sorted(numbers.values())
    sums = documents.assign(number=documents["document"].map(numbers)).groupby("number")["words"].agg(["sum", "count"])
    assert ((sums["sum"] <= words) | (sums["count"] == 1)).all()
    assert sorted(set(numbers.values())) == list(range(1, len(sums) + 1))


def test_a_script_passes_its_number_and_text_that_cannot_run():
    script = shard_script(7, {"documents": {0: {"title": '");alert(1);("'}}})
    assert re.fullmatch(r'framescopeTexts\(7, "[A-Za-z0-9+/=]+"\);\n', script)
