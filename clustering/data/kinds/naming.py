"""Naming: what the name of a column gives away about its cells.

A name never decides alone: it counts only beside cells that may be what it says. But
1, 2, 3 under "region" and 1, 2, 3 under "children" are the same cells, and nothing but
the name tells a code from a count.
"""

import re

__all__ = [
    "FLAGS",
    "calendar_of",
    "named_code",
    "named_date",
    "named_id",
    "named_text",
    "named_year",
    "words",
]

# "Customer ID", "customer_no", "CustomerID", "order number" name rows; "citric acid",
# "Number of rooms" and "price index" do not.
ID_NAME = re.compile(
    r"(^|.*[^a-z])(id|no|nr|key|uuid|guid|编号|序号|学号)\.?$|^index$|^#$|unnamed: \d+$"
    r"|(?!number of).*[^a-z]number$|(.*[^a-z])?(isbn|iban|ssn|ean|sku)$",
    re.IGNORECASE | re.DOTALL,
)
CAMEL_ID = re.compile(r".*[a-z](ID|Id|No|Nr|Key|Number)$", re.DOTALL)
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
WORD = re.compile(r"[^\W\d_]+")

# Post codes are many and differ widely; no distance between two of them means anything.
POST = frozenset(
    """
    zip zipcode plz postleitzahl postcode postal cap fips naics sic code codes
    邮编 邮政编码 郵便番号 代码 编码
    """.split()
)
CODES = frozenset(
    """
    class klasse classe clase type typ typus category categorie kategorie categoria
    region région channel kanal canal sector sektor branche industry department dept
    district province provincia state country land pays pais status gender sex geschlecht sexe
    group gruppe groupe grupo segment cluster cohort label labels species target genre
    store shop filiale standort branch warehouse line route zone area_code
    省 类别 类型 地区 区域 渠道 性别 状态 分类 部门 組 组
    """.split()
)
# Parts of a date run in circles: the distance from 12 to 1 is one month, not eleven.
CALENDAR = {
    "month": (1, 12), "months_of_year": (1, 12), "monat": (1, 12), "mois": (1, 12),
    "mes": (1, 12), "mese": (1, 12), "月": (1, 12), "月份": (1, 12),
    "weekday": (0, 7), "dayofweek": (0, 7), "dow": (0, 7), "wochentag": (0, 7), "星期": (0, 7),
    "day": (1, 31), "tag": (1, 31), "jour": (1, 31), "日": (1, 31),
    "hour": (0, 24), "stunde": (0, 24), "heure": (0, 24), "时": (0, 24), "小时": (0, 24),
    "minute": (0, 59), "quarter": (1, 4), "quartal": (1, 4), "week": (1, 53), "woche": (1, 53),
    "season": (0, 4), "holiday": (0, 1),
}  # fmt: skip
YEARS = frozenset("year yr jahr année annee año anno ano 年 年份".split())
DATES = frozenset(
    """
    date datum day fecha data dato dt time timestamp datetime when zeit tag
    日期 时间 時間 生日 birthday geburtstag born
    """.split()
)
TEXTS = frozenset(
    """
    comment comments note notes remark remarks description text review message feedback
    bemerkung bemerkungen kommentar beschreibung commentaire remarque 备注 说明 评论 描述
    """.split()
)
FLAGS = frozenset("is has was had flag ist hat hatte est 是否 有无 does did can".split())


def words(name: str) -> tuple[str, ...]:
    """Cut a name into words, small letters throughout.

    Examples
    --------
    >>> words("customerType (old)")
    ('customer', 'type', 'old')
    """
    return tuple(word.casefold() for word in WORD.findall(CAMEL.sub(" ", name[:200])))


def named_id(name: str) -> bool:
    """Tell whether a column's name says that it names rows.

    Examples
    --------
    >>> named_id("CustomerID"), named_id("order no."), named_id("humid")
    (True, True, False)
    """
    short = name.strip()[:500]
    return (ID_NAME.match(short) or CAMEL_ID.match(short)) is not None


def named_code(name: str) -> str:
    """Say which sort of code a name means.

    "post" where any number of them may differ, "code" where they are few, or nothing.
    Only the first and the last word count: "region" and "sales region" are codes,
    "state of health index" is not, nor is anything counted ("number of stores").

    Examples
    --------
    >>> named_code("sales_region"), named_code("ZIP Code"), named_code("stores open")
    ('code', 'post', '')
    """
    found = words(name)
    if found[-1:] == ("alt",):  # a second opinion: "label_alt1"
        found = found[:-1]
    if not found or found[0] in ("number", "count", "num", "n", "total", "anzahl"):
        return ""
    if POST.intersection(found):
        return "post"
    return "code" if found[-1] in CODES or (found[0] in CODES and len(found) == 1) else ""


def calendar_of(name: str) -> tuple[int, int] | None:
    """Give the range of a part of dates that a name means, as 1 to 12 for a month."""
    return CALENDAR.get(name.strip().casefold().replace("_", "").replace(" ", ""))


def named_year(name: str) -> bool:
    """Tell whether a column's name means years."""
    found = words(name)
    return bool(found) and (found[-1] in YEARS or found[0] in YEARS)


def named_date(name: str) -> bool:
    """Tell whether a column's name means dates."""
    return not DATES.isdisjoint(words(name))


def named_text(name: str) -> bool:
    """Tell whether a column's name means what people wrote freely."""
    return not TEXTS.isdisjoint(words(name))
