"""What the findings say of hand codes."""

import pandas as pd

from framescope.present.coded_findings import coded_findings

SHARES = pd.DataFrame(
    {
        "unit": ["study", "study", "study", "document"],
        "theme": ["defence", "economy", "defence.threat", "defence"],
        "share_sentences": [0.3, 0.2, 0.1, 0.5],
        "share_estimated": [0.1, 0.25, 0.05, 0.4],
        "estimated_low": [0.05, 0.2, 0.01, 0.3],
        "estimated_high": [0.16, 0.31, 0.1, 0.5],
        "estimated_on": 200,
    }
)
CONTRASTS = pd.DataFrame(
    {"unit": ["study"], "contrast": ["d v. e"], "share_a": [0.1], "share_b": [0.25], "log_ratio": [-0.9], "lean": ["b"]}
)


def test_shares_of_the_study_are_told_as_estimated_beside_the_lexicons():
    lines = coded_findings(SHARES, CONTRASTS, "tables")
    assert lines[0] == "## What the codes say"
    assert "200 coded sentences" in lines[2]
    assert lines[4:7] == [
        "- Estimated from codes: 25.0 % of sentences have `economy` (20.0 % to 31.0 %); "
        "the lexicon finds it in 20.0 %.",
        "- Estimated from codes: 10.0 % of sentences have `defence` (5.0 % to 16.0 %); the lexicon finds it in 30.0 %.",
        "- Estimated from codes: in `d v. e` the study leans to its second side, 10.0 % of sentences against 25.0 %.",
    ]


def test_a_study_without_codes_has_no_such_part():
    assert coded_findings(SHARES.head(0), CONTRASTS.head(0), "tables") == []
    assert coded_findings(SHARES.assign(share_estimated=float("nan")), CONTRASTS, "tables") == []
