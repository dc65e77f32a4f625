"""Write every match of a term and every named actor with a theme, counted or not, and those of notes."""

from functools import partial

from framescope.actor_table import load_actors
from framescope.annotate.stored import write_measures
from framescope.cache import Cache
from framescope.corpora.register import published
from framescope.logs import logged
from framescope.tables import read_table
from framescope.themes.formats import load_lexicon
from framescope.themes.matches import match_rows
from framescope.themes.matching import Matcher
from framescope.themes.notes import note_works

with logged(snakemake.log[0]):
    asked, given = snakemake.input, snakemake.params
    matcher = Matcher(load_lexicon(asked.lexicon, given.lexicon_format).at_level(given.annotate))
    dates, titles = published(given.register), read_table(asked.facts).set_index("document")["title"].to_dict()
    depends = [given.depends["code"], given.depends["contents"], given.lexicon_format, given.subject_share]
    of_document = {document: [title, dates.get(document)] for document, title in titles.items()}
    facts = {"titles": titles, "published": dates, "subject_above_share": given.subject_share}
    matches = partial(match_rows, matcher=matcher, actors=load_actors(*asked.actors), settings=facts)
    parts = (note_works(matcher) | {"matches": matches}, asked.docs, asked.facts, snakemake.output, snakemake.log[0])
    write_measures(*parts, partial(Cache, given.cache, "matches", given.fresh), depends, of_document, snakemake.threads)
