"""
In: the measures and the study's metadata.
Out: results/tables, the tables for researchers; one job for each question.
"""

TABLES = {name: table.file_of_study(LARGE) for name, table in table_schemas().items() if table.made_by}
PARQUET_TABLES = [table.parquet_file for table in table_schemas().values() if table.made_by and table.parquet]
CODES = [file_of_study(file) for file, _ in stated_codes(CONFIG["codes"])]
CODERS = [coder for _, coder in stated_codes(CONFIG["codes"])]

COMPARED = {
    "sentences": "results/measures/sentences.parquet",
    "hits": "results/measures/matches.parquet",
    "sections": "results/tables/sections.csv",
    "documents": "results/tables/documents.csv",
    "copied_sentences": "results/tables/copied_sentences.csv",
}


rule documents:
    input:
        facts="results/measures/document_facts.parquet",
        sections="results/measures/section_facts.parquet",
        accounting="results/measures/text_accounting.parquet",
        failures="results/measures/failures.parquet",
        sentences="results/measures/sentences.parquet",
        readability="results/measures/readability.parquet",
        measures=list(MEASURES.values()),
    output:
        **made_by("documents"),
    log:
        "results/logs/documents.log",
    params:
        register=REGISTER_FILE,
        metadata=REGISTER.of_metadata,
        settings=lambda w: {"language": CONFIG["language"], "skipped": STUDY.skipped},
        depends=depends_on("documents"),
    message:
        "describing documents"
    script:
        "../scripts/documents.py"


rule reuse:
    input:
        sentences="results/measures/sentences.parquet",
        documents="results/tables/documents.csv",
    output:
        **made_by("reuse"),
    log:
        "results/logs/reuse.log",
    priority: FIRST
    resources:
        mem_mb=STREAMING_MEGABYTES,
    params:
        last_made=LAST_MADE,
        depends=depends_on("reuse"),
    message:
        "finding copied passages"
    script:
        "../scripts/reuse.py"


rule editions:
    input:
        **COMPARED,
    output:
        **made_by("editions"),
    log:
        "results/logs/editions.log",
    params:
        counting=CONFIG["counting"],
        editions=lambda w: CONFIG["editions"],
        last_made=LAST_MADE,
        depends=depends_on("editions"),
    message:
        "comparing editions"
    script:
        "../scripts/editions.py"


rule mentions:
    input:
        sentences="results/measures/sentences.parquet",
        entities="results/measures/entities.parquet",
        dates="results/measures/dates.parquet",
        hits="results/measures/matches.parquet",
        documents="results/tables/documents.csv",
    output:
        **made_by("mentions"),
    log:
        "results/logs/mentions.log",
    params:
        counting=CONFIG["counting"],
        last_made=LAST_MADE,
        depends=depends_on("mentions"),
    message:
        "listing mentions"
    script:
        "../scripts/mentions.py"


rule second_opinion:
    input:
        **COMPARED,
    output:
        **made_by("second_opinion"),
    log:
        "results/logs/second_opinion.log",
    priority: FIRST
    resources:
        mem_mb=STREAMING_MEGABYTES,
    params:
        cache="results/cache",
        counting=CONFIG["counting"],
        settings=chosen("second_opinion", "fresh"),
        encoder_code=CODE.of_modules("compare.opinion.encoder"),
        depends=depends_on("second_opinion"),
    message:
        "asking for a second opinion on themes"
    script:
        "../scripts/second_opinion.py"


rule rates:
    input:
        **COMPARED,
        second_opinion="results/tables/second_opinion.csv",
        themes=MEASURES["themes"],
    output:
        **made_by("rates", framing_by_section="../report/framing.rst"),
    log:
        "results/logs/rates.log",
    params:
        counting=CONFIG["counting"],
        groups=lambda w: CONFIG["groups"],
        contrasts=CONFIG["contrasts"],
        testing=lambda w: chosen("min_blocks", "confidence", "baseline"),
        last_made=LAST_MADE,
        depends=depends_on("rates"),
    message:
        "computing rates"
    script:
        "../scripts/rates.py"


rule contrasts:
    input:
        **COMPARED,
    output:
        **made_by("contrasts", contrasts="../report/contrasts.rst"),
    log:
        "results/logs/contrasts.log",
    params:
        counting=CONFIG["counting"],
        groups=lambda w: CONFIG["groups"],
        contrasts=CONFIG["contrasts"],
        testing=lambda w: chosen("min_blocks", "confidence", "baseline"),
        last_made=LAST_MADE,
        depends=depends_on("contrasts"),
    message:
        "computing contrasts"
    script:
        "../scripts/contrasts.py"


rule differences:
    input:
        **COMPARED,
        themes=MEASURES["themes"],
    output:
        **made_by("differences"),
    log:
        "results/logs/differences.log",
    priority: FIRST
    params:
        counting=CONFIG["counting"],
        groups=lambda w: CONFIG["groups"],
        settings=lambda w: chosen("contrasts", "focus_themes", "reference"),
        testing=chosen("copied_passages", "min_blocks", "confidence", "permutations", "seed"),
        last_made=LAST_MADE,
        depends=depends_on("differences"),
    message:
        "testing differences"
    script:
        "../scripts/differences.py"


rule robustness:
    input:
        **COMPARED,
        second_opinion="results/tables/second_opinion.csv",
        contrast_differences="results/tables/contrast_differences.csv",
        section_differences="results/tables/section_differences.csv",
        document_differences="results/tables/document_differences.csv",
        difference_tests="results/tables/difference_tests.csv",
        note_sentences="results/measures/note_sentences.parquet",
        note_hits="results/measures/note_hits.parquet",
    output:
        **made_by("robustness"),
    log:
        "results/logs/robustness.log",
    priority: FIRST
    params:
        counting=CONFIG["counting"],
        groups=lambda w: CONFIG["groups"],
        contrasts=CONFIG["contrasts"],
        testing=lambda w: chosen("copied_passages", "min_blocks", "confidence", "baseline"),
        last_made=LAST_MADE,
        depends=depends_on("robustness"),
    message:
        "checking how robust the differences are"
    script:
        "../scripts/robustness.py"


rule spread:
    input:
        **COMPARED,
        rates="results/tables/theme_rates.csv",
    output:
        **made_by("spread"),
    log:
        "results/logs/spread.log",
    params:
        counting=CONFIG["counting"],
        last_made=LAST_MADE,
        depends=depends_on("spread"),
    message:
        "measuring how themes are spread over the texts"
    script:
        "../scripts/spread.py"


rule actors:
    input:
        **COMPARED,
        entities="results/measures/entities.parquet",
        dates="results/measures/dates.parquet",
        relations="results/measures/relations.parquet",
        table=ACTORS,
    output:
        **made_by("actors"),
    log:
        "results/logs/actors.log",
    params:
        counting=CONFIG["counting"],
        testing=chosen("min_blocks", "confidence"),
        last_made=LAST_MADE,
        depends=depends_on("actors", *ACTORS),
    message:
        "counting actors"
    script:
        "../scripts/actors.py"


rule timeline:
    input:
        **COMPARED,
        dates="results/measures/dates.parquet",
    output:
        **made_by("timeline"),
    log:
        "results/logs/timeline.log",
    params:
        counting=CONFIG["counting"],
        last_made=LAST_MADE,
        depends=depends_on("timeline"),
    message:
        "counting the years that texts mention"
    script:
        "../scripts/timeline.py"


rule over_time:
    input:
        **COMPARED,
        timeline="results/tables/timeline.csv",
        themes=MEASURES["themes"],
    output:
        **made_by("over_time"),
    log:
        "results/logs/over_time.log",
    params:
        counting=CONFIG["counting"],
        groups=lambda w: CONFIG["groups"],
        settings=chosen("contrasts", "focus_themes", "period"),
        testing=chosen("copied_passages", "min_blocks", "confidence", "seed"),
        last_made=LAST_MADE,
        depends=depends_on("over_time"),
    message:
        "computing rates and changes over time"
    script:
        "../scripts/over_time.py"


rule models:
    input:
        **COMPARED,
        themes=MEASURES["themes"],
    output:
        **made_by("models"),
    log:
        "results/logs/models.log",
    params:
        counting=CONFIG["counting"],
        groups=lambda w: CONFIG["groups"],
        settings=lambda w: chosen("models", "contrasts", "period"),
        testing=chosen("copied_passages", "confidence"),
        last_made=LAST_MADE,
        depends=depends_on("models"),
    message:
        "fitting the models of the study and of groups"
    script:
        "../scripts/models.py"


rule keywords:
    input:
        terms="results/measures/terms.parquet",
        documents="results/tables/documents.csv",
    output:
        **made_by("keywords"),
    log:
        "results/logs/keywords.log",
    params:
        settings=chosen("confidence"),
        groups=lambda w: CONFIG["groups"],
        last_made=LAST_MADE,
        depends=depends_on("keywords"),
    message:
        "finding keywords"
    script:
        "../scripts/keywords.py"


rule lexicon_terms:
    input:
        **COMPARED,
        lexicon=LEXICON,
        codes=CODES,
    output:
        **made_by("lexicon_terms"),
    log:
        "results/logs/lexicon_terms.log",
    params:
        counting=CONFIG["counting"],
        contrasts=CONFIG["contrasts"],
        lexicon_format=LEXICON_FORMAT,
        coders=lambda w: CODERS,
        annotate=CONFIG["annotate"],
        last_made=LAST_MADE,
        depends=depends_on("lexicon_terms", LEXICON, *CODES),
    message:
        "counting the hits of each term of the lexicon"
    script:
        "../scripts/lexicon_terms.py"


rule validation:
    input:
        **COMPARED,
        second_opinion="results/tables/second_opinion.csv",
        rates="results/tables/theme_rates.csv",
        themes=MEASURES["themes"],
        codes=CODES,
    output:
        **made_by("validation"),
    log:
        "results/logs/validation.log",
    params:
        counting=CONFIG["counting"],
        contrasts=CONFIG["contrasts"],
        testing=lambda w: chosen("min_blocks", "confidence", "seed", "baseline"),
        coders=lambda w: CODERS,
        depends=depends_on("validation", *CODES),
    message:
        "comparing the lexicon with hand codes"
    script:
        "../scripts/validation.py"


# Not part of a run: it is started by its name, with `make sample`.
rule sample:
    input:
        **COMPARED,
    output:
        sample="results/sample.csv",
        workbook="results/sample.xlsx",
    log:
        "results/logs/sample.log",
    params:
        counting=CONFIG["counting"],
        settings={"size": CONFIG["sample_size"], "seed": CONFIG["seed"]},
        depends=depends_on("sample"),
    message:
        "drawing a sample of sentences to code"
    script:
        "../scripts/sample.py"


# Not part of a run: it is started by its name, with `make next-sample`.
rule next_sample:
    input:
        **COMPARED,
        second_opinion="results/tables/second_opinion.csv",
        themes=MEASURES["themes"],
        codes=CODES,
    output:
        sample="results/next_sample.csv",
        workbook="results/next_sample.xlsx",
    log:
        "results/logs/next_sample.log",
    params:
        counting=CONFIG["counting"],
        coders=lambda w: CODERS,
        focus=CONFIG["focus_themes"],
        settings={"size": CONFIG["sample_size"], "seed": CONFIG["seed"]},
        depends=depends_on("next_sample", *CODES),
    message:
        "drawing the sentences to code next"
    script:
        "../scripts/next_sample.py"


# Not part of a run: it is started by its name, with `make suggest`.
rule suggest:
    input:
        **COMPARED,
        section_differences="results/tables/section_differences.csv",
        document_differences="results/tables/document_differences.csv",
        lexicon=LEXICON,
        codes=CODES,
    output:
        table="results/term_suggestions.csv",
        page="results/term_suggestions.md",
    log:
        "results/logs/suggest.log",
    resources:
        mem_mb=STREAMING_MEGABYTES,
    params:
        counting=CONFIG["counting"],
        lexicon_format=LEXICON_FORMAT,
        coders=lambda w: CODERS,
        depends=depends_on("suggest", LEXICON, *CODES),
    message:
        "proposing terms for the lexicon"
    script:
        "../scripts/suggest.py"
