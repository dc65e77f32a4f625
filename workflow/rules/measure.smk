"""
In: all batches.
Out: results/measures/*.parquet, one job for each question that needs the texts themselves.
"""

# A batch of annotated texts at a time, the names and terms of the whole study, and what a Python with its libraries takes.
STREAMING_MEGABYTES = 2048
TEXTS = expand("results/text/{batch}.jsonl", batch=BATCHES)
DOCS = expand("results/annotated/{batch}.spacy", batch=BATCHES)
MEASURES = ["document_facts", "section_facts", "text_accounting", "failures", "sentences", "readability"]
MEASURES += ["entities", "dates", "matches", "terms", "relations", "note_sentences", "note_hits"]


rule texts:
    input:
        texts=TEXTS,
    output:
        document_facts="results/measures/document_facts.parquet",
        section_facts="results/measures/section_facts.parquet",
        text_accounting="results/measures/text_accounting.parquet",
        failures="results/measures/failures.parquet",
    log:
        "results/logs/texts.log",
    resources:
        mem_mb=STREAMING_MEGABYTES,
    params:
        depends=depends_on("texts"),
    message:
        "counting what was read"
    script:
        "../scripts/texts.py"


rule sentences:
    input:
        docs=DOCS,
        facts="results/measures/document_facts.parquet",
    output:
        sentences="results/measures/sentences.parquet",
        readability="results/measures/readability.parquet",
    log:
        "results/logs/sentences.log",
    resources:
        mem_mb=STREAMING_MEGABYTES,
    params:
        depends=depends_on("sentences"),
    message:
        "listing sentences"
    script:
        "../scripts/sentences.py"


rule entities:
    input:
        docs=DOCS,
        facts="results/measures/document_facts.parquet",
        actors=ACTORS,
    output:
        entities="results/measures/entities.parquet",
    log:
        "results/logs/entities.log",
    resources:
        mem_mb=STREAMING_MEGABYTES,
    params:
        depends=depends_on("entities", *ACTORS),
    message:
        "resolving names"
    script:
        "../scripts/entities.py"


rule dates:
    input:
        docs=DOCS,
        facts="results/measures/document_facts.parquet",
    output:
        dates="results/measures/dates.parquet",
    log:
        "results/logs/dates.log",
    resources:
        mem_mb=STREAMING_MEGABYTES,
    params:
        depends=depends_on("dates"),
    message:
        "listing dates"
    script:
        "../scripts/dates.py"


rule matches:
    input:
        docs=DOCS,
        facts="results/measures/document_facts.parquet",
        entities="results/measures/entities.parquet",
        actors=ACTORS,
        lexicon=LEXICON,
    output:
        matches="results/measures/matches.parquet",
    log:
        "results/logs/matches.log",
    resources:
        mem_mb=STREAMING_MEGABYTES,
    params:
        settings={"subject_above_share": CONFIG["counting"]["subject_share"], "published": published(STUDY.documents)},
        lexicon_format=LEXICON_FORMAT,
        depends=depends_on("matches", LEXICON, *ACTORS),
    message:
        "matching themes"
    script:
        "../scripts/matches.py"


rule notes:
    input:
        docs=DOCS,
        facts="results/measures/document_facts.parquet",
        lexicon=LEXICON,
    output:
        note_sentences="results/measures/note_sentences.parquet",
        note_hits="results/measures/note_hits.parquet",
    log:
        "results/logs/notes.log",
    resources:
        mem_mb=STREAMING_MEGABYTES,
    params:
        lexicon_format=LEXICON_FORMAT,
        depends=depends_on("notes", LEXICON),
    message:
        "matching themes in notes"
    script:
        "../scripts/notes.py"


rule terms:
    input:
        docs=DOCS,
        facts="results/measures/document_facts.parquet",
    output:
        terms="results/measures/terms.parquet",
    log:
        "results/logs/terms.log",
    resources:
        mem_mb=STREAMING_MEGABYTES,
    params:
        depends=depends_on("terms"),
    message:
        "counting terms"
    script:
        "../scripts/terms.py"


rule relations:
    input:
        docs=DOCS,
        facts="results/measures/document_facts.parquet",
        entities="results/measures/entities.parquet",
        actors=ACTORS,
    output:
        relations="results/measures/relations.parquet",
    log:
        "results/logs/relations.log",
    resources:
        mem_mb=STREAMING_MEGABYTES,
    params:
        depends=depends_on("relations", *ACTORS),
    message:
        "reading who does what"
    script:
        "../scripts/relations.py"
