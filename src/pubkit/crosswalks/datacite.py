"""What DataCite calls things and what BibLaTeX calls them: facts, no code.

Source: the DataCite metadata schema 4.5 (resourceTypeGeneral, contributorType, dateType, …).
"""

from __future__ import annotations

from pubkit.crosswalks.forms import LANGUAGE, PARAGRAPHS
from pubkit.crosswalks.table import Crosswalk, kinds, places

#: `contributorType` → name-list field; the others have no place.
CONTRIBUTORS: dict[str, str] = {
    "Editor": "editor",
    "Producer": "producer",
    "RightsHolder": "holder",
    "Translator": "translator",
}
#: `dateType` → date field.
DATES: dict[str, str] = {"Issued": "date", "Available": "available-date", "Submitted": "submitted"}

_KINDS = """
Audiovisual            video
Award                  misc
Book                   book
BookChapter            incollection
Collection             misc
ComputationalNotebook  software
ConferencePaper        inproceedings
ConferenceProceeding   proceedings
DataPaper              article
Dataset                dataset
Dissertation           thesis
Event                  misc            entrysubtype=event
Image                  image
Instrument             misc
InteractiveResource    online
Journal                periodical
JournalArticle         article
Model                  misc
OutputManagementPlan   report
PeerReview             review
PhysicalObject         misc
Preprint               online
Project                misc
Report                 report
Service                misc
Software               software
Sound                  audio
Standard               standard
StudyRegistration      misc
Text                   misc
Workflow               misc
Other                  misc
"""

_PLACES = """
journaltitle  container.title      article review periodical
booktitle     container.title      incollection inproceedings
series        container.title
volume        container.volume
number        container.issue
number        container.number
edition       container.edition
doi           doi
institution   publisher            thesis report
institution   publisher.name       thesis report
organization  publisher            online standard
organization  publisher.name       online standard
publisher     publisher
publisher     publisher.name
keywords      subjects.subject
keywords      subjects
langid        language             =language
type          types.resourceType   thesis report misc
type          resourceType         thesis report misc
version       version
license       rightsList.rights
license       rightsList.rightsIdentifier
pagetotal     sizes.pages
url           url
"""

#: What says nothing about the work by itself, or is read apart.
_IGNORED = (
    "id identifiers alternateIdentifiers creators titles contributors dates publicationYear descriptions "
    "relatedIdentifiers relatedItems geoLocations fundingReferences formats schemaVersion metadataVersion "
    "contentUrl providerId clientId agency state created registered published updated isActive source "
    "viewCount viewsOverTime downloadCount downloadsOverTime referenceCount citationCount "
    "citationsOverTime partCount partOfCount versionCount versionOfCount xml prefix suffix reason "
    "landingPage"
)
IGNORED = frozenset(_IGNORED.split())
_SILENT = (
    "container.type container.identifier container.identifierType container.firstPage container.lastPage "
    "types.ris types.bibtex types.citeproc types.schemaOrg types.resourceTypeGeneral rightsList.rightsUri "
    "rightsList.lang rightsList.schemeUri rightsList.rightsIdentifierScheme subjects.subjectScheme "
    "rightsList.rightsIdentifier subjects.schemeUri subjects.valueUri subjects.lang "
    "subjects.classificationCode publisher.lang publisher.publisherIdentifier "
    "publisher.publisherIdentifierScheme publisher.schemeUri"
)

DATACITE = Crosswalk(
    "DataCite",
    kinds(_KINDS),
    places(_PLACES, {"language": LANGUAGE, "paragraphs": PARAGRAPHS}, spaced=False),
    silent=frozenset(_SILENT.split()),
    otherwise=("Other", "misc"),
)
