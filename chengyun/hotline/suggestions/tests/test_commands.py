"""``chengyun learn`` and ``chengyun suggest``, as a person runs them: on an empty data folder."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from chengyun.hotline.suggestions.tests.test_learning import texts

REAL = Path(__file__).resolve().parents[5] / "shared/data/hotline/messages_labelled_segmented.csv"


def run(data: Path, *arguments: str, said: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("CHENGYUN_")}
    return subprocess.run(
        [sys.executable, "-m", "chengyun.config.cli", *arguments],
        env={**surroundings, "CHENGYUN_DATA": str(data)},
        input=said,
        capture_output=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def learnt(tmp_path_factory) -> Path:
    """A data folder in which nothing ever ran, but a model was learnt."""
    folder = tmp_path_factory.mktemp("fresh")
    with (folder / "gb.csv").open("w", encoding="gb18030", newline="") as file:
        out = csv.writer(file)
        out.writerow(["正文", "类别"])
        out.writerows([*zip(*texts(), strict=True), ("", "路灯"), ("没有标签", "")])
    done = run(folder, "learn", str(folder / "gb.csv"), "--text", "正文", "--label", "类别", "--name", "试验")
    assert done.returncode == 0, done.stderr.decode()
    said = done.stdout.decode()
    assert "第 1 版已保存" in said
    assert "macro-F1" in said
    assert "缺文本或标签的 2 行未用" in said
    return folder


def test_a_second_learning_is_a_second_version_and_says_the_same_in_json(learnt):
    file = str(learnt / "gb.csv")
    done = run(learnt, "learn", file, "--text", "正文", "--label", "类别", "--name", "试验", "--json")
    said = json.loads(done.stdout)
    assert said["version"] == 2
    assert said["macro_f1"] > 0.9
    assert set(said["labels"]) == {"路灯", "欠薪", "噪音"}
    assert (learnt / "models" / f"{said['file_digest']}.npz").is_file()


def test_each_line_is_answered_in_its_place(learnt):
    lines = ['{"text": "路灯不亮了"}', "{", "", "[]", '{"text": 7}', '{"text": "！"}', '{"text": "龘"}']
    said = "\n".join(lines).encode() + b"\n\xff\xfe\n" + '{"text": "老板不发工资"}'.encode()
    done = run(learnt, "suggest", "--name", "试验", "--limit", "2", said=said)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == 9
    assert answers[0]["suggestions"][0]["label"] == "路灯"
    assert len(answers[0]["suggestions"]) == 2
    assert all("error" in answer for answer in (*answers[1:6], answers[7]))
    assert all(answer["suggestions"] == [] for answer in answers[1:8])
    assert answers[6] == {"suggestions": []}
    assert answers[8]["suggestions"][0]["label"] == "欠薪"


def test_a_name_that_is_not_there_is_said_so(learnt, tmp_path):
    done = run(learnt, "suggest", "--name", "nix")
    assert done.returncode == 1
    assert "没有名为 nix 的模型；现有：试验" in done.stderr.decode()
    done = run(tmp_path, "suggest", "--name", "nix")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--name", "a"], "Name either a FILE or --from-orders."),
        (["FILE", "--from-orders", "--name", "a"], "Name either a FILE or --from-orders."),
        (["FILE", "--name", "a"], "--text and --label"),
        (["FILE", "--text", "正文", "--label", "标签", "--name", "a"], "缺少列 标签；文件里有 正文、类别"),
        (["FILE", "--text", "正文", "--label", "类别", "--name", "../a"], "a name has 1 to 40"),
        (["--from-orders", "--name", "a"], "至少要有两个标签"),
    ],
)
def test_what_is_wrong_is_named(learnt, arguments, said):
    file = str(learnt / "gb.csv")
    done = run(learnt, "learn", *(file if one == "FILE" else one for one in arguments))
    assert done.returncode != 0
    assert said in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.slow
@pytest.mark.skipif(not REAL.is_file(), reason="the labelled messages are not on this machine")
def test_real_messages_are_labelled_well_on_folds_never_seen(learnt):
    arguments = [str(REAL), "--text", "segmented_text", "--label", "label", "--name", "real", "--json"]
    done = run(learnt, "learn", *arguments)
    assert done.returncode == 0, done.stderr.decode()
    said = json.loads(done.stdout)
    assert said["folds"] == 5
    assert said["macro_f1"] >= 0.90
    assert min(row["f1"] for row in said["labels"].values()) > 0.8


def test_no_web_process_loads_what_only_training_needs(tmp_path):
    script = (
        "import django, sys; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns; "
        "from chengyun.hotline.suggestions.queries import suggest_classes; "
        "print([name for name in ('sklearn', 'scipy', 'joblib') if name in sys.modules])"
    )
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("CHENGYUN_")}
    said = {"CHENGYUN_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "chengyun.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", script], env={**surroundings, **said}, capture_output=True, check=True
    )
    assert done.stdout.strip() == b"[]"
