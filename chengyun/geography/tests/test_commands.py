from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from chengyun.geography.commands import geography
from chengyun.geography.models import Area

pytestmark = pytest.mark.usefixtures("baoshan")


def run(*said: str):
    return CliRunner().invoke(geography, list(said))


def test_locate_prints_the_place():
    area = Area.objects.get(code="310113102001")
    done = run("locate", str(area.longitude), str(area.latitude))
    assert done.exit_code == 0, done.output
    said = json.loads(done.output)
    assert (said["community"]["code"], said["street"]["name"]) == ("310113102001", "大场镇")


def test_a_bad_point_gets_one_clear_line():
    done = run("locate", "31.4", "121.48", "--system", "gcj02")
    assert done.exit_code == 1
    assert "写反" in done.output
    assert "Traceback" not in done.output


def test_match_prints_the_candidates():
    assert "大华二村四居委会" in run("match", "大场镇大华二村四居委").output
    assert "没有认出" in run("match", "路灯坏了").output


def test_import_counts_and_writes_the_rejects(tmp_path):
    path = tmp_path / "areas.csv"
    path.write_text("code,name\n310113901,新城街道\n31,坏的\n", encoding="utf-8")
    done = run("import-areas", str(path), "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.output) == {
        "read": 2, "created": 1, "replaced": 0, "unchanged": 0, "retired": 0, "rejected": 1
    }  # fmt: skip
    rejects = (tmp_path / "areas.csv.rejects.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rejects[0] == "line,field,reason,original"
    assert rejects[1].startswith("3,code,")
    assert "rejects:" in run("import-grids", str(path)).output


def test_a_file_of_no_known_shape(tmp_path):
    path = tmp_path / "areas.csv"
    path.write_text("名称\n甲\n", encoding="utf-8")
    done = run("import-areas", str(path))
    assert done.exit_code == 1
    assert "列名" in done.output
