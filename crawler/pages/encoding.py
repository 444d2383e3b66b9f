"""Bytes of a page to text: which character encoding they are really in.

The order is: byte order mark, strict UTF-8, then a judgement between the declared encoding, GB 18030, Big5 and UTF-16.
A judgement is needed because GB 18030 accepts nearly any bytes and declarations lie: every reading is weighed by how
many of its characters are ones that Chinese texts use, and a declaration only gives its reading a head start.
"""

import codecs
import re
from functools import cache
from math import fsum

from crawler.patterns import compiled

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ALIASES = {
    **dict.fromkeys(("gb2312", "gbk", "gb_2312", "gb_2312-80", "gb-2312", "gb18030-2000", "x-gbk", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "big5hkscs", "cn-big5", "x-x-big5", "big-5", "cp950"), "big5hkscs"),
    **dict.fromkeys(("utf-16", "utf16", "unicode", "ucs-2", "utf-16le", "utf16le"), "utf-16-le"),
    **dict.fromkeys(("utf-16be", "utf16be", "unicodefffe"), "utf-16-be"),
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252"), "cp1252"),
    **dict.fromkeys(("utf8", "utf-8-sig", "x-unicode20utf8"), "utf-8"),
}
_DECLARATIONS = compiled(
    rb"""<meta\b[^>]{0,300}?\bcharset\s*=\s*["']?\s*([\w.:-]+)|<\?xml\b[^>]{0,100}?\bencoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)
_TAG = compiled(rb"</?(?:html|head|body|div|span|p|a|br|img|title|meta|script|table|td|li|h[1-6])[ \t\r\n/>]|<!--")
_LONG_ASCII = compiled(rb"([\x00-\x7f])[\x00-\x7f]{7,}")
_WIDE = compiled("[\u0800-\U0010ffff]")
_SEVEN_BITS = (("+", "utf-7"), ("~{", "hz"))
_FEW_WIDE = 8
_CONTROL = compiled("[\0-\x08\x0e-\x1f]")
_NOT_TEXT = compiled("[\0\ud800-\udfff]")
_SLIP = compiled("(?<=[^\0\ud800-\udfff])\0{1,8}+(?=[^\0\ud800-\udfff])")
"""A few NULs inside a text are a slip of its maker; many, and those at its end, are damage."""

_EURO = "gbk-euro"
_MOST_EUROS = 100_000
"""Errors in one page that are looked at one by one; where there are more, it is no text and not worth the time."""
_DECLARED_BONUS = 0.1
CLEAR = 0.6
_SAMPLE = 8192
_MOST_USED = (
    "的一是不了在有人我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事"
    "只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向"
    "情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市体报"
    "金融股票证券银基投资场价涨跌亿元收益期货率增长同比企企业板块指数交易财利润季度项目集团控制监管风险险保债贷款净值净创科技汽车能源地产"
    "据建设达计划元设置今昨称表示记者近合持减停牌复盘盘午早晚港美联储沪深京增降升至超创新再度或拟获募回购评级调查案例首次布局订单量产"
    "這個們來說為國會時對後過還發沒學當實經點見動現長進將與給開問間電東門關產車業務體報價漲億證財淨聯儲滬達劃記者減復盤創獲購評級調單場"
    "數據華萬無從氣書馬請議員傳總統專線區號設計應該機構灣臺北香港網際環處團歲導強權話語類"
)


@cache
def _weights() -> dict[str, float]:
    """Weigh how much each character speaks for a reading: the first levels of GB 2312 and Big5 are sorted by use."""
    gb = bytes(b for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF) for b in (lead, trail))
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    big5 = bytes(b for lead in range(0xA4, 0xC7) for trail in trails for b in (lead, trail))
    found = dict.fromkeys(map(chr, range(0x3400, 0xA000)), 0.05)
    found |= dict.fromkeys(map(chr, (*range(0xC0, 0x250), *range(0x3041, 0x3100), *range(0xAC00, 0xD7A4))), 0.35)
    found |= dict.fromkeys(big5.decode("big5", "ignore"), 0.5)
    found |= dict.fromkeys(gb.decode("gb2312", "ignore"), 0.6)
    found |= dict.fromkeys(_MOST_USED, 1.0)
    found |= dict.fromkeys(map(chr, (*range(0xFF01, 0xFF5F), *range(0x3000, 0x3012))), 0.9)
    found |= dict.fromkeys("‘’“”—…·", 0.9)
    bad = (*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0), *range(0xD800, 0xF900))
    return found | dict.fromkeys(map(chr, bad), -1.0) | dict.fromkeys("\ufffd\ufffe\uffff", -2.0)


def quality(text: str) -> float:
    """Rate from -1 (junk) to 1 (Chinese prose): the mean weight of the characters that are not plain ASCII."""
    weights = _weights()
    telling = [weights.get(c, 0.0) for c in text if not " " <= c <= "~" and c not in "\t\n\r\f"]
    return fsum(telling) / len(telling) if telling else 0.4  # exact: sum gives more digits since Python 3.12


def _codec(name: str | None) -> str | None:
    """Name the codec to read a declared encoding with, None when it is unknown or no character encoding."""
    name = (name or "").strip().strip("\"'").lower()
    name = _ALIASES.get(name, name)
    try:
        b"a".decode(name)  # refuses what is no character encoding, such as zip or base64
        canonical = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return None if canonical in ("utf-7", "idna", "punycode", "undefined") or "escape" in canonical else canonical


def _declared(data: bytes, transport: str | None) -> list[str]:
    """List the codecs that the transport and the page itself name, in this order."""
    named = [transport]
    named += [(a or b).decode("ascii", "replace") for a, b in _DECLARATIONS.findall(data[:4096])[:3]]
    return list(dict.fromkeys(codec for name in named if (codec := _codec(name))))


def _sample(data: bytes, codec: str) -> str:
    """Read a piece of the text that is rich in characters beyond ASCII."""
    if codec.startswith(("utf-16", "utf-32")):
        piece = data[:_SAMPLE]
    else:
        piece = data if len(data) <= _SAMPLE else _LONG_ASCII.sub(rb"\1 ", data[: _SAMPLE * 32])[:_SAMPLE]
    text = piece.decode(codec, "replace")
    return text.rstrip("\ufffd") if len(piece) == _SAMPLE else text


def _may_be_utf16(data: bytes) -> bool:
    """Tell whether the NULs, if any, stand where the high halves of ASCII characters would."""
    zeros = data.count(0)
    if zeros == 0 or len(data) < 128:
        return len(data) % 2 == 0 and _TAG.search(data) is None
    return zeros * 50 > len(data) and max(data[::2].count(0), data[1::2].count(0)) > 0.8 * zeros


def _judge(data: bytes, declared: list[str]) -> str:
    """Choose the codec whose reading looks most like text."""
    long = len(data) > 1024
    if long and declared and declared[0] in ("gb18030", "big5hkscs") and quality(_sample(data, declared[0])) >= CLEAR:
        return declared[0]
    damaged = _sample(data, "utf-8")
    if len(_WIDE.findall(damaged)) > 3 * damaged.count("\ufffd"):  # each error is among the wide ones, too
        return "utf-8"
    candidates = [*declared, "gb18030", "utf-8", "big5hkscs", "cp1252"]
    if _may_be_utf16(data):
        candidates += ["utf-16-le", "utf-16-be"]
    rated = {codec: quality(_sample(data, codec)) for codec in dict.fromkeys(candidates)}
    for codec in declared:
        rated[codec] += _DECLARED_BONUS
    return max(rated, key=lambda codec: rated[codec])


def _doubtful(text: str, declared: list[str]) -> bool:
    """Tell whether valid UTF-8 without one wide character may be a short text in another encoding after all."""
    if _CONTROL.search(text):
        return True
    return not text.isascii() and not {"gb18030", "big5hkscs"}.isdisjoint(declared)


def _euro(error: UnicodeError) -> tuple[str | bytes, int]:
    """Read the lone byte 0x80 as code page 936 and browsers do; every other error becomes U+FFFD."""
    if isinstance(error, UnicodeDecodeError) and error.object[error.start] == 0x80:
        return "€", error.start + 1
    return codecs.replace_errors(error)


codecs.register_error(_EURO, _euro)


def _text(data: bytes, codec: str) -> str:
    """Read bytes with a codec; GB 18030 is read as the browsers' GBK where it has a hole."""
    text = data.decode(codec, "replace")
    if codec == "gb18030" and b"\x80" in data and 0 < text.count("\ufffd") <= _MOST_EUROS:
        text = data.decode(codec, _EURO)
    return text


def sound_text(text: str) -> str:
    """Cut a NUL that slipped into a text; damage, and lone surrogates, become U+FFFD, as browsers have it."""
    return _NOT_TEXT.sub("\ufffd", _SLIP.sub("", text)) if _NOT_TEXT.search(text) else text


def _seven_bits(text: str) -> str:
    """Read ASCII text anew whose Chinese is spelled in letters: UTF-7 or HZ; what is no Chinese then stays."""
    for mark, codec in _SEVEN_BITS:
        if mark in text and "\\u" not in text:
            try:
                read = text.encode("ascii").decode(codec)
            except UnicodeError:
                continue
            if len(_WIDE.findall(read)) >= _FEW_WIDE and quality(read) >= CLEAR:
                return read
    return text


def charset_of(media_type: str) -> str | None:
    """The charset that a media type declares."""
    return media_type.lower().partition("charset=")[2].partition(";")[0].strip("\"' ") or None


def decode(data: bytes, declared: str | None = None) -> str:
    """Read a page as text; ``declared`` is the charset of the transport, as it was spelled.

    Never raises: what cannot be read is made sound.
    """
    if data.startswith(codecs.BOM_UTF8):  # a template's, included by a page in another encoding: it proves nothing
        data, declared = data[len(codecs.BOM_UTF8) :], declared or "utf-8"
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return sound_text(data[len(mark) :].decode(codec, "replace"))
    named = None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if b"\0" not in data and _WIDE.search(text):
            return text
        named = _declared(data, declared)
        if not _doubtful(text, named):
            return sound_text(_seven_bits(text)) if text.isascii() else text
    named = _declared(data, declared) if named is None else named
    return sound_text(_text(data, _judge(data, named)))
