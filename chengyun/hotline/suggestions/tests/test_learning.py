"""Learning: clean folds, what is left out, what comes back from the file."""

from __future__ import annotations

import random

import numpy as np
import pytest

from chengyun.hotline.suggestions.learning import training
from chengyun.hotline.suggestions.learning.classifier import digest_of, read_classifier
from chengyun.hotline.suggestions.learning.folds import groups_of
from chengyun.kernel.errors import Refused

WORDS = {
    "路灯": ["路灯不亮", "灯杆歪了", "照明坏了", "路灯闪", "灯泡"],
    "欠薪": ["拖欠工资", "不发工资", "老板跑了", "讨薪", "工钱"],
    "噪音": ["半夜施工", "音响太吵", "广场舞", "机器轰鸣", "噪音"],
}
PLACES = ["友谊路", "牡丹江路", "共富新村", "顾村公园", "淞南十村", "月浦四村", "罗店老街", "庙行一村"]


def texts(each: int = 30) -> tuple[list[str], list[str]]:
    """So many made-up texts of each label."""
    chance = random.Random(7)
    said, labels = [], []
    for label, words in WORDS.items():
        for number in range(each):
            place = chance.choice(PLACES)
            said.append(f"{place}{number}号 {chance.choice(words)} 请 尽快 {chance.choice(words)}")
            labels.append(label)
    return said, labels


def test_what_was_learnt_is_known_again_raw_or_segmented(tmp_path):
    model, scores = training.learn(*texts())
    assert scores.macro_f1 > 0.9
    assert set(scores.labels) == set(WORDS)
    raw, segmented = model.guesses("路灯不亮请修"), model.guesses("路灯 不 亮 请 修")
    assert raw == segmented
    assert raw[0].label == "路灯"
    assert sum(one.score for one in raw) == pytest.approx(1, abs=1e-6)
    assert [one.score for one in raw] == sorted((one.score for one in raw), reverse=True)


def test_the_words_that_spoke_stand_in_the_text():
    model, _ = training.learn(*texts())
    text = "小区里拖欠工资三个月"
    (best,) = model.guesses(text, 1, words=3)
    assert best.label == "欠薪"
    assert best.words
    assert all(word in text for word in best.words)


def test_two_labels_are_enough_and_one_is_not():
    said, labels = texts()
    model, scores = training.learn(said[:60], labels[:60])
    assert len(scores.labels) == model.weights.shape[1] == 2
    assert model.guesses("工资")[0].label == "欠薪"
    with pytest.raises(Refused, match="至少要有两个标签"):
        training.learn(said[:30], labels[:30])


def test_a_rare_label_is_left_out_and_named():
    said, labels = texts()
    _, scores = training.learn([*said, "飞机太低"], [*labels, "飞机"])
    assert scores.left_out == {"飞机": 1}


def test_copies_go_into_one_group_and_never_on_both_sides_of_a_fold():
    long = "本小区二次供水水箱长年不洗自来水龙头有霉味希望有关部门检测给居民一个健康安全的生活环境谢谢领导"
    groups = groups_of([f"甲{long}", f"{long}乙", f"{long[:20]}别的事情", "路灯不亮", "路灯 不亮"])
    assert groups[0] == groups[1]
    assert groups[3] == groups[4]
    assert len(set(groups.tolist())) == 3


def test_a_label_that_only_copies_share_cannot_be_learnt_from_them():
    """Sixty copies of ten texts with labels by chance: with copies on both sides this would score high."""
    chance = random.Random(3)
    stem = "".join(chr(0x4E00 + n) for n in range(60))
    said, labels = [], []
    for text in range(40):
        core = "".join(chance.sample(stem, 60))
        for copy in range(4):
            said.append(core + "一二三四"[copy])
            labels.append("甲" if text % 2 else "乙")
    _, scores = training.learn(said, labels)
    assert scores.groups == 40
    assert scores.macro_f1 < 0.75


def test_the_file_is_named_by_its_content_and_refused_when_it_is_damaged(tmp_path):
    model, _ = training.learn(*texts())
    content = model.to_bytes()
    path = tmp_path / f"{digest_of(content)}.npz"
    path.write_bytes(content)
    again = read_classifier(path)
    assert again.labels == model.labels
    assert np.array_equal(again.weights, model.weights)
    path.write_bytes(content[:-1] + b"x")
    with pytest.raises(Refused, match="摘要不符"):
        read_classifier(path)
    other = tmp_path / f"{digest_of(b'no model')}.npz"
    other.write_bytes(b"no model")
    with pytest.raises(Refused, match="不是模型"):
        read_classifier(other)
    with pytest.raises(Refused, match="读不出来"):
        read_classifier(tmp_path / "none.npz")
