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
    given, source = snakemake.params, (snakemake.input.docs, snakemake.input.facts, snakemake.output, snakemake.log[0])
    matcher = Matcher(load_lexicon(snakemake.input.lexicon, given.lexicon_format).at_level(given.annotate))
    actors, dates = load_actors(*snakemake.input.actors), published(given.register)
    titles = read_table(snakemake.input.facts).set_index("document")["title"].to_dict()
    depends = [given.depends["code"], given.depends["contents"], given.lexicon_format, given.subject_share]
    of_document = {document: [title, dates.get(document)] for document, title in titles.items()}
    settings = {"titles": titles, "published": dates, "subject_above_share": given.subject_share}
    works = note_works(matcher) | {"matches": lambda docs: match_rows(docs, matcher, actors, settings)}
    copies, cache = snakemake.threads, partial(Cache, given.cache, "matches", given.fresh)
    write_measures(works, *source, cache, depends, of_document, copies)
