"""What bits rule out is never alike, and sorting finds what a set finds."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from pubkit.dedupe.bits import letters, word_bits
from pubkit.dedupe.codes import distinct

WORDS = st.lists(st.text(alphabet="abcdeé1ß", min_size=1, max_size=9), min_size=2, max_size=8, unique=True)


@given(WORDS, st.sampled_from([0.8, 0.82, 0.9]))
def test_words_that_are_alike_are_not_ruled_out(words, floor):
    found = letters(words, [np.arange(len(words))])
    one, other = (at.ravel() for at in np.meshgrid(np.arange(len(words)), np.arange(len(words))))
    possible = found.may_be_alike(one, other, floor)
    for left, right, may in zip(one.tolist(), other.tolist(), possible.tolist(), strict=True):
        assert may or fuzz.ratio(words[left], words[right]) < 100 * floor


@given(st.lists(st.lists(st.text(alphabet="abé", max_size=4), max_size=5).map(" ".join), max_size=6))
def test_the_bits_of_a_title_are_those_of_its_words(titles):
    found = word_bits(titles).tolist()
    for title, bits in zip(titles, found, strict=True):
        expected = 0
        for word in title.split():
            expected |= word_bits([word]).tolist()[0]
        assert bits == expected


@given(st.lists(st.integers(-(1 << 62), 1 << 62)))
def test_distinct(numbers):
    assert distinct(np.array(numbers, dtype=np.int64)).tolist() == sorted(set(numbers))
