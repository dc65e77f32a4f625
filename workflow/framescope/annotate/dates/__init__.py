"""Calendar time in text: days, years, decades, centuries, eras, ranges, and dates counted from others."""

from framescope.annotate.dates.eras import Eras, load_eras
from framescope.annotate.dates.find import Date, find_dates, find_dates_in_paragraphs

__all__ = ["Date", "Eras", "find_dates", "find_dates_in_paragraphs", "load_eras"]
