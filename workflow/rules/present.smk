"""
In: the tables.
Out: the report, findings, figures, a workbook, LaTeX, and the record of how the results were made.
Local rules take less time than a job waits on a cluster, and run on the machine of Snakemake.
"""

REQUIREMENTS = file_of_study(str(PACKAGE.parents[1] / "requirements.txt"))
# A file of the study may have the same name as one of Framescope.
OWN_OR_OUR_NAMES = [
    f"study/{path}" if path == CONFIG[key] else Path(path).name
    for key in ("actors", "eras")
    for path in own_and_ours(key)
]
NAMES_OF_DATA = [Path(lexicon_file(CONFIG["lexicon"])).name, *OWN_OR_OUR_NAMES]
SHOWN = {name: TABLES[name] for name, table in table_schemas().items() if table.sheet}
STORIES = [file_of_study(STORY)] if Path(STORY).exists() else []
# Tables that are no sheets of the workbook, which the report needs to show the sentences behind a number.
BEHIND_NUMBERS = {name: table.parquet_file for name, table in table_schemas().items() if table.parquet}
HAND_CODED = ["validation", "corrected_shares", "corrected_contrasts", "corrected_differences", "code_problems"]
PRESENTED = ["results/report.html", "results/findings.md", "results/tables.xlsx", "results/README.md"]
PRESENTED += ["results/latex/framing_by_section.tex", "results/latex/models.tex", "results/provenance.json"]
DRAWN = {f"results/figures/{name}.svg": about for name, about in declared_figures().items()}
# All figures with their choices, as the report shows them.
DRAWINGS = "results/cache/drawings.json"
# The report without its figures, which is written while they are drawn.
PAGE = "results/cache/page.html"
PRESENTED += [*DRAWN, DRAWINGS, PAGE]


rule findings:
    input:
        contrasts=TABLES["contrasts"],
        contrast_differences=TABLES["contrast_differences"],
        section_differences=TABLES["section_differences"],
        document_differences=TABLES["document_differences"],
        sections=TABLES["sections"],
        documents=TABLES["documents"],
        robustness=TABLES["robustness"],
        corrected_shares=TABLES["corrected_shares"],
        corrected_contrasts=TABLES["corrected_contrasts"],
        changes=TABLES["changes"],
        models=TABLES["models"],
        marginal_differences=TABLES["marginal_differences"],
    output:
        findings=report(
            "results/findings.md", caption="../report/findings.rst", category="Findings", labels={"text": "findings"}
        ),
    log:
        "results/logs/findings.log",
    priority: FIRST
    params:
        settings=lambda w: {"definitions": CONFIG["contrasts"], **chosen("confidence", "baseline", "annotate")},
        depends=depends_on("findings"),
    message:
        "writing the findings"
    script:
        "../scripts/findings.py"


rule page:
    input:
        **SHOWN,
        **BEHIND_NUMBERS,
        **{name: TABLES[name] for name in HAND_CODED},
        texts=TEXTS,
        findings="results/findings.md",
        provenance="results/provenance.json",
        story=STORIES,
    output:
        page=PAGE,
        # Scripts with texts that the page of a large study does not contain.
        texts=directory("results/report"),
    log:
        "results/logs/page.log",
    priority: FIRST
    resources:
        mem_mb=2048,
    params:
        title=lambda w: CONFIG["title"],
        depends=depends_on("page", *STORIES),
    message:
        "writing the report, but for its figures"
    script:
        "../scripts/page.py"


rule report:
    input:
        page=PAGE,
        drawings=DRAWINGS,
    output:
        page=report(
            "results/report.html",
            caption="../report/report.rst",
            category="Report",
            labels={"page": "report of Framescope"},
        ),
    log:
        "results/logs/report.log",
    params:
        depends=depends_on("report"),
    message:
        "putting the figures into the report"
    script:
        "../scripts/report.py"


rule figures:
    input:
        **SHOWN,
    output:
        drawings=DRAWINGS,
        figures=[
            report(
                file,
                caption="../report/figures.rst",
                category="Figures",
                labels={"figure": title, "how to read it": caption},
            )
            for file, (title, caption) in DRAWN.items()
        ],
        beside=[str(Path(file).with_suffix(suffix)) for file in DRAWN for suffix in (".png", ".csv")],
    log:
        "results/logs/figures.log",
    priority: FIRST
    resources:
        # Not threads, because other jobs need not wait for it: it is one of the last, and they are short.
        copies=lambda w: min(COPIES, workflow.resource_settings.cores or 1),
    params:
        cache=lambda w, output: str(Path(output.drawings).parent),
        last_made=LAST_MADE,
        settings=chosen("contrasts", "confidence", "theme_colours"),
        depends=depends_on("figures"),
    message:
        "drawing figures"
    script:
        "../scripts/figures.py"


rule workbook:
    input:
        **SHOWN,
    output:
        workbook="results/tables.xlsx",
        latex="results/latex/framing_by_section.tex",
        models="results/latex/models.tex",
        readme="results/README.md",
    log:
        "results/logs/workbook.log",
    params:
        focus=CONFIG["focus_themes"],
        confidence=CONFIG["confidence"],
        last_made=LAST_MADE,
        large=LARGE,
        depends=depends_on("workbook"),
    message:
        "writing the workbook"
    script:
        "../scripts/workbook.py"


rule provenance:
    input:
        tables=list(TABLES.values()),
        lexicon=LEXICON,
        actors=ACTORS,
        eras=ERAS,
        requirements=REQUIREMENTS,
    output:
        provenance="results/provenance.json",
    log:
        "results/logs/provenance.log",
    priority: FIRST
    params:
        config=CONFIG,
        names=lambda w: NAMES_OF_DATA,
        steps=lambda w: steps(),
        depends=depends_on("provenance", LEXICON, *ACTORS, *ERAS, REQUIREMENTS),
    message:
        "recording how the results were made"
    script:
        "../scripts/provenance.py"
