"""The table of venues: names that must be found, numbers that must be right, and the table's own order."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubkit.model import venues
from pubkit.model.venues import find

# Known editions, each from the proceedings' own title pages: several years a venue, so that a rule that is
# right only by accident of one year fails.
EDITIONS = {
    "ICML": {2010: 27, 2021: 38, 2022: 39, 2025: 42},
    "ICLR": {2013: 1, 2021: 9, 2025: 13},
    "NeurIPS": {2019: 33, 2023: 37},
    "COLM": {2023: None, 2024: 1, 2025: 2},
    "AISTATS": {2010: 13, 2020: 23, 2025: 28},
    "UAI": {2019: 35, 2021: 37},
    "COLT": {2013: 26, 2020: 33, 2025: 38},
    "ALT": {2018: 29, 2021: 32},
    "CoRL": {2017: 1, 2021: 5, 2023: 7},
    "AAAI": {2008: 23, 2009: None, 2010: 24, 2018: 32, 2020: 34, 2025: 39},
    "IJCAI": {2005: 19, 2013: 23, 2014: None, 2015: 24, 2016: 25, 2020: 29, 2024: 33},
    "ECAI": {2014: 21, 2020: 24, 2023: 26, 2024: 27},
    "AAMAS": {2020: 19, 2024: 23},
    "ACL": {2005: 43, 2020: 58, 2023: 61, 2025: 63},
    "EACL": {2003: 10, 2009: 12, 2012: 13, 2014: 14, 2017: 15, 2020: None, 2021: 16, 2023: 17, 2024: 18},
    "COLING": {2010: 23, 2018: 27, 2020: 28, 2021: None, 2022: 29, 2025: 31},
    "CoNLL": {2015: 19, 2020: 24, 2024: 28},
    "LREC": {2018: 11, 2022: 13},
    "CVPR": {2020: None},
    "ECCV": {2018: 15, 2020: 16, 2021: None, 2024: 18},
    "BMVC": {2020: 31},
    "KDD": {2020: 26, 2023: 29},
    "WWW": {2017: 26, 2020: 29},
    "SIGIR": {2020: 43, 2021: 44},
    "CIKM": {2015: 24, 2020: 29},
    "WSDM": {2020: 13},
    "RecSys": {2022: 16},
    "ICDE": {2010: 26, 2020: 36},
    "OSDI": {2006: 7, 2016: 12, 2018: 13, 2019: None, 2020: 14, 2021: 15, 2022: 16},
    "SOSP": {2017: 26, 2019: 27, 2020: None, 2021: 28, 2023: 29, 2024: 30},
    "NSDI": {2020: 17, 2023: 20},
    "FAST": {2018: 16, 2020: 18},
    "ASPLOS": {2009: 14, 2020: 25, 2023: 28},
    "ISCA": {2020: 47},
    "MICRO": {2013: 46, 2020: 53},
    "POPL": {2017: 44, 2020: 47},
    "PLDI": {2020: 41, 2021: 42},
    "ICSE": {2018: 40, 2020: 42},
    "STOC": {2016: 48, 2020: 52},
    "FOCS": {2020: 61},
    "SODA": {2020: 31},
    "ICALP": {2020: 47},
    "ITCS": {2020: 11},
    "EC": {2020: 21},
    "PODC": {2020: 39},
    "USENIX Security": {2020: 29, 2023: 32},
    "UIST": {2020: 33},
    "IUI": {2020: 25},
    "RSS": {2020: 16},
    "CDC": {2019: 58, 2020: 59},
    "DAC": {2019: 56, 2020: 57},
}

VOLUMES = {
    "NeurIPS": {1988: 1, 2020: 33, 2021: 34, 2023: 36},
    "JMLR": {2006: 7, 2020: 21},
    "TACL": {2013: 1, 2020: 8},
    "PVLDB": {2008: 1, 2020: 13},
    "MLSys": {2020: 2},
    "PNAS": {2012: 109, 2020: 117},
    "TOG": {2020: 39},
    "PLOS ONE": {2020: 15},
}

TITLES = {
    ("ICML", 2025): "Proceedings of the 42nd International Conference on Machine Learning",
    ("NeurIPS", 2023): "Advances in Neural Information Processing Systems 36",
    ("ICLR", 2025): "The Thirteenth International Conference on Learning Representations",
    ("COLM", 2024): "First Conference on Language Modeling",
    ("EMNLP", 2025): "Proceedings of the 2025 Conference on Empirical Methods in Natural Language Processing",
    ("ACL", 2025): "Proceedings of the 63rd Annual Meeting of the Association for Computational Linguistics",
    ("CVPR", 2017): "Proceedings of the IEEE Conference on Computer Vision and Pattern Recognition",
    ("CVPR", 2021): "Proceedings of the IEEE/CVF Conference on Computer Vision and Pattern Recognition",
    ("KDD", 2020): (
        "Proceedings of the 26th ACM SIGKDD International Conference on Knowledge Discovery and Data Mining"
    ),
    ("KDD", 2023): "Proceedings of the 29th ACM SIGKDD Conference on Knowledge Discovery and Data Mining",
    ("WWW", 2017): "Proceedings of the 26th International Conference on World Wide Web",
    ("WWW", 2021): "Proceedings of the Web Conference 2021",
    ("WWW", 2023): "Proceedings of the ACM Web Conference 2023",
    ("NAACL", 2024): (
        "Proceedings of the 2024 Conference of the North American Chapter of the Association for "
        "Computational Linguistics: Human Language Technologies"
    ),
    ("RSS", 2020): "Robotics: Science and Systems XVI",
    ("ICDE", 2020): "2020 IEEE 36th International Conference on Data Engineering",
    ("ICML", 1950): "Proceedings of the International Conference on Machine Learning",
    ("TMLR", 2024): "Transactions on Machine Learning Research",
    ("Findings of EMNLP", 2020): "Findings of the Association for Computational Linguistics: EMNLP 2020",
    ("USENIX Security", 2020): "Proceedings of the 29th USENIX Security Symposium",
    ("SC", 2020): (
        "Proceedings of the International Conference for High Performance Computing, Networking, Storage and "
        "Analysis"
    ),
}

NAMES = {
    "NIPS": "neurips",
    "nips 2017": "neurips",
    "NeurIPS'21": "neurips",
    "NeurIPS ’21": "neurips",
    "ICML23": "icml",
    "In Proceedings of the 38th International Conference on Machine Learning, 2021": "icml",
    "Proc. of the Thirty-Eighth Intl. Conf. on Machine Learning": "icml",
    "International Conference on Machine Learning (ICML)": "icml",
    "Conference on Computer Vision and Pattern Recognition (CVPR), 2019": "cvpr",
    "IEEE Conference on Computer Vision and Pattern Recognition": "cvpr",
    "Proceedings of the 58th Annual Meeting of the Association for Computational Linguistics": "acl",
    "Findings of ACL": "findings-acl",
    "Findings of the Association for Computational Linguistics: EMNLP 2020": "findings-emnlp",
    "EMNLP 2020 (Findings)": "findings-emnlp",
    "Transactions of the ACL": None,
    "Transactions of the Association for Computational Linguistics": "tacl",
    "IEEE Symposium on Security and Privacy (S&P)": "sp",
    "IEEE S&P 2021": "sp",
    "ACM CCS": "ccs",
    "CHI 2020": "chi",
    "chi": None,
    "fast": None,
    "date": None,
    "science": None,
    "Science": "science",
    "Nature, 2020": "nature",
    "FAT* 2019": "facct",
    "arXiv preprint": "arxiv",
    "CoRR": "arxiv",
    "Phys. Rev. Lett.": "prl",
    "ICML 2023 Workshop on Structured Probabilistic Inference": None,
    "Workshop on Machine Learning (ICML 2023)": None,
    "NeurIPS Datasets and Benchmarks Track 2022": "neurips-db",
    "International Conference on Data Mining": None,  # both IEEE's and SIAM's
    "IEEE International Conference on Data Mining": "icdm",
    "SIAM International Conference on Data Mining": "sdm",
    "Journal of Machine Learning Research": "jmlr",
    "Machine Learning": "mlj",
    "machine learning": None,
    "Proceedings of Machine Learning Research": None,
    "PLDI '19": "pldi",
    "USENIX Security '23": "usenix-security",
    "": None,
    "2020": None,
    "Proceedings of the": None,
}


@pytest.mark.parametrize("name", EDITIONS)
def test_editions(name: str) -> None:
    venue = find(name)
    assert venue is not None
    assert {year: venue.edition(year) for year in EDITIONS[name]} == EDITIONS[name]


@pytest.mark.parametrize("name", VOLUMES)
def test_volumes(name: str) -> None:
    venue = find(name)
    assert venue is not None
    assert {year: venue.volume(year) for year in VOLUMES[name]} == VOLUMES[name]


@pytest.mark.parametrize(("name", "year"), TITLES)
def test_titles_of_a_year(name: str, year: int) -> None:
    venue = find(name)
    assert venue is not None
    assert venue.booktitle(year) == TITLES[name, year]


@pytest.mark.parametrize("text", NAMES)
def test_names(text: str) -> None:
    venue = find(text)
    assert (venue and venue.key) == NAMES[text]


def test_every_name_leads_to_its_venue() -> None:
    for venue in venues.all_venues().values():
        for name in venue.names():
            found = find(name)
            assert found is venue, f"{name!r} should be {venue.key}, is {found and found.key}"


def test_every_title_of_a_year_leads_back_to_its_venue() -> None:
    # Titles shared by two venues or joint meetings cannot: they are listed.
    ambiguous = {"neurips-db", "lrec-coling", "coling", "icann", "esop", "aacl"}
    for venue in venues.all_venues().values():
        if (
            venue.kind in ("conference", "workshop")
            and "{name}" in venue.template
            and venue.key not in ambiguous
        ):
            found = find(venue.booktitle(2024))
            assert found is venue, (
                f"{venue.booktitle(2024)!r} should be {venue.key}, is {found and found.key}"
            )


def test_the_table_is_well_formed() -> None:
    table = venues.all_venues()
    assert len(table) >= 100
    for key, venue in table.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)
        assert venue.kind in venues.ENTRY_TYPES
        assert "{" not in venue.booktitle(2024) + venue.booktitle()
        assert not {"ordinal", "Ordinal", "roman"} & set(re.findall(r"\w+", venue.template)) or venue.editions
        for runs in (venue.editions, venue.volumes):
            years = [year for year in range(1950, 2040) if sum(run.at(year) is not None for run in runs) > 1]
            assert not years, f"{key}: two numbers for {years}"
            numbers = [number for year in range(1950, 2040) for run in runs if (number := run.at(year))]
            assert numbers == sorted(set(numbers)), f"{key}: numbers do not rise"


def test_facts_of_a_year() -> None:
    icml, arxiv = find("ICML"), find("arXiv")
    assert icml is not None
    assert arxiv is not None
    assert (icml.publisher(2020), icml.publisher(2005), icml.series(2020)) == (
        "PMLR",
        "",
        "Proceedings of Machine Learning Research",
    )
    assert (icml.entry_type, arxiv.entry_type) == ("inproceedings", "online")


@given(st.text())
def test_any_text_is_looked_up(text: str) -> None:
    find(text)
