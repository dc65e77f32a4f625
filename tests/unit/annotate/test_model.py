import pytest

from framescope.annotate.model import load_model
from framescope.annotate.model_files import model_digest


@pytest.fixture(scope="module")
def pipeline():
    return load_model()


@pytest.mark.parametrize(
    "text", ["i. To remain neutral", "iv. To join the western bloc.", "2) Trade.", "(a) Peace and order."]
)
def test_the_marker_of_a_list_item_is_no_sentence_of_its_own(pipeline, text):
    assert [sentence.text for sentence in pipeline(text).sents] == [text]


def test_sentences_of_running_text_are_as_before(pipeline):
    doc = pipeline("Trade grew. In 1954 it fell.")
    assert [sentence.text for sentence in doc.sents] == ["Trade grew.", "In 1954 it fell."]


def test_a_model_is_identified_by_its_files():
    assert model_digest("en_core_web_md") == model_digest("en_core_web_md")
    assert len(model_digest("en_core_web_md")) == 16


def test_a_model_that_is_not_installed_names_the_packages_that_provide_it():
    with pytest.raises(ModuleNotFoundError, match="The model en_core_web_lg is not installed"):
        load_model("en_core_web_lg")
