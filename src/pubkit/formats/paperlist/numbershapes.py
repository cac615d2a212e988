"""What volumes, issues, pages, editions, report numbers and patents look like."""

from __future__ import annotations

import re

PATENT = re.compile(
    r"\b(?:(?:U\.? ?S\.?|European|EP|WO|PCT|German|Chinese|CN|JP|Korean|DE"
    r"|GB) )?(?:Provisional )?(?:Patent|Pat\.)"
    r"(?: (?:Application|Appl?\.|Publication|Pub\.))?(?: ?(?:No\.?|Number|\#|Serial No\.))?:? ?"
    r"(?P<number>(?:[A-Z]{2})?[ /]?\d[\d,./]{3,14}\d(?: ?[AB]\d)?)|\b(?P<bare>(?:US|EP|WO|CN|DE"
    r"|JP) ?\d[\d,/]{5,13}\d(?: ?[AB]\d)?)\b"
)
RANGE = (
    r"[A-Za-z]{0,4}\d{1,6}(?:[.:]\d{1,5})?"
    r"(?:\s?[-–—−]{1,3}\s?[A-Za-z]{0,2}\d{1,6}(?:[.:]\d{1,5}|\.e\d{1,3})?)?"
)
TRUE_RANGE = (
    r"[A-Za-z]{0,4}\d{1,6}(?:[.:]\d{1,5})?\s?[-–—−]{1,3}\s?[A-Za-z]{0,2}\d{1,6}(?:[.:]\d{1,5}|\.e\d{1,3})?"
)
NUMBERS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Vancouver: "2020;158:111420".
        r"(?<=\d{4};)\s?(?P<volume>\d{1,4})(?:\s?\((?P<number>[\w –/-]{1,12})\))?\s?:\s?"
        r"(?P<pages>\d{1,9})(?=\s*(?:[.;,]|$|\n))",
        r"(?<![\w.])(?P<volume>\d{1,4})\s?\((?P<number>[\w –/-]{1,12})\)\s?[:,]\s?"
        r"(?P<eid>[A-Za-z]{1,5}\d{2,12}|\d{7,12})(?![\w–-])",
        r"(?<![\w.])(?P<volume>\d{1,3})\s?\((?P<number>(?-i:[A-Z]{3,8}\d{0,2}))\)"
        r"(?:\s?[:,]\s?(?P<pages>" + RANGE + r"))?(?![\w–-])",
        r"(?<![\w.])(?P<volume>\d{1,4})\s?\((?P<number>Suppl(?:ement|\.)? ?[\w –/-]{0,8})\)\s?:\s?"
        r"(?P<pages>[A-Za-z]{0,2}\d{1,6}(?:\s?[-–]\s?[A-Za-z]{0,2}\d{1,6})?)(?!\w)",
        r"(?<=\d )(?P<pagetotal>\d{1,4}) p\b\.?(?=\s*$|\s*\n)",
        r"(?<![\w.:])(?:pp?\.? ?|pages )?(?P<pages>(\d{1,4}):\d{1,3}\s?[-–—]{1,2}\s?\2:\d{1,3})(?![\w:])",
        r"\bpaper(?: no\.?)?:? (?P<number>[A-Z]{2,8}\d{0,4}-\d{3,6})\b",
        r"\b(?P<number>(?:[A-Z]{2,8}-)*(?:TR|TM|TP|CR|RR|WP|DP|LA-UR"
        r"|SAND)-?(?:[A-Z\d]{1,6}[-/])*\d{2,8})(?![\w-])",
        r"\(?\bPublication No\.? ?(?P<number>[A-Z]{0,4}[\d-]{3,12})\)?",
        r"(?<=[»”\"], )(?P<volume>(?-i:[IVXLC]{1,7}))(?=, )",
        r"(?:^|(?<=[\s(]))ver(?:sion|\.) (?P<version>\d[\d.]{0,8}\d|\d)(?=[),;\s]|$)",
        r"第?\s?(?P<volume>\d{1,4})\s?[巻卷](?:\s?[,，]?\s?第?\s?(?P<number>\d{1,4})\s?[号期])?",
        r"第\s?(?P<number>\d{1,4})\s?[号期]",
        r"(?P<pages>\d{1,5}\s?[-–—~～〜]\s?\d{1,5})\s?[頁页]",
        r"\b(?:vol(?:ume|\.)?|bd\.?|band|jg\.?|jahrgang|cilt|tomo?|tome|том"
        r"|т\.|t\.(?=\s?\d)|roč(?:ník|\.)|årg(?:ång|\.)?|bind|köt(?:et|\.)|sv(?:azek"
        r"|\.))\s*(?P<volume>[A-Z]?\d{1,5}(?:-[A-Z]{1,5}-?\d{1,4}\b|-?[A-Z]\b)?|[IVXLC]{1,7}\b)"
        r"(?:\s?\((?P<number>[\w –/-]{1,12})\)(?:\s?:\s?(?P<pages>" + RANGE + r"))?)?",
        r"\bv\.?\s?(?P<volume>\d{1,5})\b(?:\s?\((?P<number>[\d–/-]{1,9})\)(?:\s?[:,]\s?(?P<pages>"
        + RANGE
        + r"))?)?",
        r"\b(?:art(?:icle|\.)?(?:\s?(?:no\.?|number|id|#))?|id\.|paper(?:\s?(?:no\.?|#))|e-?id)\s*[.:]?\s*"
        r"(?P<eid>[A-Z]{0,3}[\d.]*\d[\w.]{0,10})\b",
        r"(?:\b(?:issue|sayı|č\.(?=\s?\d)|čís(?:lo|\.)|z\.(?=\s?\d)|zesz(?:yt|\.)|no\.?(?=\s?\d)|nos\."
        r"|nr\.?|number|num\.|n[°º]|heft|H\.|fasc\.|n\.(?=\s?\d))"
        r"|№)\s*"
        r"(?P<number>\d[\w/–-]{0,12})",
        r"\b(?:Sp\.|cols?\.|Spalten?)\s*(?P<pages>" + RANGE + r")\b",
        r"\b(?:pp?|pages?|pgs?|seiten?|pág(?:s|inas)?)\.?\s*(?P<pages>" + RANGE + r")\b",
        r"(?<![\w.])(?:S|С|стр|C)\.\s*(?P<pages>" + RANGE + r")\b",
        r"(?<=[a-z] )(?P<pages>\d{1,4})(?= \([^()]{3,160}\beds?\.,)",
        r"\bss\. (?P<pagetotal>\d{2,4})(?=\s*(?:[,.;]|$|\n))",
        r"(?<=[,;.)] )(?P<pagetotal>\d{2,4})\s?(?:pp?|с|S|Seiten|pages|páginas|págs|pagine"
        r"|blz)\b\.?(?=\s*(?:[,.;]|$|\n))",
        r"(?<=[\w.)] )(?P<volume>\d{1,3}), (?P<number>\d{1,2}|[A-Z]{3,8}\d{0,2})(?=, art(?:icle|\.))",
        r"(?<=[A-Za-z.)] )(?P<volume>\d{1,3}), (?P<number>\d{1,2})(?= \((?:[A-Z][a-z]{2,8}\.? )?(?:19"
        r"|20)\d\d\),? ?\d)",
        r"제\s?(?P<volume>\d{1,4})\s?권(?:\s?,?\s?제?\s?(?P<number>\d{1,4})\s?호)?",
        r"(?<![\w.])(?:(?P<volume>\d{1,4}),\s*)?(?P<pages>\d{1,3},\d{3}\s?[-–]\s?\d{1,3},\d{3})(?![\d,])",
        r"(?<![\w.])(?P<volume>[A-Z]?\d{1,4})\s?\((?P<number>\d{1,5}(?:\s?[-–/]\s?\d{1,4})?)\)\s?[:,.]?\s*"
        # "71-79 (2021)", as DBLP prints it, are pages; "12 (3)" goes on.
        r"(?P<pages>" + RANGE + r")(?![\w:–-]|\s?\((?!(?:1[89]|20)\d\d\)))",
        r"(?<![\w.])(?P<volume>[A-Z]?\d{1,4})\s?\((?P<number>\d{1,5}(?:\s?[-–/]\s?\d{1,3})?)\)",
        r"(?<![\w.])(?P<volume>\d{1,4})\s?:\s?(?P<eid>[A-Za-z]{1,5}\d{2,12})(?![\w–-])",
        r"(?<![\w.])(?P<volume>\d{1,4})\s?:\s?(?P<pages>" + TRUE_RANGE + r")(?!\w)",
        r"(?<=[\w.),] )(?P<volume>\d{1,4})\s?:\s?(?P<pages>\d{1,9})(?=\s*(?:[,.;(]|$|\n))",
        r"(?<![\w.])(?!(?:19|20)\d\d,)(?P<volume>[A-Z]?\d{1,4}),\s*(?P<pages>(?:" + TRUE_RANGE + r""
        r"|[A-Z]{0,5}\d{1,8}))"
        r"(?=\s*[,.;(\[]|\s*$|\s*\n)",
        r"(?<=[,;:] )(?P<eid>e?\d{4}[A-Z]{2}\d{4,8}|e\d{3,12})(?=\s*[,.;]|\s*$|\s*\n)",
        r"(?<=[,;:.(] )(?P<pages>\d{1,5}\s?[-–—−]{1,2}\s?\d{1,5})(?=\s*[,.;()]|\s*$|\s*\n)",
        r"(?<=[,;] )(?P<pages>\d{5,7})(?=\s*[,.;(]|\s*$|\s*\n)",
        r"(?<=[a-z.)], )(?P<volume>\d{1,4})(?=\s*[,.;]|\s*\(|\s*$|\s*\n)",
        r"(?<=[a-z.)] )(?P<volume>\d{1,4})(?=\s*,?\s*\((?:19|20)\d\d|\s*\n)",
    )
)
RATIO = re.compile(r"\d{1,2}:\d{1,2}")
# American law: "98 N.Y.U. L. Rev. 455 (2023)", "45 Cardozo L. Rev. (forthcoming 2024)".
LAW = re.compile(
    r"(?<![\w.])(?P<volume>\d{1,3}) (?P<journal>(?:(?:[A-Z][\w.'’&-]{0,20}|&|of|on|the|and) ){1,10})"
    r"(?P<pages>\d{1,5}|_{2,})?(?:[,–-] ?\d{1,5})* ?(?=\((?:forthcoming|symposium)?[ ,]*(?:\d{4})?\))"
)
LAW_NAME = re.compile(
    r"(?=[^\n]{0,60}(?:\bL\. ?(?:J\b|Rev|Q)|\bLaw\b|\bJ\.|Rev\b|\bReg\.))[A-Z][\w.'’& -]{2,60}"
)
IS_LAW = re.compile(r"\bL\. ?(?:J\b|Rev|Q)|\bLaw\b|\bJ\.|Rev\b|Rep\.|\bReg\.")
# Behind or before a year in brackets: "58 (1996), 211-215", "951 (2020) 114876".
BEFORE_YEAR = re.compile(
    r"(?<![\w.–-])(?P<volume>[A-Z]?\d{1,4}[A-Z]?)(?:(?:,? ?(?:no\.|\() ?(?=\d{1,4})|, (?=\d{1,2} $)"
    r"|[.:/](?=\d{1,2},? ?$))"
    r"(?P<number>\d{1,4})\)?)?,? ?$"
    r"|(?<=, )(?P<roman>[ivxlc]{1,8}|[IVXLC]{1,8}),? ?$"
)
BEHIND_YEAR = re.compile(
    r"[,:]? ?(?:pp?\. ?|[Ss]\. ?)?(?P<pages>"
    + RANGE.replace("{0,4}", "{0,2}", 1)
    + r")(?=\s*(?:[,.;()\[]|$|\n))"
)
# The number of a report stands behind the words for it: "NBER Working Paper No. 29981".
REPORT_NUMBER = re.compile(
    r"\b(?:(?:working|discussion|staff|research|occasional) papers?|(?:technical|tech\.?|research"
    r"|internal) (?:reports?|rep\.))"
    r"(?: series)?(?P<lead>,?(?: (?:no\.?|nr\.?|number"
    r"|#))? ?)(?P<number>[A-Z]{0,8}[-/ ]?\d[\w./-]{0,12}(?<![.,]))(?![\w])",
    re.IGNORECASE,
)
EDITION = re.compile(
    r"(?<!\w)\(?(?:(?P<number>\d{1,2})(?:st|nd|rd|th|d|\.|ª|a|e|ème)?|(?P<word>first|second|third|fourth"
    r"|fifth|sixth)),? (?:(?:rev(?:ised|\.)?|überarb\.|erw\.|international),? )*"
    r"(?:ed(?:ition|n|\.)|auflage|aufl\.|édition|edición|edição|edizione|изд\.)\)?(?!\w)",
    re.IGNORECASE,
)
ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6"}
# … or the number of the issue stands behind it: "71 (2020), nr 2".
ISSUE_BEHIND = re.compile(r"[,;]? ?(?:nr|no|n|h|heft|issue|iss|№)\.? ?\d", re.IGNORECASE)
SERIES = re.compile(
    r"\b(?:LNCS|LNAI|LNEE|LIPIcs|OASIcs|CCIS|IFIP AICT|PMLR|EPTCS"
    r"|CEUR(?:-WS)?)\b[\s,]*(?:v(?:ol)?\.?\s*)?"
    r"(?:(?P<volume>\d{1,6})(?:\s?:\s?(?P<pages>\d{1,6}\s?[-–]\s?\d{1,6}))?)?"
)
