"""Clean-ups and checks, one rule one code: `check` finds, `fix` repairs.

Codes: N names · T titles · D dates · I identifiers · F fields · J journals and venues · P pages and numbers ·
L library · K citation keys.
"""

from pubkit.rules.base import Finding, Rule, Settings
from pubkit.rules.running import (
    Fixed,
    check,
    diagnose,
    diagnose_library,
    diagnostic,
    fix,
    fix_library,
)
from pubkit.rules.selection import RULES, Codes, select_rules

__all__ = [
    "RULES",
    "Codes",
    "Finding",
    "Fixed",
    "Rule",
    "Settings",
    "check",
    "diagnose",
    "diagnose_library",
    "diagnostic",
    "fix",
    "fix_library",
    "select_rules",
]
