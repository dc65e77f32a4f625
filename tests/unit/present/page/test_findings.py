import pandas as pd

from framescope.present.page.findings import read_findings

DIFFERENCES = pd.DataFrame(
    {
        "unit": ["document", "document"],
        "role": ["", "analysis"],
        "unit_a": ["a", "a"],
        "unit_b": ["b", "the rest"],
        "theme": ["trade", "trade"],
        "log2_ratio": [-1.0, 2.0],
        "low": [-2.0, 1.0],
        "high": [-0.5, 3.0],
    }
)
TEXT = """# Findings

Counts.

## What differs

- *B* has more than *A*. ([row](tables/document_differences.csv#L2))
- One <b>.

How to read it.

## What was tested

| unit | rate |
|:---|---:|
| letter | 12 |

## What each text has

Rows.
"""


def test_a_finding_leads_to_both_of_its_units_the_greater_first():
    stated = read_findings(TEXT, {"document_differences": DIFFERENCES}).stated
    assert str(stated[0].body) == "<em>B</em> has more than <em>A</em>."
    assert stated[0].address == "#view=compare&a=document%3Ab&b=document%3Aa&theme=trade"
    assert stated[0].ratio == (2.0, 2**0.5, 4.0)
    assert stated[0].line == "tables/document_differences.csv#L2"
    assert (stated[1].row, stated[1].address) == (None, "")


def test_what_a_finding_says_carries_no_markup_of_its_own():
    assert str(read_findings(TEXT, {"document_differences": DIFFERENCES}).stated[1].body) == "One &lt;b&gt;."


def test_further_parts_keep_their_titles_and_stand_in_their_views():
    found = read_findings(TEXT, {"document_differences": DIFFERENCES})
    assert [title for title, _ in found.texts] == ["What each text has"]
    assert [title for title, _ in found.tested] == ["What was tested"]
    assert "How to read it." in found.reading
    assert "Counts." in found.reading


def test_tables_in_the_findings_carry_no_styles_of_their_own():
    body = read_findings(TEXT, {"document_differences": DIFFERENCES}).tested[0][1]
    assert "style=" not in body
    assert '<td class="n">12</td>' in body
    assert "<td>letter</td>" in body


def test_a_difference_within_a_role_leads_to_the_parts_of_both_documents():
    text = TEXT.replace("#L2", "#L3")
    found = read_findings(text, {"document_differences": DIFFERENCES}).stated[0]
    assert "a=part%3Aa%2Fanalysis" in found.address


def test_what_changes_over_time_stands_with_the_findings_and_not_with_the_tests():
    text = TEXT + "\n## What changes over time\n\n- Trade rises.\n"
    found = read_findings(text, {"document_differences": DIFFERENCES})
    assert [title for title, _ in found.changes] == ["What changes over time"]
    assert "Trade rises." in found.changes[0][1]
    assert [title for title, _ in found.tested] == ["What was tested"]
