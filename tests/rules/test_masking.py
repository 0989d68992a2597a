import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.masking import mask_address, mask_name, mask_phone, phone_digits, public_name, surname

HAN = st.text(st.sampled_from("张王李赵欧阳诸葛明秀英建国红芳"), min_size=2, max_size=4)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        (" 张三丰 ", "张**"),
        ("欧阳娜娜", "欧阳**"),
        ("欧阳", "欧*"),
        ("诸葛亮", "诸葛*"),
        ("阿依古丽·买买提", "阿***·***"),
        ("John Smith", "J***"),
        ("张", "*"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_surname_only(name, masked):
    assert mask_name(name) == masked


@given(HAN)
def test_no_given_name_survives_masking(name):
    given_name = name[len(surname(name)) :]
    assert mask_name(name).endswith("*" * len(given_name))
    assert len(mask_name(name)) == len(name)


@pytest.mark.parametrize(
    ("name", "public"), [("张三", "张某某"), ("欧阳娜娜", "欧阳某某"), ("John", "某某"), ("张", "某某")]
)
def test_a_booklet_tells_a_surname_at_most(name, public):
    assert public_name(name) == public


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812345678", "138****5678"),
        ("+86 138-1234-5678", "138****5678"),
        ("１３８１２３４５６７８", "138****5678"),
        ("0510-88201234", "0510-****1234"),
        ("(010)88201234", "010-****1234"),
        ("0510 8820123", "0510-****0123"),
        ("0510-88201234-801", "0510-****1234"),
        ("88201234", "****1234"),
        ("12345", "*****"),
        ("无", ""),
    ],
)
def test_a_phone_number_keeps_its_ends_only(phone, masked):
    assert mask_phone(phone) == masked


def test_two_spellings_of_a_number_have_the_same_digits():
    assert phone_digits("+86 138 1234 5678") == phone_digits("１３８-1234-5678") == "13812345678"


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("锡山区东亭街道春江社区12号楼3单元401室", "锡山区东亭街道春江社区"),
        ("羊尖镇严家桥村五组18号", "羊尖镇严家桥村"),
        ("东亭街道春江路12号", "东亭街道"),
        ("东亭街道中村路88号", "东亭街道"),
        ("无锡市锡山区春江花园8幢", "无锡市锡山区"),
        ("安镇街道东青河社区", "安镇街道东青河社区"),
        ("春江路十二号 东亭社区", "****"),
        ("8幢401", "****"),
        ("", "****"),
    ],
)
def test_an_address_ends_at_its_community(address, masked):
    assert mask_address(address) == masked


@given(st.text(st.sampled_from("锡山区东亭街道春江社村路花园0123456789号楼幢室单元"), max_size=30))
def test_no_number_survives_masking_an_address(address):
    assert not any(char.isdigit() for char in mask_address(address))


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("爱新觉罗溥仪", "爱新觉罗"),
        ("司马懿", "司马"),
        ("司马", "司"),
        ("第五琦", "第五"),
        ("东方不败", "东方"),
        ("东明", "东"),
        ("王", "王"),
        ("", ""),
    ],
)
def test_a_compound_surname_is_one_only_with_a_given_name_behind_it(name, family):
    assert surname(name) == family


@pytest.mark.parametrize("name", ["张　三", "\u3000张三", "张三\n"])
def test_blanks_around_a_name_do_not_give_it_away(name):
    assert "三" not in mask_name(name)


@pytest.mark.parametrize("name", ["O'Brien", "Jean-Luc Picard", "José Álvarez", "J. R. Tolkien"])
def test_of_a_latin_name_one_letter_is_left_whatever_its_length(name):
    assert mask_name(name) == f"{name[0]}***"
    assert public_name(name) == "某某"


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("008613812345678", "138****5678"),
        ("8613812345678", "138****5678"),
        ("+86 510 88201234", "********"),
        ("+86 0510 88201234", "0510-****1234"),
        ("02162345678", "021-****5678"),
        ("8820123", "****0123"),
        ("123456", "******"),
        ("138123456789", "********"),
        ("12812345678", "********"),
        ("", ""),
        ("微信联系", ""),
        ("٠١٢٣٤٥٦٧", "****4567"),
    ],
)
def test_a_number_of_an_odd_shape_shows_no_more_than_an_ordinary_one(phone, masked):
    assert mask_phone(phone) == masked


@given(st.text(st.sampled_from("0123456789+- ()转"), max_size=25))
def test_no_phone_shows_more_than_seven_of_its_digits(phone):
    shown = [char for char in mask_phone(phone) if char.isdigit()]
    assert len(shown) <= 8
    assert len(phone_digits(phone)) < 7 or len(shown) < len(phone_digits(phone))


@pytest.mark.parametrize(
    ("phone", "digits"),
    [
        ("86138123456", "86138123456"),
        ("8613812345678", "13812345678"),
        ("0086 0510 88201234", "051088201234"),
        ("860510882012345", "860510882012345"),
        ("(0510) 8820-1234", "051088201234"),
    ],
)
def test_only_a_countrys_prefix_in_front_of_a_whole_number_is_left_out(phone, digits):
    assert phone_digits(phone) == digits


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("东亭街道云林居委会12号", "东亭街道云林居委会"),
        ("安镇镇谢埭村二组", "安镇镇谢埭村"),
        ("东台市安丰镇", "东台市安丰镇"),
        ("东台市金海路12号", "东台市"),
        ("锡山区小区路口", "锡山区"),
        ("盐城市大丰区新村路8号", "盐城市大丰区"),
        ("镇江路12号", "****"),
        ("县前街12号", "****"),
        ("乡间小路旁", "****"),
        ("村路旁", "****"),
        ("社区旁边", "****"),
        ("住在朋友家", "****"),
    ],
)
def test_a_street_called_after_a_place_is_no_place(address, masked):
    assert mask_address(address) == masked


@pytest.mark.parametrize("name", [" 张三", "张三 ", "\u3000欧阳娜娜\n", "  "])
def test_blanks_around_a_name_do_not_stand_in_a_booklet(name):
    assert public_name(name) == {"张三": "张某某", "欧阳娜娜": "欧阳某某"}.get(name.strip(), "某某")


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        (" 锡山区东亭街道春江社区 12号", "锡山区东亭街道春江社区"),
        ("\u3000安镇街道 8幢", "安镇街道"),
        (" 东台市 金海路12号", "东台市"),
    ],
)
def test_a_masked_address_has_no_blanks_around_it(address, masked):
    assert mask_address(address) == masked
