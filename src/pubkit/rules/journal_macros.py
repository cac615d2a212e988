r"""J014: macros for the names of journals, which ADS writes and AASTeX defines, as the text they print."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pubkit.diagnostics import Severity
from pubkit.markup import latex
from pubkit.model.entry import Entry
from pubkit.rules.base import Finding, rule

# Macro and what it prints. Source: the macros that the AAS gives for references of ADS.
_TABLE = """
aj AJ
actaa Acta Astron.
araa ARA&A
apj ApJ
apjl ApJ
apjs ApJS
ao Appl. Opt.
apss Ap&SS
aap A&A
aapr A&A Rev.
aaps A&AS
azh AZh
baas BAAS
bac Bull. astr. Inst. Czechosl.
caa Chinese Astron. Astrophys.
cjaa Chinese J. Astron. Astrophys.
icarus Icarus
jcap J. Cosmology Astropart. Phys.
jrasc JRASC
memras MmRAS
mnras MNRAS
na New A
nar New A Rev.
pra Phys. Rev. A
prb Phys. Rev. B
prc Phys. Rev. C
prd Phys. Rev. D
pre Phys. Rev. E
prl Phys. Rev. Lett.
pasa PASA
pasp PASP
pasj PASJ
rmxaa Rev. Mexicana Astron. Astrofis.
qjras QJRAS
skytel S&T
solphys Sol. Phys.
sovast Soviet Ast.
ssr Space Sci. Rev.
zap ZAp
nat Nature
iaucirc IAU Circ.
aplett Astrophys. Lett.
apspr Astrophys. Space Phys. Res.
bain Bull. Astron. Inst. Netherlands
fcp Fund. Cosmic Phys.
gca Geochim. Cosmochim. Acta
grl Geophys. Res. Lett.
jcp J. Chem. Phys.
jgr J. Geophys. Res.
jqsrt J. Quant. Spec. Radiat. Transf.
memsai Mem. Soc. Astron. Italiana
nphysa Nucl. Phys. A
physrep Phys. Rep.
physscr Phys. Scr
planss Planet. Space Sci.
procspie Proc. SPIE
"""
_NAMES = dict(row.split(" ", 1) for row in _TABLE.strip().splitlines())
_MACRO = re.compile(r"\{?\\([a-z]{2,8})(?:\s*\{\})?\s*\}?")


@rule(
    "J014",
    "journal-macro",
    "A macro for a journal becomes the name it prints.",
    safe=True,
    fields="journaltitle",
)
def journal_macro(entry: Entry) -> Iterable[Finding]:
    r"""`journal = {\aap}` becomes `journal = {A\&A}`.

    Entries of ADS name astronomical journals by macros, which only the classes of the journals define:
    without one of them LaTeX stops, and no other program knows what is meant.
    """
    found = _MACRO.fullmatch(entry.fields.get("journaltitle", "").strip())
    if found and (name := _NAMES.get(found[1])):
        repair = {"journaltitle": latex.escape(name)}
        yield Finding("a macro for the name of a journal", "journaltitle", repair, severity=Severity.INFO)


RULES = (journal_macro,)
