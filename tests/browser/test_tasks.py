"""What a colleague who has never seen the tool does within five minutes, from the page alone."""

import re

from tests.browser.conftest import settled


def test_say_what_the_study_found_and_how_sure_it_is(opened):
    page = opened()
    first = page.locator(".cards li").first
    assert first.is_visible()
    assert first.bounding_box()["y"] < 900
    assert re.search(r"Trade has .*on economy .*Introduction.*95 % [\d.]+ to [\d.]+", first.inner_text())
    assert re.match(r"Estimated ratio .*, interval from", str(first.locator("svg").get_attribute("aria-label")))
    assert "counted by a lexicon" in page.locator("p.lead").inner_text()


def test_read_the_sentences_behind_one_number(opened):
    page = opened()
    page.get_by_role("link", name="Sections", exact=True).click()
    settled(page)
    page.locator("#section-rates tbody a.cell").first.click()
    settled(page)
    assert page.locator("#evidence li mark").count() > 0
    page.locator("#evidence a.place").first.click()
    page.wait_for_selector(".sentence.here")


def test_find_a_text_s_view_of_a_topic_by_search(opened):
    page = opened()
    page.get_by_role("link", name="Words", exact=True).click()
    settled(page)
    page.get_by_role("searchbox", name="Search").fill("russia*")
    page.wait_for_selector("table.lines mark")
    page.locator("#concordance").get_by_role("combobox", name=re.compile(r"^in\b")).select_option(
        label="The harbour and the fleet"
    )
    settled(page)
    assert all("russia" in row.lower() for row in page.locator("table.lines tbody tr").all_inner_texts())


def test_compare_two_groups(opened):
    page = opened()
    page.get_by_role("link", name="Compare two").click()
    settled(page)
    page.locator("#comparison").get_by_role("combobox", name=re.compile("^Compare")).select_option("group:institute")
    settled(page)
    page.locator("#comparison").get_by_role("combobox", name=re.compile("^with")).select_option("group:press")
    settled(page)
    heads = page.locator("#compared thead th").all_inner_texts()
    assert heads[1:3] == ["the group institute", "the group press"]
    assert page.locator("#compared tbody tr").count() >= 2


def test_cite_it(opened):
    page = opened()
    page.get_by_role("link", name="Methods").click()
    settled(page)
    assert re.match(
        r"A tiny study\. Report of Framescope \d.* Results SHA-256 [0-9a-f]{16}\.",
        page.locator("#citation").inner_text(),
    )


def test_a_link_sent_to_a_colleague_opens_what_the_sender_saw(opened):
    page = opened("view=sections")
    page.locator("#section-rates tbody a.cell").nth(1).click()
    settled(page)
    fragment = page.evaluate("location.hash")[1:]
    assert opened(fragment).locator("#evidence").inner_text() == page.locator("#evidence").inner_text()


def test_a_finding_leads_to_both_sides_of_it(opened):
    page = opened()
    page.locator(".cards a", has_text="See both sides").first.click()
    settled(page)
    heads = page.locator("#compared thead th").all_inner_texts()
    assert heads[1].startswith("Trade")
    assert heads[2].startswith("Introduction")
    assert "differs" in page.locator("#compared tr.chosen").inner_text()
