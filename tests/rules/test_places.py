"""An address names its community, whatever the street's name is like."""

from dataclasses import dataclass

import pytest

from tracker.rules import places


@dataclass(frozen=True)
class Area:
    kind: str
    name: str
    parent: "Area | None" = None


DISTRICT = Area("district", "锡山区")
DONGTING, DONGBEITANG, XIBEI = (
    Area("township", name, DISTRICT) for name in ("东亭街道", "东北塘街道", "锡北镇")
)
BAIZHUANG, YANDAI = Area("community", "柏庄社区", DONGTING), Area("community", "严埭社区", DONGBEITANG)
HERE, THERE = Area("community", "新建村", DONGTING), Area("community", "新建村", XIBEI)
LONGER = Area("community", "东新建村", XIBEI)
ALL = [DISTRICT, DONGTING, BAIZHUANG, HERE, DONGBEITANG, YANDAI, XIBEI, THERE, LONGER]


@pytest.mark.parametrize(
    "address, found",
    [
        ("东亭街道柏庄社区3号", BAIZHUANG),
        ("柏庄社区3号，东亭街道", BAIZHUANG),
        ("无锡市锡山区东北塘街道严埭社区18号", YANDAI),
        ("严埭社区18号", YANDAI),
        ("东北塘街道府前路8号", DONGBEITANG),
        ("无锡市锡山区府前路8号", DISTRICT),
        ("东亭街道新建村5号", HERE),
        ("锡北镇新建村5号", THERE),
        ("锡北镇东新建村5号", LONGER),
        ("外省某地", None),
        ("", None),
    ],
)
def test_the_most_exact_place_an_address_names(address: str, found: Area | None) -> None:
    assert places.named(address, ALL) is found
    assert places.named(address, ALL[::-1]) is found


def test_without_places_none_is_named() -> None:
    assert places.named("东亭街道柏庄社区3号", []) is None
