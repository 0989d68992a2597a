"""Narratives as residents tell them, with what must be found in each. Deterministic for one seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何罗梁宋郑谢韩唐冯董萧程曹袁邓许傅"
    "沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范"
)
COMPOUND = ("欧阳", "上官", "诸葛", "司马", "皇甫")
GIVEN = "秀英桂兰玉梅建国志强海燕丽华永福根生阿宝文斌小红春花明亮国栋雪琴金凤佳怡子轩梓涵浩然"
SPOKEN = "零一二三四五六七八九"
WIDE = "０１２３４５６７８９"
STREETS = ("春江路", "锡沪西路", "二泉中路", "东亭南路", "团结大道")
ESTATES = ("柏庄新村", "春江花园", "映月湖公寓", "尚锦苑", "锦绣嘉园小区")
VILLAGES = ("严家桥村", "山前村", "羊尖社区", "东青河社区")
TOWNS = ("东亭街道", "羊尖镇", "安镇街道", "东港镇")
PROBLEMS = (
    "老旧小区没有电梯，老人上下楼不便",
    "门前路灯坏了三个月，反映多次没有结果",
    "2026年11月20日起停水，花了3500元买水",
    "雨天积水约40厘米，影响120户居民",
    "按锡政协办函〔2026〕12号文件，应当答复",
    "案件XS-2026-000123至今没有消息",
)
TITLES = ("阿姨", "大爷", "大妈", "先生", "女士", "师傅", "奶奶", "老师", "大姐")


@dataclass(frozen=True)
class Narrative:
    text: str
    name: str
    address: str
    planted: tuple[tuple[str, str], ...]


def narratives(count: int, seed: int) -> Iterator[Narrative]:
    random = Random(seed)
    for _ in range(count):
        yield narrative(random)


def narrative(random: Random) -> Narrative:
    name, address = person(random), home(random)
    planted = [(kind, make(random)) for kind, make in MAKERS.items() if random.random() < 0.6]
    planted += [("name", said(random, name)), ("address", told(random, address))]
    random.shuffle(planted)
    sentences = [random.choice(LEADS[kind]).format(value) for kind, value in planted]
    sentences.insert(random.randrange(len(sentences) + 1), random.choice(PROBLEMS))
    return Narrative(random.choice("，。；").join(sentences) + "。", name, address, tuple(planted))


def person(random: Random) -> str:
    family = random.choice(COMPOUND) if random.random() < 0.05 else random.choice(FAMILY)
    return family + "".join(random.choices(GIVEN, k=random.choice((1, 2, 2, 2))))


def said(random: Random, name: str) -> str:
    family = name[:2] if name[:2] in COMPOUND else name[:1]
    title = random.choice(TITLES)
    first = name[len(family) :]
    ways = [name, name, f"{family}{title}", f"老{family}" if family not in "任余" else name, " ".join(name)]
    ways += [f"{name}{title}", f"{first}{title}" if len(first) > 1 else name, f"{family}某"]
    return random.choice(ways)


def home(random: Random) -> str:
    town = random.choice(TOWNS)
    if random.random() < 0.3:
        return (
            f"{town}{random.choice(VILLAGES)}{random.choice('一二三四五六七八')}组{random.randint(1, 99)}号"
        )
    if random.random() < 0.4:
        return f"锡山区{town}{random.choice(STREETS)}{random.randint(1, 400)}号{random.randint(101, 999)}室"
    flat = f"{random.randint(1, 60)}号楼{random.randint(1, 4)}单元{random.randint(101, 2504)}室"
    return f"锡山区{town}{random.choice(ESTATES)}{flat}"


def told(random: Random, address: str) -> str:
    """Whole, without the district, with blanks, or from the house number on."""
    digits = next(i for i, char in enumerate(address) if char.isdigit() or address[i : i + 2].endswith("组"))
    ways = [
        address,
        address.removeprefix("锡山区"),
        address[digits:],
        f"{address[:digits]} {address[digits:]}",
    ]
    return random.choice(ways)


def digits(random: Random, count: int) -> str:
    return "".join(random.choices("0123456789", k=count))


def mobile(random: Random) -> str:
    number = "1" + random.choice("3456789") + digits(random, 9)
    ways = (
        number,
        f"{number[:3]}-{number[3:7]}-{number[7:]}",
        f"{number[:3]} {number[3:7]} {number[7:]}",
        f"+86 {number}",
        f"+86-{number[:3]} {number[3:7]} {number[7:]}",
        f"86{number}",
        "".join(WIDE[int(d)] for d in number),
        "".join(SPOKEN[int(d)] for d in number),
        "".join(SPOKEN[int(d)] for d in number).replace("一", "幺"),
        " ".join(number),
        f"{number[:3]}.{number[3:7]}.{number[7:]}",
        f"{number[:3]}－{number[3:]}",
    )
    return random.choice(ways)


def landline(random: Random) -> str:
    number = random.choice("2345678") + digits(random, 7)
    return random.choice((f"0510-{number}", f"0510{number}", f"（0510）{number}", f"0510 {number}"))


def identity(random: Random) -> str:
    born = f"{random.randint(1930, 2015)}{random.randint(1, 12):02}{random.randint(1, 28):02}"
    body = f"{random.choice(('320205', '320206', '110101', '513022'))}{born}{digits(random, 3)}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    number = body + "10X98765432"[sum(w * int(d) for w, d in zip(weights, body, strict=True)) % 11]
    spaced = f"{number[:6]} {number[6:14]} {number[14:]}"
    return random.choice((number, number.lower(), spaced, number.replace("X", "Ｘ")))


def card(random: Random) -> str:
    body = random.choice(("6222", "6217", "6228", "4563")) + digits(random, random.choice((11, 14)))
    total = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(reversed(body)))
    number = body + str(-total % 10)
    spaced = " ".join(number[i : i + 4] for i in range(0, len(number), 4))
    return random.choice((number, spaced, spaced.replace(" ", "-")))


def plate(random: Random) -> str:
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    tail = "".join(random.choices("0123456789", k=4)) + random.choice(letters + "0123456789")
    start = random.choice("苏沪皖浙京") + random.choice(letters[:10])
    dot = random.choice(("", "·", " ", "•"))
    ways = (f"{start}{dot}{tail}", f"{start}{dot}D{tail}", f"{start}{dot}{tail}".lower())
    return random.choice(ways)


def mail(random: Random) -> str:
    user = "".join(random.choices("abcdefghijkmnpqrstuvwxyz0123456789._", k=8)).strip(".") + "a"
    address = f"{user}@{random.choice(('qq.com', '163.com', 'mail.wuxi.gov.cn', 'gmail.com'))}"
    return random.choice((address, address.upper(), address.replace("@", "＠")))


MAKERS = {
    "phone": mobile,
    "landline": landline,
    "id": identity,
    "card": card,
    "plate": plate,
    "mail": mail,
}
LEADS = {
    "phone": ("电话{}", "手机号是{}", "请打{}找我", "联系方式：{}", "我的号码{}"),
    "landline": ("家里座机{}", "也可以打{}"),
    "id": ("身份证{}", "证件号码：{}", "身份证号是{}"),
    "card": ("补贴打到卡上{}", "银行卡{}", "卡号：{}"),
    "plate": ("车牌{}", "一辆{}的车堵在门口", "车辆{}长期占道"),
    "mail": ("邮箱{}", "材料发到{}"),
    "name": ("居民{}反映", "是{}说的", "由{}代为反映", "我是{}"),
    "address": ("住在{}", "家住{}", "地址：{}", "请到{}来看"),
}
