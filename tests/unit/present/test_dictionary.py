from framescope.present.dictionary import data_dictionary, results_readme
from framescope.table_schemas import table_schemas


def test_every_table_and_column_is_explained():
    text = data_dictionary()
    for table in table_schemas().values():
        assert f"## {table.name}\n" in text
        for column, facts in table.columns.items():
            assert f"| {column} | {facts.type} | {facts.about}" in text


def test_the_results_readme_lists_tables_for_readers_only():
    text = results_readme(large=False)
    for table in table_schemas().values():
        assert (f"`tables/{table.name}.csv`" in text) is bool(table.made_by)
    assert "pandas.read_parquet" not in text


def test_the_results_readme_of_a_large_study_names_the_files_that_exist_and_says_how_parquet_is_read():
    text = results_readme(large=True)
    for table in table_schemas().values():
        assert (f"`tables/{table.name}.csv`" in text) is bool(table.made_by and not table.parquet)
        assert (f"`tables/{table.name}.parquet`" in text) is table.parquet
    assert "arrow::read_parquet in R and with pandas.read_parquet in Python" in text
    assert "also as Parquet" not in text
