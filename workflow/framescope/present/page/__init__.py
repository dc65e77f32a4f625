"""The report as one page: its views, the data behind them, and the files of which it is made."""
