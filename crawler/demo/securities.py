"""The securities that the invented world knows, and the numbers East Money's markup gives them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoSecurity:
    """`market` and `code` make the secid. `legacy` is the suffix digit of old ids, `kind` the quote API's `t:` type."""

    name: str
    market: int
    code: str
    legacy: int
    kind: int

    @property
    def secid(self) -> str:
        """The id in picture and K-line addresses, as in 1.600050."""
        return f"{self.market}.{self.code}"

    @property
    def is_board(self) -> bool:
        """Whether it is a board (板块) and not a company."""
        return self.market == 90


# Those of the real posts: their names and codes are public, every number the world gives for them is invented.
REAL: tuple[DemoSecurity, ...] = (
    DemoSecurity("中国联通", 1, "600050", 1, 2),
    DemoSecurity("潍柴动力", 0, "000338", 2, 6),
    DemoSecurity("潍柴动力H股", 116, "02338", 5, 3),
    DemoSecurity("蔚来", 106, "NIO", 7, 3),
    DemoSecurity("消费电子", 90, "BK1037", 1, 2),
    DemoSecurity("昇兴股份", 0, "002752", 2, 6),
    DemoSecurity("索菲亚", 0, "002572", 2, 6),
    DemoSecurity("长安汽车", 0, "000625", 2, 6),
    DemoSecurity("新能源", 90, "BK0493", 1, 2),
    DemoSecurity("证券", 90, "BK0473", 1, 2),
)

INVENTED: tuple[DemoSecurity, ...] = (
    DemoSecurity("云岭电气", 1, "609001", 1, 2),
    DemoSecurity("青禾乳业", 1, "609018", 1, 2),
    DemoSecurity("启明芯源", 1, "689027", 1, 23),
    DemoSecurity("长堤港务", 0, "009036", 2, 6),
    DemoSecurity("北麓铜业", 0, "009045", 2, 6),
    DemoSecurity("浅山软件", 0, "309054", 2, 80),
    DemoSecurity("海汐生物", 0, "309063", 2, 80),
    DemoSecurity("东篱置地", 116, "09872", 5, 3),
    DemoSecurity("海汐生物H股", 116, "09881", 5, 3),
    DemoSecurity("Larkfield", 105, "LKFD", 7, 2),
    DemoSecurity("Northmoor", 106, "NMR", 7, 3),
    DemoSecurity("储能设备", 90, "BK9901", 1, 2),
    DemoSecurity("冷链物流", 90, "BK9902", 1, 2),
)

SECURITIES = REAL + INVENTED

BY_SECID: dict[str, DemoSecurity] = {security.secid: security for security in SECURITIES}
