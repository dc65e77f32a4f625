"""How drawings come into the page that was written without them."""

from __future__ import annotations

from framescope.present.page.figures import with_figures

PAGE = "".join(
    (
        "<!--only time--><li>Time</li><!--end-->",
        "<!--only actors--><li>Actors</li><!--end-->",
        "<main>&lt;!--figures time--&gt;<!--figures sections-->",
        "<!--only time--><h2>Time</h2><!--figures time--><!--end--></main><script><!--drawings--></script>",
    )
)


def drawn(name, view, svg="<svg/>", choices=1):
    described = {"title": "A title", "caption": "A caption.", "choice": "text", "tables": ["trends"], "left_out": 0}
    one = {"option": "a", "claim": "One & two", "note": "", "svg": svg, "rows": {}}
    return described | {"name": name, "view": view, "drawn": [one] * choices, "file": svg}


def test_a_view_that_would_only_show_figures_is_left_out_unless_it_has_some():
    without = with_figures(PAGE, [drawn("rates", "sections"), drawn("trends", "time", choices=0)])
    assert without.startswith("<main>&lt;!--figures time--&gt;<figure id=")
    assert without.count("Time") == 0
    both = with_figures(PAGE, [drawn("rates", "sections"), drawn("trends", "time")])
    assert both.startswith("<li>Time</li><main>")
    assert both.index('<figure id="rates"') < both.index("<h2>Time</h2>") < both.index('<figure id="trends"')


def test_what_a_drawing_contains_is_not_taken_for_the_place_of_another():
    svg = "<svg><!--figures time--><!--drawings--></svg>"
    assert svg in with_figures(PAGE, [drawn("rates", "sections", svg)])


def test_no_comment_of_the_template_is_left_and_what_is_drawn_as_a_table_has_no_figure():
    page = with_figures(PAGE, [drawn("heat-map", "sections"), drawn("trends", "time")])
    assert "<!--" not in page
    assert "heat-map" not in page
    assert "<h3>One &amp; two</h3>" in page
