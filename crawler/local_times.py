"""Times that a text gives in the time of a place: which zone a Chinese name of one means, beside the clock."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from crawler.patterns import compiled

_ZONES: Final = {
    **dict.fromkeys(("美东", "美国东部", "美東", "美国东岸", "纽约", "紐約"), "America/New_York"),
    **dict.fromkeys(("美西", "美国西部", "太平洋", "旧金山", "洛杉矶"), "America/Los_Angeles"),
    **dict.fromkeys(("美中", "美国中部", "芝加哥"), "America/Chicago"),
    **dict.fromkeys(("伦敦", "倫敦", "英国"), "Europe/London"),
    **dict.fromkeys(("欧洲中部", "巴黎", "法国", "柏林", "德国", "法兰克福", "瑞士", "苏黎世"), "Europe/Paris"),
    **dict.fromkeys(("格林尼治", "格林威治", "世界", "世界标准", "协调世界"), "UTC"),
    **dict.fromkeys(("东京", "東京", "日本"), "Asia/Tokyo"),
    **dict.fromkeys(("首尔", "首爾", "韩国"), "Asia/Seoul"),
    **dict.fromkeys(("莫斯科", "俄罗斯"), "Europe/Moscow"),
    **dict.fromkeys(("悉尼", "墨尔本"), "Australia/Sydney"),
    **dict.fromkeys(("北京", "香港", "台北", "新加坡", "上海"), "Asia/Shanghai"),
    **dict.fromkeys(("当地", "當地", "美国", "美國", "欧洲", "澳洲", "澳大利亚", "加拿大"), ""),
}
"""The last are not known: more than one time is meant by them."""
_PLACE = rf"(?P<place>{'|'.join(sorted(_ZONES, key=len, reverse=True))})(?:时间|時間)"
_BEFORE = compiled(rf"{_PLACE}[ ,:：)\]】]{{0,3}}\Z")
_BEHIND = compiled(rf" ?[(\[【]? ?{_PLACE}(?! ?[:：]? ?\d)")
"""Not where another clock follows: ``21:02 美东时间 8:02``."""
_LONGEST = 12
"""Characters of a name and what stands round it."""
_BEIJING = ZoneInfo("Asia/Shanghai")


def in_beijing(moment: datetime, text: str, start: int, end: int) -> datetime:
    """Give the time of a clock in Beijing, whose day and clock stand in a text from ``start`` to ``end``.

    It is Beijing's own unless a place is named beside it. Raises ValueError where that has more than one time.
    """
    if "时间" not in text and "時間" not in text:
        return moment
    found = _BEHIND.match(text, end) or _BEFORE.search(text[max(0, start - _LONGEST) : start])
    if found is None:
        return moment
    if not (zone := _ZONES[found["place"]]):
        raise ValueError(found["place"])
    return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(_BEIJING).replace(tzinfo=None)
