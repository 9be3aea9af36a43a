from __future__ import annotations

import pytest

from chengyun.geography.places import places_sample
from chengyun.geography.queries import locate, match_address, suggest_addresses
from chengyun.geography.spatial import OUTSIDE


@pytest.mark.django_db
def test_nothing_loaded_is_an_answer_too():
    assert locate(121.48, 31.4) == OUTSIDE
    assert match_address("宝山区大场镇") == []
    assert suggest_addresses("大") == []
    with pytest.raises(LookupError, match="load_reference"):
        places_sample(1, seed=1)
