"""Tables are sorted, filtered and written as they are shown."""

import csv
import io
from pathlib import Path


def column(page, place: int) -> list[float]:
    links = page.locator(f"#section-rates tbody tr:visible > :nth-child({place}) a.cell")
    return [float(said) for said in links.all_inner_texts()]


def test_a_head_sorts_by_its_column_and_turns_the_order_when_chosen_again(opened):
    page = opened("view=sections")
    head = page.locator("#section-rates thead th").nth(2)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert column(page, 3) == sorted(column(page, 3), reverse=True)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert column(page, 3) == sorted(column(page, 3))
    assert len(set(column(page, 3))) > 1


def test_rows_are_filtered_by_a_word_and_the_csv_has_what_is_shown(opened):
    page = opened("view=sections")
    rows = page.locator("#section-rates tbody tr:visible")
    everything = rows.count()
    page.locator("#view-sections .tools input").first.fill("trade")
    assert 0 < rows.count() < everything
    with page.expect_download() as waiting:
        page.locator("#view-sections .tools button").first.click()
    written = list(csv.reader(io.StringIO(Path(waiting.value.path()).read_text("utf-8"))))
    assert len(written) == 1 + rows.count()
    assert written[0][:2] == ["Section", "Words"]
    assert "(" in written[1][2] or written[1][2] == rows.first.locator("td a").first.inner_text()


def test_the_heads_of_a_long_table_stay_in_sight(opened):
    page = opened("view=sections", width=1280)
    page.set_viewport_size({"width": 1280, "height": 260})
    region = page.locator(".scroll", has=page.locator("#section-rates"))
    region.evaluate("each => { each.style = ''; each.scrollTop = 200 }")
    head, top = page.locator("#section-rates thead th").first.bounding_box(), region.bounding_box()
    assert abs(head["y"] - top["y"]) < 3
