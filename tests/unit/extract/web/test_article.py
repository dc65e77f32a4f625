"""Web pages: the article and its notes come out, navigation, banners and comments stay out."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framescope.document import ExtractionError
from framescope.extract.content import Content
from framescope.extract.source.limits import Limits
from framescope.extract.web.article import read_html
from framescope.words import count_words

LEDE = (
    "The harbour board met on Monday to decide whether the northern quay, closed since the flood of 2011, should be "
    "rebuilt with foreign money or left to the gulls, and it decided, after nine hours, to meet again."
)
SECOND = (
    "Nobody on the board doubts that the quay is needed; what divides them is who would own the cranes, and who would "
    "be free to load what beneath them, once the lenders had been paid and the engineers had gone home."
)
THIRD = (
    "The lenders, for their part, have said little, but the terms that were read out in the chamber give them the "
    "first claim on tolls for thirty years and a seat at every meeting at which those tolls are discussed."
)
QUOTE = "We were promised a harbour, and what we were given was a mortgage with a view of the sea."
COMMENT = (
    "I worked on that quay for twenty years and I can tell everybody here that the cranes were rotten long before the "
    "flood came, so please stop blaming the water for what the board did, thank you very much indeed, good night."
)
MENU = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("Home", "World", "Business", "Sport", "Weather"))


def read(page: str) -> Content:
    return read_html(page.encode(), Limits())


def body(content: Content) -> list[str]:
    return [paragraph.text for section in content.sections for paragraph in section.paragraphs]


def titles(content: Content) -> list[str | None]:
    return [section.title for section in content.sections]


def left_out(content: Content) -> str:
    return " ".join(item.text for item in content.left_out)


def weblog(article: str) -> str:
    comments = "".join(
        f'<li class="comment"><article class="comment-body"><p>{COMMENT} ({number})</p></article></li>'
        for number in range(12)
    )
    return f"""<!doctype html><html><head><title>Quay to be talked about again – The Gulf Post</title>
    <meta property="og:title" content="Quay to be talked about again"></head>
    <body class="single has-sidebar"><header class="site-header"><div class="masthead">The Gulf Post</div>
    <nav class="main-navigation"><ul>{MENU}</ul></nav></header>
    <div class="content-sidebar-wrap"><main><article class="post"><header class="entry-header">
    <h1 class="entry-title">Quay to be talked about again</h1>
    <p class="entry-meta">By A. Writer, 3 May 2019</p></header>
    <div class="entry-content">{article}<div class="sharedaddy">Share this: Mail Print</div></div>
    <footer class="entry-footer">Filed under: Harbours</footer></article>
    <div id="comments" class="comments-area"><h2>12 thoughts</h2><ol class="comment-list">{comments}</ol></div></main>
    <aside class="sidebar widget-area"><h3>Most read</h3><ul>{MENU}</ul></aside></div>
    <div id="cookie-notice">We use cookies. <button>Accept</button></div>
    <footer class="site-footer"><p>All rights reserved by the Gulf Post and its owners.</p></footer></body></html>"""


def test_a_weblog_gives_its_article_although_its_comments_are_longer():
    content = read(weblog(f"<p>{LEDE}</p><h2>The lenders</h2><p>{SECOND}</p><blockquote><p>{QUOTE}</p></blockquote>"))
    assert titles(content) == ["Quay to be talked about again", "The lenders"]
    assert body(content) == [LEDE, SECOND, QUOTE]
    assert content.title == "Quay to be talked about again"


def test_what_is_taken_off_a_page_is_shown_as_left_out():
    text = left_out(read(weblog(f"<p>{LEDE}</p><p>{SECOND}</p>")))
    for piece in (
        "Most read",
        "We use cookies",
        "rotten long before",
        "All rights reserved",
        "3 May 2019",
        "Share this",
    ):
        assert piece in text


def test_a_table_of_contents_edit_links_and_boxes_of_an_encyclopaedia_stay_out_and_its_notes_come_out():
    content = read(f"""<!doctype html><html><head><title>Northern Quay - Openpedia</title></head><body>
    <div id="mw-navigation"><ul>{MENU}</ul></div>
    <div id="content" class="mw-body"><h1 id="firstHeading">Northern Quay</h1>
    <div id="mw-content-text"><table class="infobox"><tr><th>Length</th><td>300 m</td></tr></table>
    <p>{LEDE}<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup></p>
    <div id="toc" class="toc"><h2>Contents</h2><ul><li><a href="#History">1 History</a></li></ul></div>
    <h2><span id="History">History</span><span class="mw-editsection">[<a href="/edit">edit</a>]</span></h2>
    <p>{SECOND}<sup id="cite_ref-2" class="reference"><a href="#cite_note-2">[2]</a></sup>
    And again.<sup id="cite_ref-3" class="reference"><a href="#cite_note-1">[1]</a></sup></p>
    <h2>References</h2><ol class="references">
    <li id="cite_note-1"><span class="mw-cite-backlink"><a href="#cite_ref-1">^</a></span>
    Harbour Act, 1902.</li>
    <li id="cite_note-2"><span class="mw-cite-backlink"><a href="#cite_ref-2">^</a></span>
    Board minutes, 2011.</li></ol>
    <div class="navbox" role="navigation">Quays of the Gulf</div></div></div>
    <div id="footer"><p>Text is available under a licence.</p></div></body></html>""")
    assert titles(content) == ["Northern Quay", "History"]
    assert body(content) == [LEDE, SECOND + " And again."]
    assert [(note.number, note.text, note.section) for note in content.notes] == [
        ("1", "Harbour Act, 1902.", "01-northern-quay"),
        ("2", "Board minutes, 2011.", "02-history"),
    ]


def test_notes_saved_by_a_word_processor_are_tied_to_their_markers():
    content = read(f"""<html><body><div class=WordSection1><h1>The Quay</h1>
    <p class=MsoNormal>{LEDE}<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span>[1]</span></a></p>
    <p class=MsoNormal>{SECOND}<a href="#_ftn2" name="_ftnref2"><span>[2]</span></a></p></div><div><br clear=all>
    <hr align=left size=1 width="33%"><div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1">[1]</a>
    Harbour Act, 1902.</p></div><div id=ftn2><p class=MsoFootnoteText><a href="#_ftnref2" name="_ftn2">[2]</a>
    Board minutes, 2011.</p></div></div></body></html>""")
    assert body(content) == [LEDE, SECOND]
    assert [note.text for note in content.notes] == ["Harbour Act, 1902.", "Board minutes, 2011."]


def test_a_note_of_two_paragraphs_is_one_note():
    content = read(f"""<html><body><h1>The Quay</h1><p>{LEDE}<a href="#_ftn1" name="_ftnref1">[1]</a></p><p>{SECOND}</p>
    <hr><div id=ftn1><p><a href="#_ftnref1" name="_ftn1">[1]</a> Harbour Act, 1902.</p><p>It was repealed.</p></div>
    </body></html>""")
    assert body(content) == [LEDE, SECOND]
    assert [note.text for note in content.notes] == ["Harbour Act, 1902. It was repealed."]


def test_notes_of_a_saved_page_whose_links_name_its_address_are_found():
    page = "https://gulf.example/quay"
    content = read(f"""<html><body><h1>The Quay</h1><p>{LEDE}<sup><a id="r1" href="{page}#n1">1</a></sup></p>
    <p>{SECOND}</p><ol><li id="n1">Harbour Act, 1902. <a href="{page}#r1">↩</a></li></ol></body></html>""")
    assert body(content) == [LEDE, SECOND]
    assert [(note.number, note.text) for note in content.notes] == [("1", "Harbour Act, 1902.")]


def test_notes_in_the_margin_leave_the_text():
    content = read(f"""<html><body><article><h1>The Quay</h1><p>{LEDE}<label for="sn1" class="sidenote-number"></label>
    <span class="sidenote">Harbour Act, 1902.</span></p><p>{SECOND}</p></article></body></html>""")
    assert body(content) == [LEDE, SECOND]
    assert [(note.number, note.text, note.section) for note in content.notes] == [
        ("1", "Harbour Act, 1902.", "01-the-quay")
    ]


def test_raised_numbers_and_a_closing_list_become_notes_without_any_link():
    content = read(f"""<html><body><h1>The Quay</h1><p>{LEDE}<sup>1</sup></p><h2>Terms</h2><p>{SECOND}<sup>2</sup></p>
    <p>Its area is 300 m<sup>2</sup> in all.</p>
    <h2>Notes</h2><ol><li>Harbour Act, 1902.</li><li>Board minutes, 2011.</li></ol></body></html>""")
    assert titles(content) == ["The Quay", "Terms"]
    assert [(note.number, note.text, note.section) for note in content.notes] == [
        ("1", "Harbour Act, 1902.", "01-the-quay"),
        ("2", "Board minutes, 2011.", "02-terms"),
    ]
    assert body(content)[:2] == [LEDE, SECOND]


def test_a_raised_number_without_notes_stays_a_number():
    content = read(f"<html><body><p>{LEDE}</p><p>{SECOND} It covers 40 km<sup>2</sup> of sea.</p></body></html>")
    assert body(content)[1].endswith("It covers 40 km2 of sea.")
    assert content.notes == []


def test_links_inside_a_page_that_are_no_notes_stay_in_the_text():
    content = read(f"""<html><body><p>{LEDE} See <a href="#s2">2</a> below.</p>
    <h2 id="s2">Terms</h2><p>{SECOND}</p><p>{THIRD}</p></body></html>""")
    assert body(content) == [LEDE + " See 2 below.", SECOND, THIRD]


def test_paragraphs_parted_by_line_breaks_alone_are_paragraphs():
    content = read(f"""<html><body><table><tr><td><div>{MENU}</div></td><td><font><b>Speech of the Minister</b><br><br>
    {LEDE}<br><br>{SECOND}<br><br>{THIRD}</font></td></tr></table></body></html>""")
    assert body(content)[-3:] == [LEDE, SECOND, THIRD]


def test_a_page_that_is_all_preformatted_is_read_as_plain_text():
    lines = "\n".join(f"{LEDE} {SECOND}"[start : start + 70] for start in range(0, 350, 70))
    content = read(f"<html><head><title>Minutes</title></head><body><h1>Minutes</h1><pre>{lines}</pre></body></html>")
    assert content.title == "Minutes"
    assert sum(count_words(text) for text in body(content)) > 50


def test_a_page_laid_out_by_tables_keeps_its_article():
    content = read(f"""<html><body><table><tr><td><ul>{MENU}</ul></td><td><h1>The Quay</h1><p>{LEDE}</p><p>{SECOND}</p>
    <p>{THIRD}</p></td></tr></table></body></html>""")
    assert titles(content) == ["The Quay"]
    assert body(content) == [LEDE, SECOND, THIRD]


def test_marks_that_link_to_a_heading_are_no_part_of_it():
    content = read(
        f'<body><h1>The Quay<a class="headerlink" href="#quay">¶</a></h1><p>{LEDE}</p><p>{SECOND}</p></body>'
    )
    assert titles(content) == ["The Quay"]


def test_the_name_of_the_site_is_no_headline_although_it_is_a_main_heading():
    content = read(f"""<html><head><title>Quay to be talked about – The Gulf Post</title></head><body><header>
    <h1>The Gulf Post</h1></header><div><h2>Quay to be talked about</h2><p>{LEDE}</p><p>{SECOND}</p><p>{THIRD}</p></div>
    </body></html>""")
    assert content.title == "Quay to be talked about"
    assert "The Gulf Post" not in titles(content)


def test_a_headline_above_the_body_is_kept_with_it():
    content = read(f"""<html><head><title>The Quay | Gulf Post</title></head><body><div><h1>The Quay</h1></div>
    <div class="text"><p>{LEDE}</p><p>{SECOND}</p><p>{THIRD}</p></div></body></html>""")
    assert titles(content) == ["The Quay"]
    assert body(content) == [LEDE, SECOND, THIRD]


def test_a_date_inside_a_sentence_stays_and_a_dateline_goes():
    content = read(f"""<html><body><h1>The Quay</h1><div class="date">4 May 2019</div>
    <p>{LEDE} On <time class="date">3 May 2019</time> it met.</p><p>{SECOND}</p></body></html>""")
    assert body(content) == [LEDE + " On 3 May 2019 it met.", SECOND]


def test_comments_that_are_articles_of_their_own_stay_out():
    comment = f'<article class="comment"><p>{COMMENT}</p></article>'
    content = read(f"""<html><body><main><article><h1>The Quay</h1><p>{LEDE}</p><p>{SECOND}</p><p>{THIRD}</p></article>
    <section>{comment * 2}</section></main></body></html>""")
    assert body(content) == [LEDE, SECOND, THIRD]


def test_pointers_to_other_articles_stay_out():
    content = read(weblog(f'<p>{LEDE}</p><p><a href="/x">Read more: Ten quays that sank</a></p><p>{SECOND}</p>'))
    assert body(content) == [LEDE, SECOND]


def test_a_chain_of_sections_in_one_page_is_kept_whole():
    sections = "".join(
        f"<section><h2>Part {n}</h2><p>{text}</p></section>" for n, text in enumerate((LEDE, SECOND, THIRD))
    )
    content = read(
        f"<html><body><div id=app><nav>{MENU}</nav><div><h1>All parts</h1>{sections}</div></div></body></html>"
    )
    assert titles(content) == ["All parts", "Part 0", "Part 1", "Part 2"]
    assert body(content) == [LEDE, SECOND, THIRD]


def test_a_section_called_navigation_is_text():
    page = f"""<html><body><main><h1>Harbours</h1>
    <section id="editing-and-navigation" class="level2"><h2>Editing and Navigation</h2><p>{LEDE}</p></section>
    <section id="menu"><h2>Menu</h2><p>{SECOND}</p></section></main></body></html>"""
    assert body(read(page)) == [LEDE, SECOND]


def test_a_book_in_one_page_is_kept_whole_though_its_chapters_differ_in_length():
    chapters = "".join(
        f'<div class="chapter"><h2>Chapter {n}</h2>{f"<p>{LEDE} {SECOND}</p>" * length}</div>'
        for n, length in enumerate((2, 30, 3, 12, 8))
    )
    content = read(f"<html><body><h1>The Quays</h1>{chapters}</body></html>")
    assert titles(content) == ["The Quays", *(f"Chapter {n}" for n in range(5))]
    assert len(body(content)) == 55


def test_each_piece_beside_the_article_is_left_out_once():
    content = read(weblog(f"<p>{LEDE}</p><p>{SECOND}</p>"))
    assert left_out(content).count("Most read") == 1


def test_the_figure_caption_stays_out_of_the_body():
    content = read(
        weblog(f"<p>{LEDE}</p><figure><img src=x><figcaption>The quay in 1930</figcaption></figure><p>{SECOND}</p>")
    )
    assert body(content) == [LEDE, SECOND]
    assert "The quay in 1930" in left_out(content)


def test_the_site_name_is_no_part_of_the_title():
    page = "<html><head><title>{}</title></head><body><h1>Quays</h1><p>" + LEDE + "</p></body></html>"
    assert read(page.format("Who owns the cranes? | The Gulf Post")).title == "Who owns the cranes?"
    assert read(page.format("Quays and their owners: a survey of thirty harbours")).title.startswith("Quays and their")


words = st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=30)
elements = st.sampled_from(
    ["p", "div", "h1", "h2", "li", "ul", "blockquote", "td", "span", "sup", "a", "aside", "section"]
)


@st.composite
def markup(draw, depth: int = 3) -> str:
    pieces = []
    for _ in range(draw(st.integers(0, 4))):
        tag = draw(elements)
        inside = draw(markup(depth - 1)) if depth and draw(st.booleans()) else escape(draw(words))
        attribute = draw(
            st.sampled_from(["", " class=comments", " id=fn1", " href='#fn1'", " hidden", " role=navigation"])
        )
        pieces.append(f"<{tag}{attribute}>{inside}</{tag}>" if draw(st.booleans()) else f"<{tag}{attribute}>{inside}")
    return "".join(pieces)


@settings(max_examples=60)
@given(markup())
def test_any_markup_gives_text_of_the_page_or_a_refusal(page):
    try:
        content = read(page)
    except ExtractionError:
        return
    found = " ".join(
        [*body(content), *(title or "" for title in titles(content)), *(note.text for note in content.notes)]
    )
    assert count_words(found) <= count_words(page)
    assert all(section.title is None or section.title.strip() for section in content.sections)
    assert "framescope" not in found


@settings(max_examples=30)
@given(st.text(max_size=300))
def test_any_text_given_as_a_page_is_read_or_refused(text):
    try:
        content = read(text)
    except ExtractionError:
        return
    assert all(paragraph.strip() for paragraph in body(content))


def test_a_page_without_text_is_refused():
    with pytest.raises(ExtractionError, match="no text"):
        read("<html><body><script>x</script></body></html>")


@pytest.mark.parametrize("sign", ["\x0c", "\x01", "\x0b", "&#12;", "&#x1;", "\ufffe", "&#xffff;"])
def test_control_characters_after_what_is_taken_out_refuse_no_page(sign: str) -> None:
    banner = f"<script>x</script>{sign}<nav>{MENU}</nav>{sign}"
    page = f"<html><body>{banner}<h1>The Quay{sign}</h1><p>{LEDE}{sign}</p>{sign}<p>{SECOND}</p></body></html>"
    texts = [paragraph.text for section in read(page).sections for paragraph in section.paragraphs]
    assert [text.strip() for text in texts] == [LEDE, SECOND]
