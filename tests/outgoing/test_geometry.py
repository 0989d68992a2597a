import pytest

from tests.outgoing.sheets import blocks, sheet
from tracker.outgoing import geometry, pdf
from tracker.outgoing.letters import html

FULL_NAME = "中国人民政治协商会议无锡市锡山区委员会"
LETTERS = {
    "short, on one page": sheet(
        title="关于路灯问题办理情况的反馈函", blocks=blocks(0)[:1], copy_to=(), remark=""
    ),
    "two pages": sheet(),
    "without a seal": sheet(sealed=False),
    "many pages with annexes": sheet(
        blocks=blocks(6), annexes=("现场照片", "整改计划表及责任分工一览表（含联系方式、时限和标准）")
    ),
    "one annex": sheet(annexes=("现场照片",)),
    "full name of the committee": sheet(issuer_mark=FULL_NAME, issuer=FULL_NAME + "办公室", blocks=blocks(2)),
    "short name of another": sheet(
        issuer_mark="政协东台市委员会", number="东政协办函〔2026〕3号", issuer="政协东台市委员会"
    ),
    "many copies": sheet(copy_to=tuple(f"区第{one}承办单位办公室" for one in "一二三四五六七八九十")),
}
# What somebody might do to a letter, and the row that has to notice.
SPOILT = [
    ("〔2026〕", "[2026]", "发文字号"),
    ("2026年11月22日", "2026年11月02日", "成文日期"),
    ("王玥珺同志：", "王玥珺同志:", "主送机关后全角冒号"),
    ("办理情况的反馈函", "办理情况的反馈函。", "标题末尾无标点"),
    ("政协无锡市锡山区委员会</p>", "政协无锡市锡山区委员会文件</p>", "发文机关标志不加“文件”"),
    ("</style>", ".mark { margin-top: 4mm }</style>", "发文机关标志上边缘（墨迹）"),
    ("</style>", ".upper { border-width: 1pt 0 }</style>", "第一条红色双线粗细"),
    ("</style>", ".lower { width: 150mm }</style>", "第二条红色双线长度"),
    ("</style>", ".lower { margin-top: -6mm }</style>", "第二条红色双线距下页边"),
    ("</style>", ".rules { border-color: #000 }</style>", "第一条红色双线长度"),
    ("</style>", ".number { margin-right: 10mm }</style>", "发文字号右边界"),
    ("</style>", "html { line-height: 31pt }</style>", "行距"),
    ("</style>", "html { letter-spacing: -1.2pt }</style>", "每行字数"),
    ("</style>", ".level0 { text-indent: 0 }</style>", "段首缩进"),
    ("</style>", ".level1 { font-family: var(--fang) }</style>", "一级标题黑体"),
    ("</style>", ".level0 { font-size: 15pt }</style>", "正文字号"),
    ("</style>", "h1 { font-size: 18pt }</style>", "标题字号"),
    ("</style>", "@page { size: Letter }</style>", "纸张高度"),
    ("</style>", "@page { margin-right: 20mm }</style>", "版心右边界"),
    ("</style>", "@page :left { @bottom-left { margin-left: 0 } }</style>", "页码 2左空1字"),
    ("</style>", '@page :left { @bottom-left { content: "2" } }</style>', "页码 2"),
    ("</style>", "@page :first { @bottom-right { content: '— 1 —' } }</style>", "首页不显示页码"),
    ("</style>", ".signature p { margin-left: 0 !important }</style>", "日期首字右移 / 右空（不加盖印章）"),
    ("</style>", ".copies { border-top: 0.35mm solid #000 }</style>", "版记不加分隔线"),
    ("东亭街道办事处。", "东亭街道办事处", "抄送末尾句号"),
]


@pytest.mark.parametrize("name", LETTERS)
def test_every_row_of_the_standard_is_within_its_tolerance(name):
    rows = geometry.check(pdf.render(html(LETTERS[name])))

    assert [row for row in rows if not row.ok] == []
    assert len(rows) >= 45


@pytest.mark.parametrize(
    "found, changed, item", SPOILT, ids=[f"{item} {n}" for n, (*_, item) in enumerate(SPOILT)]
)
def test_a_spoilt_letter_is_noticed_in_the_right_row(found, changed, item):
    page = html(sheet()).replace("</head>", "<style></style></head>")
    assert found in page

    rows = geometry.check(pdf.render(page.replace(found, changed)))

    assert item in {row.item for row in rows if not row.ok}


def test_substitute_fonts_are_named_as_such():
    rows = {row.item: row for row in geometry.check(pdf.render(html(sheet())))}

    assert "代用" in rows["正文字体"].found


def test_a_pdf_that_is_no_letter_fails_in_words_instead_of_breaking():
    rows = geometry.check(pdf.render("<html lang=zh-CN><p>今天天气很好</p>"))

    assert {row.item for row in rows if not row.ok} >= {"发文字号", "成文日期", "标题字号"}
