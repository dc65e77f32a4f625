"""Private-use characters of Unicode with which readers mark positions in a text until it is assembled.

Before readers insert such marks, they remove from the source the characters that `PRIVATE` finds.
"""

from __future__ import annotations

import re

# These enclose a raised number or sign in the running text that cites a note.
MARKER_OPENS, MARKER_CLOSES = "\ue000", "\ue001"
# A line that consists of this character stands for a printed rule.
RULE = "\ue002"
# This character replaces an element that was removed from a text.
REMOVED = "\ue003"
# These enclose the place of a note among those of the document, where the text cites a note that it contains.
CALL_OPENS, CALL_CLOSES = "\ue004", "\ue005"

PRIVATE = re.compile("[\ue000-\ue005]")
