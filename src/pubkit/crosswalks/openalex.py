"""What OpenAlex calls things and what BibLaTeX calls them: facts, no code.

Source: the documentation of the OpenAlex API, "Work object" and its types.
"""

from __future__ import annotations

from pubkit.crosswalks.forms import LANGUAGE
from pubkit.crosswalks.table import Crosswalk, kinds, places

#: Parts of a work that say nothing about it by itself: counts, links to other objects, what is read apart.
_IGNORED = (
    "abstract_inverted_index abstract_inverted_index_v3 apc_list apc_paid authors_count authorships "
    "awards best_oa_location citation_normalized_percentile cited_by_api_url cited_by_count "
    "cited_by_percentile_year concepts concepts_count content_url content_urls corresponding_author_ids "
    "corresponding_institution_ids countries_distinct_count counts_by_year created_date datasets "
    "display_name fulltext_origin funders fwci grants has_abstract has_content has_fulltext has_pdf_url "
    "indexed_in institution_assertions institutions institutions_distinct_count is_authors_truncated "
    "is_oa is_paratext is_retracted is_xpac locations locations_count mesh ngrams_url open_access "
    "primary_topic publication_date publication_year referenced_works referenced_works_count "
    "related_works relevance_score summary_stats sustainable_development_goals title topics topics_count "
    "type type_crossref type_id updated updated_date versions license id referenced_works_api_url"
)
IGNORED = frozenset(_IGNORED.split())

_KINDS = """
article               article
journal-article       article
book                  book
monograph             book
edited-book           collection
reference-book        reference
book-chapter          incollection
book-section          inbook
book-part             inbook
book-series           mvbook
book-set              mvbook
book-track            inbook
component             misc
database              dataset
dataset               dataset
dissertation          thesis
editorial             article
erratum               article
grant                 misc
journal               periodical
journal-issue         periodical
journal-volume        periodical
letter                article
libguides             online
other                 misc
paratext              misc
peer-review           review
posted-content        online
preprint              online
proceedings           proceedings
proceedings-article   inproceedings
proceedings-series    mvproceedings
reference-entry       inreference
report                report
report-component      report
report-series         report
retraction            article
review                article
software              software
standard              standard
supplementary-materials  misc
"""

_PLACES = """
doi           doi
doi           ids.doi
pmid          ids.pmid
pmcid         ids.pmcid
volume        biblio.volume
number        biblio.issue
langid        language  =language
journaltitle  primary_location.source.display_name  article review periodical
booktitle     primary_location.source.display_name  inproceedings incollection inbook inreference
organization  primary_location.source.display_name  online misc
publisher     primary_location.source.display_name
publisher     primary_location.source.host_organization_name  book collection reference incollection inbook
publisher     primary_location.source.host_organization_name  inproceedings proceedings dataset
publisher     primary_location.source.publisher
journaltitle  host_venue.display_name               article review periodical
booktitle     host_venue.display_name               inproceedings incollection inbook inreference
publisher     host_venue.publisher
publisher     primary_location.source.host_organization_name
issn          primary_location.source.issn_l        article review periodical inproceedings
issn          primary_location.source.issn_l        incollection inbook
issn          host_venue.issn_l
url           primary_location.landing_page_url
url           host_venue.url
eprinturl     primary_location.pdf_url
version       primary_location.version              software dataset
keywords      keywords.display_name
keywords      keywords.keyword
"""

_SILENT = (
    "biblio.first_page biblio.last_page ids.openalex ids.mag keywords.id keywords.score host_venue.id "
    "host_venue.issn host_venue.type host_venue.display_name_alternate host_venue.license "
    "host_venue.version host_venue.publisher_id primary_location.source.id primary_location.source.issn "
    "primary_location.source.type primary_location.source.host_organization primary_location.id "
    "primary_location.source.host_organization_lineage primary_location.license "
    "primary_location.license_id primary_location.source.host_organization_lineage_names "
    "primary_location.version primary_location.raw_source_name primary_location.raw_type "
    "primary_location.source.host_institution_lineage primary_location.provenance "
    "primary_location.source.raw_type primary_location.source.issn_l "
    "primary_location.source.host_institution_lineage_names"
)

OPENALEX = Crosswalk(
    "OpenAlex",
    kinds(_KINDS),
    places(_PLACES, {"language": LANGUAGE}, spaced=False),
    silent=frozenset(_SILENT.split()),
    otherwise=("other", "misc"),
)
