"""The tables about documents and sections: what was read, its amount, and what was skipped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from framescope.failures import Failure
from framescope.problems import StudyError

COUNTS = ["paragraphs", "blocks", "sentences", "words", "quoted_words"]


def text_counts(sentences: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Numbers of paragraphs, blocks, sentences, words and quoted words by document or section."""
    groups = sentences.groupby(by, sort=False)
    return pd.DataFrame(
        {
            "paragraphs": groups["paragraph"].nunique(),
            "blocks": groups["block"].nunique(),
            "sentences": groups.size(),
            "words": groups["words"].sum(),
            "quoted_words": groups["quoted_words"].sum(),
        }
    ).reset_index()


def prescriptive_share(sentences: pd.DataFrame) -> pd.Series:
    """The share of the author's sentences that say what should or must be done, 0 to 1, by document and section.

    prescriptive sentences / sentences in the author's voice: deontic modality (Palmer 2001, Mood and Modality); that
    it is counted by sentences is ours.

    >>> modes = ["prescriptive", "descriptive", "descriptive", "descriptive", "prescriptive"]
    >>> sentences = pd.DataFrame({"mode": modes, "voice": ["author"] * 4 + ["quoted"]})
    >>> prescriptive_share(sentences.assign(document="a", section="01")).tolist()
    [0.25]
    """
    author = sentences[sentences["voice"] == "author"]
    prescriptive = (author["mode"] == "prescriptive").groupby([author["document"], author["section"]], sort=False)
    return prescriptive.mean().rename("prescriptive_share")


def documents_table(
    facts: pd.DataFrame, sentences: pd.DataFrame, metadata: Mapping[str, Mapping[str, str]], language: str
) -> pd.DataFrame:
    """Rows of the documents table; the study's metadata take precedence over the source's.

    They are in the order of publication if every document has a date, otherwise in the order of ids.
    """
    frame = facts.merge(text_counts(sentences, ["document"]), on="document", how="left").sort_values("document")
    frame[COUNTS] = frame[COUNTS].fillna(0)
    for key in ("author", "published", "group", "genre", "source", "speaker", "metadata", "row"):
        frame[key] = [metadata.get(document, {}).get(key, "") for document in frame["document"]]
    frame["language"] = [metadata.get(document, {}).get("language", language) for document in frame["document"]]
    titles = zip(frame["document"], frame["title"].fillna(""), strict=True)
    frame["title"] = [metadata.get(document, {}).get("title", title) for document, title in titles]
    return frame.sort_values("published", kind="stable") if (frame["published"] != "").all() else frame


def sections_table(facts: pd.DataFrame, sentences: pd.DataFrame, readability: pd.DataFrame) -> pd.DataFrame:
    """Rows of the sections table, by document in the order of the text."""
    place = ["document", "section"]
    frame = facts.merge(text_counts(sentences, place), on=place, how="left").merge(readability, on=place, how="left")
    frame = frame.merge(prescriptive_share(sentences).reset_index(), on=place, how="left")
    frame[COUNTS] = frame[COUNTS].fillna(0)
    return frame.sort_values("document", kind="stable")


def skipped_table(
    listing: list[dict[str, str]], unread: pd.DataFrame, failed: Iterable[Failure], files: Mapping[str, str]
) -> pd.DataFrame:
    """Rows of the skipped table, by file: what the listing refused, what could not be read, and what failed in a stage.

    `files` is the file of each document.
    """
    columns = ["file", "reason", "remedy"]
    errors = [(files[failure.document], failure.reason, failure.remedy) for failure in failed]
    parts = [pd.DataFrame(listing, columns=columns), unread, pd.DataFrame(errors, columns=columns)]
    return pd.concat(parts).sort_values(columns, kind="stable")


def description(
    read: Mapping[str, pd.DataFrame],
    failed: Sequence[Failure],
    metadata: Mapping[str, Mapping[str, str]],
    language: str,
    skipped: list[dict[str, str]],
    files: Mapping[str, str],
) -> dict[str, pd.DataFrame]:
    """The tables about documents and sections by name.

    `read` has facts, sections, accounting, failures, sentences and readability. Documents that `failed` in a stage are
    in the table skipped and in no other; `skipped` is what the listing refused.

    Raises:
        StudyError: no document is left; it states the reasons.
    """
    failed_ids = [failure.document for failure in failed]
    places = ("facts", "sections", "accounting", "sentences", "readability")
    facts, sections, accounting, sentences, readability = (
        read[name][~read[name]["document"].isin(failed_ids)] for name in places
    )
    left_out = skipped_table(skipped, read["failures"], failed, files)
    if facts.empty:
        reasons = [f"{row.file}: {row.reason}. {row.remedy}" for row in left_out.itertuples()]
        raise StudyError(["No document can be measured.", *reasons])
    return {
        "documents": documents_table(facts, sentences, metadata, language),
        "sections": sections_table(sections, sentences, readability),
        "text_accounting": accounting.sort_values("document", kind="stable"),
        "skipped": left_out,
    }
