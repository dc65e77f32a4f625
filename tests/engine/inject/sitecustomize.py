"""Fails the jobs of some rules after they have written their outputs: the worst moment for the engine's bookkeeping."""

import atexit
import os
import sys

rules = os.environ.get("FAILING_RULES", "").split()
if any(argument.endswith(f".{rule}.py") for argument in sys.orig_argv for rule in rules):
    atexit.register(lambda: os._exit(1))
