"""What entries say behind themselves: what they discuss, where they were noticed, what they won."""

from __future__ import annotations

import re

# "(reviewing A. Li, A Book (2012))": what an essay is about.
ABOUT = re.compile(
    r"[(\[](?:reviewing|review of|reply to|replying to|response to|responding to|commenting on|comment on"
    r"|reprinted (?:in|as|from)|translated (?:into|as|from|by)|excerpted in|cited in|discussed in"
    r"|with commentar(?:y|ies) by)\b(?:[^()\[\]]|\([^()]{0,60}\)){3,240}[)\]]",
    re.IGNORECASE,
)
# A sentence of its own behind a whole entry: "Media: VoxEU.", "Shortlisted for the Whitfield Prize."
TAIL = re.compile(
    r"(?<=[.!?)\]”\"’»;] )(?:(?:Media|Press)(?: coverage)?:|(?:Featured (?:in|on|by|as)|Cover(?:ed"
    r"|age) (?:in|by|of)"
    r"|Previously (?:circulated|titled|entitled)|Formerly (?:circulated|titled|entitled)|Supersedes"
    r"|Short-?listed|Long-?listed|Winner of|Awarded|Nominated|Selected (?:as|for|by)|Recipient of"
    r"|Recommended by"
    r"|Named (?:one|a|as)|Reprinted (?:in|as)|Reviewed (?:in|by)|Discussed (?:in|by)|Translated (?:in)?to"
    r"|Translation(?:s)? into|Chosen (?:as|for))\b)[^\n]*"
)
