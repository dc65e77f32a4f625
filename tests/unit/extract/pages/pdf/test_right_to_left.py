"""Right-to-left text in the order of writing and in that of drawing."""

from framescope.extract.pages.pdf.right_to_left import visual_order

WRITTEN = {
    "arabic": "في هذا البلد مدينة كبيرة على البحر التي من أجلها سافر إلى الشرق " * 4,
    "persian": "این شهر که در کنار دریا است برای تجارت را باز کرد " * 4,
    "hebrew": "העיר של המלך על הים עם הספינות לא ידעו כי את הדרך " * 4,
}


def test_text_in_the_order_of_writing_is_read() -> None:
    assert not any(map(visual_order, WRITTEN.values()))


def test_text_in_the_order_of_drawing_is_known() -> None:
    assert all(visual_order(text[::-1]) for text in WRITTEN.values())


def test_a_text_of_another_script_has_no_such_order() -> None:
    assert not visual_order("The harbour was built in a year of peace. " * 4)
