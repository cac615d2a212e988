"""What JATS calls the parts of a reference and what BibLaTeX calls them: facts, no code.

Source: JATS 1.3 (NISO Z39.96), elements `element-citation`, `mixed-citation` and what stands in them.
"""

from __future__ import annotations

from pubkit.crosswalks.table import Crosswalk, kinds, places

#: `person-group-type` → name-list field; with a role where the field alone does not say it.
GROUPS: dict[str, tuple[str, str]] = {
    "author": ("author", ""),
    "allauthors": ("author", ""),
    "inventor": ("author", ""),
    "": ("author", ""),
    "editor": ("editor", ""),
    "guest-editor": ("editor", ""),
    "translator": ("translator", ""),
    "transed": ("translator", ""),
    "assignee": ("holder", ""),
    "compiler": ("editora", "compiler"),
    "curator": ("editora", "curator"),
    "director": ("director", ""),
    "illustrator": ("editora", "illustrator"),
    "producer": ("producer", ""),
    "research-assistant": ("editora", "collaborator"),
    "sponsor": ("editora", "organizer"),
}

_KINDS = """
journal          article
article          article
book             book
chapter          incollection
confproc         inproceedings
conf-proc        inproceedings
conference       inproceedings
conf-paper       inproceedings
data             dataset
dataset          dataset
database         dataset
discussion       online
eprint           online
preprint         online
gov              report
government       report
letter           letter
list             misc
magazine         article         entrysubtype=magazine
newspaper        article         entrysubtype=newspaper
news             article         entrysubtype=newspaper
patent           patent
periodical       article
personal-communication  letter
report           report
software         software
computer-program software
standard         standard
thesis           thesis
dissertation     thesis
undeclared       misc
unknown          misc
other            misc
video            video
audiovisual      video
audio            audio
web              online
webpage          online
website          online
blog             online
working-paper    report
unpublished      unpublished
commun           letter
legal            legal
wiki             online
encyclopedia     inreference
reference-work   inreference
"""

_PLACES = """
volume        volume
number        issue
number        issue-id          <
series        series
number        volume-series
edition       edition
eid           elocation-id
publisher     publisher-name
location      publisher-loc
institution   institution       thesis report
organization  institution
eventtitle    conf-name
venue         conf-loc
organization  conf-sponsor
issuetitle    issue-title
part          part-title
version       version
isbn          isbn
issn          issn
doi           pub-id doi
pmid          pub-id pmid
pmcid         pub-id pmcid
isbn          pub-id isbn
eprint        pub-id arxiv
number        pub-id std-designation
number        pub-id other        report standard patent
number        patent
number        std
institution   gov
pagetotal     size
url           uri
note          comment
annotation    annotation
origtitle     trans-title
"""

JATS = Crosswalk(
    "JATS",
    kinds(_KINDS),
    places(_PLACES.replace("pub-id ", "pub-id."), spaced=False),
    silent=frozenset(("label", "etal", "role", "bold", "sup", "x", "object-id", "volume-id")),
    otherwise=("other", "misc"),
)
