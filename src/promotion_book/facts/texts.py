"""What a text must be so that it can be read on a page, searched for and compared: nothing that cannot be seen.

A text is in the composed Unicode form (NFC), has no spaces around it, no control characters, no characters that are
invisible, without meaning, or only the look of others, no marks of a conversion that went wrong, and says something:
a dash or `n/a` for nothing is an empty cell.
"""

from __future__ import annotations

import re
import unicodedata

from promotion_book.facts.findings import Flaw, quote

WEB = re.compile(r"https?://[^\s/?#<>\"\\{}]+(?:[/?#][^\s<>\"\\{}]*)?")  # an address of the web
WORD = re.compile(r"[^\W\d_]+")
SOME, SENTENCE = 3, 5  # words that tell a language by having no marks, and those of more than a name
_UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffd"
_ORDINARY = re.compile(r"[ -~\u00b7\u00d7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0134-\u0148\u014a-\u017e"
                       r"\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u00ab\u00bb]*")  # fmt: skip
_LOOKALIKE = re.compile(
    "[\u0132\u0133\u0149\u01c4-\u01cc\ufb00-\ufb4f\ufb50-\ufdfb\ufe70-\ufefc\uff01-\uffee\U0001d400-\U0001d7ff]"
)
_LOST = re.compile(r"\?{3,}|(?<=[^\W\d_])\?(?=[^\W\d_])")
_ERROR = re.compile(r"#(REF|N/A|NAME|VALUE|DIV/0|NUM|NULL)[!?]?")
_NOTHING = re.compile(r"nan|NaN|NaT|None|null|NULL|[nN]/[aA]|undefined|TODO|TBD|[-–—.…?_]+")
_LATIN = "[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"
_LIKE_LATIN = "[\u0391-\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03b9\u03bd\u03bf\u03c1\u03c5\u0400-\u052f]"
_REPEATED = 5  # different letters of a text that is written twice by a slip alone: ha ha may be meant
_MIXED = re.compile(f"(?<={_LATIN}){_LIKE_LATIN}|{_LIKE_LATIN}(?={_LATIN})")
_OLD_VIETNAMESE = re.compile(  # letters in the places that fonts of TCVN3 and VNI give to others: Hµ Néi, Haø Noäi
    r"(?<=[^\W\d_])[µ¶¸¨ª¬¼½¾]|[®§](?=[a-zà-ỹ])|[aeo]ø|[aeo]ä|[aeo]å|öô"
)
_HTML = re.compile(  # what is left of the page that a text was copied from
    r"&(?:amp|lt|gt|quot|apos|nbsp|[nm]dash|[lr][sd]quo|hellip|[aeiouy](?:acute|grave|circ|tilde)|#\d+|#x[\da-f]+);",
    re.IGNORECASE,
)
_PARTLY = re.compile(r"á[º»][^\w\s.,;:)]|Ä[‘ƒ©]|Æ[°¡]")  # UTF-8 that was read as another encoding, beside what was not
_WORD = re.compile(r"(?<!\S)(?!\S*://)\S{100}\S*")  # that no line, cell or sheet of paper has room for
_NOT_IN_FONT = re.compile(  # blocks that DejaVu Sans lacks: letters of India and Thailand, those of East Asia, emoji
    "[\u0900-\u0e7f\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\U0001f1e6-\U0001f5ff\U0001f650-\U0003ffff]"
)
_NAMES = {"Cc": "control character", "Cf": "invisible character", "Co": "character of private use",
          "Cs": "half a character", "Cn": "character that does not exist", "Zl": "line separator",
          "Zp": "paragraph separator", "Zs": "space of another kind"}  # fmt: skip


def flaw(
    text: str, longest: int | None = None, *, lines: bool = False, address: bool = False, drawn: bool = False
) -> Flaw | None:
    """What is wrong with a text that is not empty; None when it is sound.

    Args:
        longest: the most characters that it may have.
        lines: whether it may have line breaks inside.
        address: whether it is an address, in which a question mark may stand between letters.
        drawn: whether charts write it, in their font.
    """
    if longest and len(text) > longest:
        return "length", f"{len(text)} characters", f"up to {longest}", "shorten the text"
    if text != text.strip() or not text:
        action = f"write {quote(text.strip())}" if text.strip() else "write a text, or leave the cell empty"
        return "spaces", quote(text), "no spaces or line breaks around a text", action
    problem = (None if _ORDINARY.fullmatch(text) else _unordinary(text, lines)) or _mangled(text)
    if problem:
        return problem
    if drawn and _NOT_IN_FONT.search(text):
        return "letters", quote(text), "letters that a chart can write", "write it in Latin letters"
    if _OLD_VIETNAMESE.search(text):
        allowed, action = "text in Unicode", "convert it from TCVN3 or VNI, as an old font of Vietnamese writes"
        return "encoding", quote(text), allowed, action
    if (word := _WORD.search(text)) and not address:
        return "length", f"a word of {len(word[0])} characters", "up to 99", "part the word"
    if (left := _HTML.search(text)) and not address:
        return "markup", quote(left[0]), "a text without the signs of a page", "write the letters that readers see"
    if _LOST.search(text) and not address:
        return "lost-characters", quote(text), "the letters of the source", "write the letters that became '?'"
    if _NOTHING.fullmatch(text):
        return "placeholder", quote(text), "a text, or an empty cell", "write what is known, or leave the cell empty"
    if _ERROR.fullmatch(text):
        return "spreadsheet-error", quote(text), "what the cell should hold", "mend the formula, and save its value"
    if "  " in text:
        return "spaces", quote(text), "one space between words", f"write {quote(re.sub(' {2,}', ' ', text))}"
    half = len(text) // 2
    if len({*text}) >= _REPEATED and text[:half] == text[-half:]:
        return "doubled", quote(text), "a text once", f"write {quote(text[:half])}"
    return None


def without_marks(text: str) -> str:
    """A text in small letters without marks: of "Đắk Lắk" it is "dak lak"."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return "".join(sign for sign in plain if unicodedata.category(sign) != "Mn")


def lacks_marks(text: str) -> bool:
    """Whether a text of some words has no mark, as no Vietnamese one."""
    words = WORD.findall(text)
    return len(words) >= SOME and not any(map(_marked, words))


def has_many_marks(text: str, other: str = "") -> bool:
    """Whether most words of a text have marks, without those that it shares with another one, as no English one."""
    words, shared = WORD.findall(text), {*WORD.findall(other)}
    return len(words) >= SENTENCE and 2 * sum(_marked(word) and word not in shared for word in words) > len(words)


def _marked(word: str) -> bool:
    return without_marks(word) != word.casefold()


def _unordinary(text: str, lines: bool) -> Flaw | None:
    for place, sign in enumerate(text):
        kind = _kind(sign, lines)
        if kind:
            found = f"{kind} U+{ord(sign):04X} at position {place + 1} of {quote(text)}"
            return "character", found, "characters that can be seen", "delete it, or write the ordinary character"
    composed = unicodedata.normalize("NFC", text)
    if composed != text:
        return "decomposed-text", quote(text), "text in NFC", f"write {quote(composed)}"
    if unicodedata.category(text[0])[0] == "M":
        return "character", f"a mark without a letter in {quote(text)}", "letters first", "delete the mark"
    if mixed := _MIXED.search(text):
        found = f"{mixed[0]!r} U+{ord(mixed[0]):04X} in a word of Latin letters, in {quote(text)}"
        return "character", found, "letters of one alphabet in a word", "write the Latin letter that it looks like"
    if stacked := re.search(r"[\u0300-\u036f]{2}", text):
        return "character", f"marks on marks at position {stacked.start() + 1}", "one letter, one mark", "delete them"
    return None


def _kind(sign: str, lines: bool) -> str:
    """What a character is that a text must not have; empty for others."""
    if sign in " \n":
        return "" if sign == " " or lines else "line break"
    if sign == "\ufffd":
        return "character that was lost,"
    if sign in _UNSEEN or "\ufe00" <= sign <= "\ufe0f" or "\U000e0100" <= sign <= "\U000e01ef":
        return "invisible character"
    if sign.isdecimal() and not sign.isascii():
        return "digit of another script,"
    return _NAMES.get(unicodedata.category(sign), "") or ("look-alike" if _LOOKALIKE.match(sign) else "")


def _mangled(text: str) -> Flaw | None:
    """A text in UTF-8 that was read as if it were in another encoding."""
    for encoding in () if text.isascii() else ("cp1252", "latin-1"):
        try:
            meant = text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if meant != text:
            return "encoding", quote(text), "the letters of the source", f"write {quote(meant)}"
    if _PARTLY.search(text):
        return "encoding", quote(text), "the letters of the source", "write the letters that became two or three signs"
    return None
