"""Which character stands for which when people search: look-alikes, variants, traditional forms."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

TRADITIONAL_FILE: Final = Path(__file__).with_name("traditional.txt")

# Wrong picks of an input method or of a scanner: another character, nearly the same picture.
SAME_PICTURE: Final = (
    "巿市 夲本 囗口 曰日 歺餐 戸户 ⺁厂 ⺅亻 ⺒巳 ⺓幺 ⺠民 ⺨犭 ⺩王 ⺬示 ⺮竹 ⺼肉 ⻁虎 ⻂衣 ⻄西 "
    "⻅见 ⻆角 ⻈讠 ⻉贝 ⻋车 ⻐钅 ⻑长 ⻒长 ⻓长 ⻔门 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻟食 ⻠饣 "
    "⻡首 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻬齐 ⻮齿 ⻰龙 ⻳龟 ○〇 ◯〇"
)

# Older and foreign forms of the same word that the traditional table does not hold.
VARIANTS: Final = (
    "幚帮 菓果 囘回 囬回 㸃点 淸清 靑青 郷乡 隣邻 畧略 広广 図图 団团 対对 県县 経经 済济 権权 沢泽 "
    "読读 気气 楽乐 労劳 実实 発发 駅驿 変变 両两 円圆 栄荣 営营 応应 関关 観观 帰归 験验 収收 単单 "
    "転转 売卖 辺边 歩步 満满 価价 仮假 剤剂 処处 増增 戦战 従从 総总 続续 滝泷 庁厅 伝传 徳德 悩恼 "
    "拡扩 挙举 検检 険险 効效 桟栈 児儿 焼烧 畳叠 歯齿 渋涩 縄绳 浄净 帯带 遅迟 鉄铁 闘斗 軽轻 渓溪 "
    "掲揭 鶏鸡 恵惠 暁晓 薬药 様样 謡谣 頼赖 覧览 竜龙 塁垒 涙泪 齢龄 録录 亜亚 悪恶 圧压 囲围 壱一 "
    "隠隐 駆驱 剣剑 厳严 巣巢 捜搜 蔵藏"
)

# Letters of other alphabets, already in lower case, that look like Latin ones.
LETTERS: Final = "аa еe оo рp сc хx уy іi ѕs кk мm тt вb нh ԁd јj αa οo ρp νv κk ιi"


def table() -> dict[str, str]:
    """Every look-alike with the character it stands for, chains resolved."""
    traditional = dict(_pairs("".join(_lines())))
    near = {pair[0]: pair[1] for pair in f"{SAME_PICTURE} {VARIANTS} {LETTERS}".split()}
    merged = near | traditional
    return {char: _last(char, merged) for char in merged}


def _lines() -> Iterator[str]:
    for line in TRADITIONAL_FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    return zip(text[::2], text[1::2], strict=True)


def _last(char: str, merged: dict[str, str]) -> str:
    seen = {char}
    while (following := merged.get(char)) and following not in seen:
        char = following
        seen.add(char)
    return char
