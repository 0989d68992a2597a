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
