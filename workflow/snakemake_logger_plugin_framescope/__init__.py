"""Snakemake's messages as events for the screen of `make`, instead of its own text."""

import logging

from snakemake_interface_logger_plugins.base import LogHandlerBase
from snakemake_interface_logger_plugins.common import LogEvent

from framescope.housekeeping import report_lines
from framescope.logs import say, send


class LogHandler(LogHandlerBase):
    """Sends what the screen shows: jobs begun, finished and failed, errors, and that nothing is to be done."""

    writes_to_stream = True
    writes_to_file = False
    has_filter = True
    has_formatter = True
    needs_rulegraph = False

    def emit(self, record: logging.LogRecord) -> None:
        """Send the event of a record, or nothing."""
        event = getattr(record, "event", None)
        if event == LogEvent.JOB_INFO:
            send("job", number=record.jobid, output=_first(record.output), batch=record.wildcards.get("batch", ""))
        elif event == LogEvent.JOB_FINISHED:
            send("finished", number=record.job_id)
        elif event == LogEvent.JOB_ERROR:
            send("failed", rule=record.rule_name, log=_first(record.log))
        elif event == LogEvent.ERROR:
            send("error", kind=record.exception, text=record.getMessage())
        elif event is None and str(record.msg).startswith("Nothing to be done"):
            say("Nothing has changed: the results are up to date.")
            for line in report_lines("results"):
                say(line)


def _first(files: list[str]) -> str:
    return str(files[0]) if files else ""
