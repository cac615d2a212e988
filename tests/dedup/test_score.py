"""The score of a data set, whatever its tables hold."""

from __future__ import annotations

import pytest

from tests.dedup.score import main, measure

BEES = "On the Dances of Honey Bees in the Swiss Alps"
TABLES = {
    "no type, no venue": (
        f"id,title,author,year\na,{BEES},Wu T,2020\nb,{BEES}.,T. Wu,2020\nc,Wasps,Li B,2001\n"
    ),
    "other headings": (
        "\ufeffid,ENTRYTYPE,Title,Authors,Year,booktitle,isbn,url,database,abstract\n"
        f'a,inproceedings,{BEES},"Wu, T.",2020,Proceedings of Bees,,http://x.org,Scopus,"One, two"\n'
        f'b,inproceedings,{BEES},"Wu, Tianhao",2020,Proc. of Bees,978-0-306-40615-7,,Embase,\n'
        "c,article,Wasps,,,,,,,\n"
    ),
}
KNOWN = {
    "pairs": {"pairs.csv": "id1,id2\nb,a\n"},
    "clusters": {"clusters.csv": "cluster,id\n0,a\n0,b\n1,c\n"},
    "pairs under other headings": {"pairs.csv": "left_id,right_id\na,b\n"},
    "both": {"pairs.csv": "id1,id2\na,b\n", "clusters.csv": "cluster,id\n0,a\n0,b\n"},
}


@pytest.mark.parametrize("known", KNOWN)
@pytest.mark.parametrize("table", TABLES)
def test_any_columns_and_either_table_will_do(table, known, tmp_path):
    (tmp_path / "records.csv").write_text(TABLES[table], encoding="utf-8")
    for name, content in KNOWN[known].items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    found = measure(tmp_path)
    assert (found.records, found.right, found.wrong_pairs, found.missed_pairs) == (3, 1, [], [])


def test_what_is_missed_is_shown(tmp_path, capsys):
    (tmp_path / "records.csv").write_text(TABLES["no type, no venue"], encoding="utf-8")
    (tmp_path / "pairs.csv").write_text("id1,id2\na,b\na,c\n", encoding="utf-8")
    main([str(tmp_path), "--errors"])
    printed = capsys.readouterr().out
    assert "recall 0.5000" in printed
    assert "Wasps" in printed
