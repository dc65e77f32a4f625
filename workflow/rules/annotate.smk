"""
In: the Documents of a batch.
Out: results/annotated/{batch}.spacy, their paragraphs, headings and notes as spaCy Docs with names and dates.
"""


rule annotate:
    input:
        text="results/text/{batch}.jsonl",
        actors=ACTORS,
        eras=ERAS,
    output:
        docs="results/annotated/{batch}.spacy",
    log:
        "results/logs/annotate/{batch}.log",
    resources:
        mem_mb=2048,
    params:
        cache="results/cache",
        register=REGISTER_FILE,
        published=lambda w: REGISTER.of_dates(w.batch),
        settings=chosen("model", "annotate", "device", "fresh"),
        model_code=CODE.of_modules("annotate.docs", "annotate.model"),
        names_code=CODE.of_modules("annotate.batch"),
        last_made=LAST_MADE,
        depends=depends_on("annotate", *ACTORS, *ERAS),
    message:
        "annotating documents, batch {wildcards.batch}"
    script:
        "../scripts/annotate.py"
