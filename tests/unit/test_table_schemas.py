"""The files of tables."""

from framescope.table_schemas import MOST_WORDS_AS_CSV, files_made_by, is_large, table_schemas


def test_beyond_two_million_words_the_tables_with_parquet_have_no_csv_file():
    assert [is_large(words) for words in (MOST_WORDS_AS_CSV, MOST_WORDS_AS_CSV + 1)] == [False, True]
    for table in (table for table in table_schemas().values() if table.made_by):
        small, large = (set(files_made_by(table.made_by, large).values()) for large in (False, True))
        assert table.file in small
        assert (table.file in large) is not table.parquet
        assert (table.parquet_file in small & large) is table.parquet
        assert table.file_of_study(large=False) in small
        assert table.file_of_study(large=True) in large


def test_a_table_that_may_be_parquet_alone_is_no_sheet_which_others_read_as_csv():
    assert [table.name for table in table_schemas().values() if table.parquet and table.sheet] == []
