"""What Zotero's RDF calls things and what BibLaTeX calls them: facts, no code.

Source: RDF that Zotero exports, in its vocabularies: bib: (Bibliographic Ontology), dc:, dcterms:, prism:,
foaf:, vcard: and z: (Zotero's own). Names in the tables are local names; `z:` stands before Zotero's own.
"""

from __future__ import annotations

from pubkit.crosswalks.forms import LANGUAGE, PARAGRAPHS
from pubkit.crosswalks.genres import GENRE
from pubkit.crosswalks.table import Crosswalk, kinds, places

#: Lists of people → name-list field, or field and role.
PEOPLE: dict[str, tuple[str, str]] = {
    "authors": ("author", ""),
    "editors": ("editor", ""),
    "contributors": ("editora", "collaborator"),
    "translators": ("translator", ""),
    "seriesEditors": ("editorb", "serieseditor"),
    "bookAuthors": ("bookauthor", ""),
    "reviewedAuthors": ("namea", "reviewedauthor"),
    "directors": ("director", ""),
    "producers": ("producer", ""),
    "inventors": ("author", ""),
    "attorneys": ("namea", "attorney"),
    "artists": ("author", ""),
    "programmers": ("author", ""),
    "presenters": ("author", ""),
    "interviewees": ("author", ""),
    "interviewers": ("editora", "interviewer"),
    "performers": ("author", ""),
    "composers": ("editora", "composer"),
    "wordsBy": ("editora", "lyricist"),
    "podcasters": ("author", ""),
    "cartographers": ("author", ""),
    "sponsors": ("namea", "sponsor"),
    "cosponsors": ("nameb", "cosponsor"),
    "counsels": ("namea", "counsel"),
    "commenters": ("editora", "commenter"),
    "recipients": ("namea", "recipient"),
    "scriptwriters": ("editora", "scriptwriter"),
    "castMembers": ("editorb", "castmember"),
    "guests": ("editora", "guest"),
    "creators": ("author", ""),
}

_KINDS = """
journalArticle       article
magazineArticle      article        entrysubtype=magazine
newspaperArticle     article        entrysubtype=newspaper
conferencePaper      inproceedings
book                 book
bookSection          incollection
encyclopediaArticle  inreference
dictionaryEntry      inreference    entrysubtype=dictionary
thesis               thesis
report               report
preprint             online
webpage              online
blogPost             online         entrysubtype=blog
forumPost            online         entrysubtype=post
manuscript           unpublished
presentation         unpublished    entrysubtype=speech
patent               patent
computerProgram      software
dataset              dataset
standard             standard
statute              legislation
bill                 legislation    entrysubtype=bill
hearing              legal          entrysubtype=hearing
case                 jurisdiction
letter               letter
email                letter
instantMessage       letter
interview            misc           entrysubtype=interview
map                  misc           entrysubtype=map
document             misc
artwork              artwork
film                 movie
videoRecording       video
tvBroadcast          video          entrysubtype=broadcast
audioRecording       audio
podcast              audio          entrysubtype=podcast
radioBroadcast       audio          entrysubtype=broadcast
Article              article
Book                 book
BookSection          incollection
Document             misc
Image                image
Letter               letter
Legislation          legislation
Manuscript           unpublished
MotionPicture        movie
Patent               patent
Recording            audio
Report               report
Thesis               thesis
Data                 dataset
ConferenceProceedings  proceedings
Proceedings          proceedings
Journal              periodical
"""

_PLACES = """
abstract      abstract        =paragraphs
volume        volume
number        number
edition       edition
pages         pages
pagetotal     z:numPages
volumes       z:numberOfVolumes
shorttitle    z:shortTitle
langid        z:language      =language
langid        language        =language
type          z:type          thesis report misc unpublished patent online letter =genre
type          type            thesis report misc unpublished patent online letter =genre
note          z:type
version       z:version
version       prism:version
archive       z:repository
archive       z:archive
archive_location  coverage
library       z:callNumber
library       callNumber
source        z:libraryCatalog
license       rights
note          description
keywords      subject
series        z:series
series        z:seriesTitle
venue         z:place
institution   z:university
institution   z:institution
medium        z:medium
runtime       z:runningTime
scale         z:scale
"""

ZOTERO = Crosswalk(
    "Zotero RDF",
    kinds(_KINDS),
    places(_PLACES, {"language": LANGUAGE, "paragraphs": PARAGRAPHS, "genre": GENRE}, spaced=False),
    otherwise=("document", "misc"),
)
