"""A text of no language is named damaged, whatever it was read as; rare characters and other languages are sound."""

import pytest

from crawler.pages.damage import damage

PROSE = "<p>港口吞吐量回升，一号码头恢复作业，企业补库意愿增强，二期工程明年开工，总投资三亿元。</p>"
WIDE = [
    *(
        ("gb18030", codec)
        for codec in ("big5", "big5hkscs", "shift_jis", "euc_jp", "euc_kr", "cp1251", "koi8-r", "utf-8", "utf-16-le")
    ),
    *(("utf-8", codec) for codec in ("big5hkscs", "shift_jis", "euc_kr", "cp1251", "utf-16-le")),
    *(("big5hkscs", codec) for codec in ("gb18030", "shift_jis")),
]


@pytest.mark.parametrize(("written", "read"), WIDE)
def test_what_was_read_as_another_wide_encoding_is_no_text(written: str, read: str) -> None:
    garbled = "".join(c if c.isascii() else c.encode(written, "ignore").decode("latin-1") for c in PROSE * 3)
    assert damage(garbled.encode("latin-1").decode(read, "ignore"))


@pytest.mark.parametrize("times", [1, 9])
def test_big5_read_as_utf8_leaves_letters_of_many_alphabets(times: int) -> None:
    prose = "<p>分析師指出，原材料價格下跌有利於毛利率回升，新一代儲能電池已經下線，預計第三季度向客戶交付。</p>"
    assert damage(prose) == ""
    assert damage((prose * times).encode("big5").decode("utf-8", "ignore"))


def test_a_long_text_in_gbk_read_as_euc_jp_is_no_text() -> None:
    every = "".join(map(chr, range(0x4E00, 0x9FA0))).encode("gb2312", "ignore")  # so what is usual is among them
    garbled = f"<p>{every.decode('euc_jp', 'ignore')}</p>{PROSE.encode('gbk').decode('euc_jp', 'ignore') * 40}"
    assert damage(garbled)


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "<p>The plant opens next year, said the company’s chairman — “on time”.</p>" * 3,
        "<p>L’usine a été agrandie : la société espère un bénéfice élevé cette année, a déclaré le président.</p>" * 3,
        "<p>同社は来年、新しい工場を開く予定であると発表した。売り上げは増える見込みだという。</p>",
        "<p>회사는 내년에 새로운 공장을 열 계획이라고 밝혔다. 매출은 늘어날 전망이다.</p>",
        "<p>Компания сообщила, что новый завод откроется в следующем году, выручка вырастет.</p>",
        "<p>苯磺酸氨氯地平片、盐酸二甲双胍缓释片、瑞舒伐他汀钙片、奥美拉唑肠溶胶囊、头孢呋辛酯片、枸橼酸西地那非片。</p>",
        "<p>鑫铂股份、泓淋电力、璞泰来、骏鼎达、赟锂科技、昊帆生物、珂玛科技、铖昌科技、翔楼新材、鋆昊资本、埃斯顿。</p>",
        "<p>Фирма «Ćirić» из Đakovo и завод «Ψ» в городе Ҡазан: выпуск вырос, Łódź, Čačak, Nguyễn Thị Thơ, Trương Mỹ Lan.</p>",
        "<p>滕王高閣臨江渚，佩玉鳴鸞罷歌舞。畫棟朝飛南浦雲，珠簾暮捲西山雨。</p>",
        "<table><tr><td>α</td><td>β</td><td>ρ=0.3</td></tr></table><p>σ²、μ、χ²、ε、λ、π、θ、Δ、Ω</p>",
    ],
)
def test_texts_of_rare_characters_and_other_languages_are_sound(text: str) -> None:
    assert damage(text) == ""
