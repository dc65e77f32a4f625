"""
In: the sources of a batch, by their content, because their times are not reliable and may lie in the future.
Out: results/text/{batch}.jsonl, one line for each source: a Document, or the reason why there is none.
"""


rule extract:
    input:
        version=local(version_file()),
        roles=file_of_study(f"{LEXICONS}/roles.yaml"),
    output:
        text="results/text/{batch}.jsonl",
    log:
        "results/logs/extract/{batch}.log",
    resources:
        mem_mb=4096,
    params:
        cache="results/cache",
        tables=TABLES_MEMORY,
        register=REGISTER_FILE,
        entries=lambda w: REGISTER.of_sources[w.batch],
        settings=chosen("limits", "ocr", "language", "roles", "section_roles", "fresh", "corpora"),
        reader=CODE.of_modules("extract.reader", "extract.language"),
        depends=depends_on("extract", f"{LEXICONS}/roles.yaml", of_batch=sources),
    message:
        "reading documents, batch {wildcards.batch}"
    script:
        "../scripts/extract.py"
