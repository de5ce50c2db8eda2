"""Alphabets: which letters are written together, and which signs are written often.

Only as much of each language as it takes to tell encodings apart.
"""

import re
from itertools import islice

__all__ = ["EAST", "WESTERN", "east_score", "west_score"]

CHINESE = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多"
    "定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由"
    "其些然前外天政四日社义事平形相全表间样与关各重新线内数正心反你明看原又利比或但质气第向道命此变条只没结解问意建月"
    "公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较"
    "将组见计别手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金"
    "增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类"
    "八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界林且称影算低音众书布复容儿须际商非验连断深难近矿千"
    "周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府太准精值号率族维划选标写存候毛亲快效院查江型眼王按格养"
    "易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严姓性别龄岁城编序客户男女州村镇乡街店费额税款价销"
    "售库订购李刘陈杨赵黄吴徐孙朱胡郭何罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任"
    "姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文川河湖云贵粤浙辽吉黑徽福甘肃宁夏"
    "新疆藏桂琼津沪渝深圳杭"
)
TRADITIONAL = frozenset(
    "的一是不了在有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作里用道行所然家種事"
    "成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心本前開但因只從想實日者意無力它與長把機十民第公此"
    "已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特"
    "代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電"
    "數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白"
    "卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導"
    "爭運縣省臺灣北高雄姓齡歲編號價單據鄉鎮街店費額稅銷售庫訂購陳劉楊趙黃吳孫鄭謝韓馮葉閻鍾薑範譚鄒陸顧龍錢湯黎喬賀賴龔"
    "香港九龍新竹彰化嘉義屏東宜蘭花蓮澎湖基隆桃園苗栗南投雲林人"
)
KANJI = frozenset(
    "日一国会人年大十二本中長出三同時政事自行社見月分議後前民生連五発間対上部東者党地合市業内相方四定今回新場金員九入"
    "選立開手米力学問高代明実円関決子動京全目表戦経通外最言氏現理調体化田当八六約主題下首意法不来作性的要用制治度務強気"
    "小七成期公持野協取都和統以機平総加山思家話世受区領多県続進正安設保改数記院女初北午指権心界支第産結百派点教報済書府"
    "活原先共得解名交資予川向際査勝面委告軍文反元重近千考判認画海参売利組知案道信策集在件団別物側任引使求所次水半品昨論"
    "計死官増係感特情投示変打男基私各始島直両朝革価式確村提運終挙果西勢減台広容必応演電歳住争談能無再位置企真流格有疑口"
    "過局少放税検藤町常校料沢裁状工建語球営空職証土与急止送援供可役構木割聞身費付施切由説転食比難防補車優夫研収断井何南"
    "石足違消境神番規術護展態導鮮備宅害配副算視条幹独警宮究育席輸訪楽起万着乗店述残想線率病農州武声質念待試族象銀域助労"
    "衛然早張映限親額監環験追審商葉義伝働形景落欧担好退準賞訴辺造英被株頭技低毎医復仕去姿味負閣韓渡失移差衆個門写評課末"
    "守若脳極種美岡影命含福蔵量望松非撃佐核観察整段横融型白深字答夜製票況音申様財港識注呼渉達阪横浜札幌姓齢性"
)
HANGUL = frozenset(
    "이다의는에을가고하지로서은도를한나대인사기자리부시일정어그해아제주전수상장구성보스원공동소라과만경조으여들비게방미안와신"
    "유중간국관물세우면년화거개치모진연산실선적니당계학요내문무회업설생양행트오용입지발명까위각드분단등마민반번법별변본불속"
    "술식심알역영예외운울월육음임작재종준직집차천체출충태통특판품필향험현형호확환활후남북서동강광울산부산인천대구경김이박최"
    "정윤임오신권황송류홍이름나이도시성별금액매출"
)
EAST: dict[str, frozenset[str]] = {
    "gb18030": CHINESE,
    "cp932": KANJI,
    "big5": TRADITIONAL,
    "cp949": HANGUL,
    "euc_jp": KANJI,
}
"""Encodings of the East, and the signs that most of their texts are made of."""

KANA = re.compile("[\u3041-\u3096\u30a1-\u30fc]")
HALF = re.compile("[\uff61-\uff9f]")

ALPHABETS = (
    "àâæçéèêëîïôœùûüÿ",  # French
    "äöüßé",
    "áéíñóúüçà",  # Spanish, Catalan
    "ãáàâçéêíóôõúü",
    "àèéìíîòóù",
    "åäöæøéüáö",
    "éëïóöüèáíú",
    "áæðéíóöþúý",
)
EASTERN = (
    "ąćęłńóśźż",
    "áčďéěíňóřšťúůýžäľĺôŕ",
    "áéíóöőúüű",
    "ăâîşţșțéá",
    "čćđšž",
)
CYRILLIC = ("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґђјљњћџ",)
GREEK = ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",)
TURKISH = ("çğıöşüâîûi̇",)
TYPE = frozenset("“”‘’«»–—…€£§°²³µ½¼¾®©™•·×±¡¿ªº№\u00a0")
"""Signs that stand in texts between words, or behind numbers."""

WESTERN: dict[str, tuple[str, ...]] = {
    "cp1252": ALPHABETS,
    "cp1251": CYRILLIC,
    "koi8-r": CYRILLIC,
    "cp1250": EASTERN,
    "mac-roman": ALPHABETS,
    "cp850": ALPHABETS,
    "cp866": CYRILLIC,
    "cp1254": TURKISH,
    "cp1253": GREEK,
}
"""Encodings of a byte a letter, and the alphabets that are written in them."""


HIGH = re.compile("[^\x00-\x7f]")


def east_score(sample: bytes, encoding: str) -> float:
    """Give the share of wide signs that are among the usual ones; 0 where bytes are invalid."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 4:
            return 0.0
        text = sample[: error.start].decode(encoding)
    wide = [sign for sign in text if sign > "\x7f"]
    if not wide:
        return 0.0
    usual = sum(sign in EAST[encoding] for sign in wide)
    if encoding in ("cp932", "euc_jp"):
        usual += len(KANA.findall(text))
        usual -= len(HALF.findall(text))
    return usual / len(wide)


def west_score(sample: bytes, encoding: str) -> float:
    """Give the share of signs beyond ASCII that stand where the best alphabet has them."""
    text = sample.decode(encoding, "replace")
    places = [found.start() for found in islice(HIGH.finditer(text), 5000)]
    if not places:
        return 0.0
    common = sum(in_type(text, place) for place in places)
    letters = [place for place in places if fits(text, place)]
    best = 0
    for alphabet in WESTERN[encoding]:
        best = max(best, sum(text[place].lower() in alphabet for place in letters))
    return (common + best) / len(places)


def in_type(text: str, place: int) -> bool:
    """Tell whether a sign is typography, outside of a word (an apostrophe may be inside)."""
    if text[place] not in TYPE:
        return False
    inside = text[place - 1 : place].isalpha() and text[place + 1 : place + 2].isalpha()
    return text[place] == "’" or not inside


def fits(text: str, place: int) -> bool:
    """Tell whether a letter is of the case and the script of its word."""
    sign, before, behind = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if "\u0370" <= sign < "\u0530" and any(
        side.isascii() and side.isalpha() for side in (before, behind)
    ):
        return False
    return sign.isalpha() and not (sign.isupper() and before.islower())
