"""Fails the job of one rule after it has written its outputs: the worst moment for the engine's bookkeeping."""

import atexit
import os
import sys

rule = os.environ.get("FAILING_RULE")
if rule and any(argument.endswith(f".{rule}.py") for argument in sys.orig_argv):
    atexit.register(lambda: os._exit(1))
