"""The two spellings of one text have the same features; what is counted is what it seems."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chengyun.hotline.suggestions.learning.features import grams, letters_of, normalised, word_of

CHINESE = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=6)
LATIN = st.text(alphabet="abcXYZ0189", min_size=1, max_size=5)
BLANK = st.sampled_from([" ", "  ", "\u3000", "\t", "\n", "\u200b", "\xa0"])


@given(st.lists(CHINESE | LATIN, min_size=1, max_size=12), st.lists(BLANK, min_size=12, max_size=12))
def test_a_segmented_text_has_the_features_of_the_raw_one(words, blanks):
    raw = "".join(words)
    segmented = "".join(word + blank for word, blank in zip(words, blanks, strict=False))
    for one, other in zip(grams(raw), grams(segmented), strict=True):
        assert np.array_equal(one, other)


@given(st.text(max_size=80))
def test_any_text_is_counted_without_complaint_and_twice_the_same(text):
    codes, counts = grams(text)
    again, _ = grams(normalised(text))
    assert np.array_equal(codes, again) or normalised(normalised(text)) != normalised(text)
    assert counts.sum() == sum(max(len(normalised(text)) - short, 0) for short in (0, 1, 2))


def test_punctuation_width_and_case_make_no_difference():
    assert letters_of("Ａ1 区，路灯　不亮！") == letters_of("a1区路灯不亮")


def test_a_feature_names_its_characters():
    codes, _ = grams("路灯🎈𠀀")
    assert {word_of(int(code)) for code in codes} == {"路", "灯", "𠀀", "路灯", "灯𠀀", "路灯𠀀"}


def test_particles_do_not_keep_words_apart():
    assert normalised("坏了的路灯") == "坏路灯"
