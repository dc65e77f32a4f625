import pytest

from framescope.cache import Cache
from framescope.present.drawing import renderer
from framescope.present.drawing.renderer import Renderer


def chart(value: float) -> dict[str, object]:
    return {
        "data": {"values": [{"a": value}]},
        "mark": "bar",
        "encoding": {"x": {"field": "a", "type": "quantitative"}},
    }


@pytest.fixture
def rendered(monkeypatch):
    """The specifications that were rendered, in order."""
    asked, render = [], renderer.vl_convert.vegalite_to_svg
    monkeypatch.setattr(renderer.vl_convert, "vegalite_to_svg", lambda given: asked.append(given) or render(given))
    return asked


def test_a_drawing_is_rendered_again_only_if_its_specification_changed(tmp_path, rendered):
    first = Renderer(Cache(tmp_path, "drawings"))
    made = [first.svg(chart(value)) for value in (1, 2, 1)]
    assert rendered == [chart(1), chart(2)]
    second = Renderer(Cache(tmp_path, "drawings"))
    again = [second.svg(chart(value)) for value in (1, 3)]
    assert rendered == [chart(1), chart(2), chart(3)]
    fresh = Renderer(Cache(tmp_path, "drawings", fresh=True))
    assert [fresh.svg(chart(value)) for value in (1, 3)] == again
    assert again[0] == made[0] == made[2] != made[1]


def test_drawings_that_a_run_did_not_use_are_forgotten(tmp_path, rendered):
    for used in ([1, 2], [2], [1]):
        run = Renderer(Cache(tmp_path, "drawings"))
        for value in used:
            run.svg(chart(value))
        run.forget_others()
    assert rendered == [chart(1), chart(2), chart(1)]


def test_a_picture_is_made_once_for_each_svg_and_scale(tmp_path, monkeypatch):
    made = []
    monkeypatch.setattr(renderer.vl_convert, "svg_to_png", lambda svg, scale: made.append((svg, scale)) or b"png")
    for svg, scale in (("a", 2), ("b", 2), ("a", 1), ("a", 2)):
        assert Renderer(Cache(tmp_path, "drawings")).png(svg, scale) == b"png"
    assert made == [("a", 2), ("b", 2), ("a", 1)]


def test_a_drawing_is_the_same_whatever_was_drawn_before(tmp_path):
    clipped = chart(1.0) | {"mark": {"type": "bar", "clip": True}}
    fresh = Renderer(Cache(tmp_path, "drawings", fresh=True))
    first = fresh.svg(clipped)
    assert 'id="' in first
    fresh.svg(chart(2.0) | {"mark": {"type": "line", "clip": True}})
    assert fresh.svg(clipped) == first


def test_a_label_that_would_be_cut_within_an_emoji_is_drawn_with_a_square_for_each(tmp_path):
    labels = {"field": "a", "type": "nominal"}
    shown = chart(1.0) | {"data": {"values": [{"a": "n" * 20 + "\N{GRINNING FACE}" * 12}]}, "encoding": {"y": labels}}
    assert "n" * 20 + "\N{WHITE SQUARE}" in Renderer(Cache(tmp_path, "drawings")).svg(shown)
