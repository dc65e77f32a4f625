"""Characters of Unicode's private use by which readers mark places in a text until it is assembled.

Readers remove those of a source, which `PRIVATE` finds, before they set marks of their own.
"""

from __future__ import annotations

import re

# Around a raised number or sign in the running text, which calls a note.
MARKER_OPENS, MARKER_CLOSES = "\ue000", "\ue001"
# A line of this alone separates what is above it from what is below.
RULE = "\ue002"
# In place of what markup has taken out of a text.
REMOVED = "\ue003"

PRIVATE = re.compile("[\ue000-\ue003]")
