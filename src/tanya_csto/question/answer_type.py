"""The answer type: what sort of thing would answer a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, Literal

from tanya_csto.language.lexicon import lexicon
from tanya_csto.language.terms import Term
from tanya_csto.text.spans import Span

AnswerType = Literal[
    "date", "number", "person", "place", "org", "list", "definition", "reason", "manner", "yesno", "other"
]

_ASKING: Final = frozenset(
    {"apa", "apakah", "mana", "manakah", "berapa", "berapakah", "siapa", "bagaimana", "bagaimanakah", "gimana"}
)
_ANY_WORD: Final = r"\w+"
_FILLER: Final = r"(?:,? (?:sih|ya|yah|dong|dah|tuh|nih|kok|itu|ini|yang|kah|saja|sebenarnya|memang|emang))*"

_ASIDE: Final = re.compile(
    r"\b(?:maaf|maafkan|permisi|numpang|mengganggu|merepotkan|keberatan|berkenan|izinkan"
    r"|boleh (?:\w+ ){0,4}(?:tahu|tanya|bertanya)"
    r"|(?:bapak|ibu|kakek|nenek|eyang|orang tua|orangtua) ini"
    r"|(?:supaya|agar|biar|soalnya) (?:\w+ )*(?:saya|aku|kami|bapak|ibu|kakek|nenek|eyang))\b"
)

# Tried on the folded words of the question; the pattern that matches furthest to the left decides, then the order here.
# {date} and the like stand for the nouns of lexicon/question.toml.
_PATTERNS: Final[tuple[tuple[AnswerType, str], ...]] = (
    ("definition", rf"\bapa(?:kah|an)?{_FILLER} (?:di)?maksud(?:nya|kan)?\b"),
    ("definition", r"\bapa(?:kah)? (?:arti|makna|definisi|pengertian|kepanjangan|singkatan)(?:nya)?\b"),
    ("definition", r"\b(?:kepanjangan|singkatan|kependekan|akronim)(?:nya)?\b"),
    ("definition", r"^(?:arti|makna|definisi|pengertian|maksud)(?:nya)?\b"),
    ("definition", r"\b(?:artinya|maksudnya) apa(?:an)?\b"),
    ("definition", r"^(?:jelaskan |ceritakan |terangkan )?apa(?:kah)? itu(?! \w+(?:kan|nya)\b)"),
    (
        "definition",
        rf"^(?:(?!\b(?:yang|untuk|karena|tentang|soal)\b){_ANY_WORD} ){{1,5}}(?:itu|tuh|sih|adalah|ialah|merupakan) "
        rf"apa(?:an|kah)?{_FILLER}$",
    ),
    ("definition", rf"^(?:{_ANY_WORD} ){{1,4}}apaan(?! s?aja\b){_FILLER}$"),
    ("list", rf"\b(?:\w+ )?(?:apa|apaan|siapa|mana){_FILLER} (?:saja|aja)(?:kah)?\b"),
    ("list", r"\b(?:sebutkan|daftar|sebutin)\b"),
    ("reason", r"\b(?:mengapa|kenapa)(?:kah)?\b"),
    (
        "reason",
        r"\b(?:apa(?:kah)?|karena|akibat|lantaran|gara) (?:yang )?"
        r"(?:sebab|alasan|penyebab|tujuan|motif|pemicu|latar belakang|dasar)(?:nya)?\b",
    ),
    (
        "reason",
        r"\bapa(?:kah)? (?:yang|hal yang) (?:bisa |dapat |akan |bakal )?"
        r"(?:menyebabkan|membuat|memicu|mendorong|mendasari|melatarbelakangi|bikin|mengakibatkan)\b",
    ),
    ("reason", r"\b(?:untuk|buat|demi|guna|karena|akibat|lantaran|dalam rangka) apa\b"),
    ("reason", r"\bapa pasalnya\b"),
    ("reason", r"^(?:alasan|sebab|penyebab|tujuan|motif)(?:nya)?\b"),
    ("reason", r"\b(?:alasannya|sebabnya|penyebabnya|tujuannya) apa(?:an)?\b"),
    ("manner", r"\b(?:bagaimana|gimana)(?:kah)?\b"),
    ("manner", r"\b(?:dengan|lewat|melalui) (?:cara|jalur|jalan|mekanisme) (?:apa|mana)\b"),
    ("manner", r"\bseperti apa\b"),
    ("date", rf"\b(?<!tiap )(?<!per )(?:{{date}})(?:nya)?{_FILLER} (?:ke ?)?(?:berapa|apa|mana|kapan)(?:kah)?\b"),
    ("date", r"\b(?:kapan|bilamana)(?:kah)?\b"),
    ("date", r"\b(?:se)?tiap berapa\b|\bseberapa sering\b"),
    ("number", r"\b(?:se|ke)?berapa(?:kah)?\b"),
    ("place", r"\b(?:di|ke|dari) ?mana(?:kah)?\b"),
    ("org", r"\bkantor berita (?:mana|apa)(?:kah)?\b"),
    ("place", r"\bsiapa(?:kah)? (?:{country})\b"),
    ("person", r"\bsiapa(?:kah)?\b"),
    ("person", rf"\b(?:{{person}})(?: {_ANY_WORD})?{_FILLER} (?:mana|apa)(?:kah)?\b"),
    ("org", rf"\b(?:{{org}})(?: {_ANY_WORD})?{_FILLER} (?:mana|apa)(?:kah)?\b"),
    ("place", rf"\b(?:{{place}}){_FILLER} (?:mana|apa)(?:kah)?\b"),
    (
        "yesno",
        r"\b(?:ada|akan|apa|bakal|benar|betul|belum|bisa|boleh|bukan|cukup|dapat|harus|ikut|jadi|layak|mampu|masih|memang|mesti|mungkin|patut|perlu|pernah"
        r"|punya|sanggup|sempat|siap|sudah|telah|tidak|wajib)kah\b",
    ),
    (
        "yesno",
        r"^(?:benar|betul|bener|apa(?: (?:benar|betul))|emang|memang|emangnya|memangnya)(?: (?:tidak|ga))?\b(?! itu)",
    ),
    ("yesno", rf"\b(?:tidak|bukan|belum|atau tidak|apa tidak|kan){_FILLER}$"),
    ("other", r"\b(?:apa|mana)(?:kah|an)?\b"),
)


def find_answer_type(terms: Sequence[Term], asks: bool) -> AnswerType:
    """Return the answer type of the question with these terms; `asks` tells whether it ends in a question mark."""
    words = ", ".join(" ".join(term.token.norm for term in clause) for clause in _clauses(terms))
    matches = [
        (found.start(), rank, answer_type)
        for rank, (answer_type, pattern) in enumerate(_patterns())
        if (found := pattern.search(words))
    ]
    if matches:
        return min(matches)[2]
    if asks or any(term.token.norm in ("tidak", "bukan", "belum") for term in terms):
        return "yesno"
    return _answer_type_of_keywords(terms)


def asks_for_list(terms: Sequence[Term]) -> bool:
    """Tell whether several things are asked for ("apa saja", "siapa saja", "sebutkan")."""
    words = " ".join(term.token.norm for term in terms)
    return any(pattern.search(words) for answer_type, pattern in _patterns() if answer_type == "list")


def find_answer_type_noun(terms: Sequence[Term], answer_type: AnswerType) -> int | None:
    """Return the position of the noun that names the answer type ("kota" in "di kota mana"), or None."""
    for position, term in enumerate(terms):
        if term.token.norm in _ASKING:
            for near in (*_words_before(terms, position), position + 1):
                if near < len(terms) and any(_names_answer_type(terms[near], each) for each in _nouns()):
                    return near
    if answer_type in _nouns():
        return next((at for at in (0, len(terms) - 1) if terms and _names_answer_type(terms[at], answer_type)), None)
    return None


def find_asides(terms: Sequence[Term]) -> tuple[Span, ...]:
    """Return the clauses in which the asker excuses or explains himself ("maafkan orang tua ini, ...")."""
    clauses = list(_clauses(terms))
    return tuple(
        Span(clause[0].span.start, clause[-1].span.end)
        for clause in clauses
        if len(clauses) > 1
        and _ASIDE.search(" ".join(term.token.norm for term in clause))
        and not any(term.token.norm in lexicon("stop")["question"] for term in clause)
    )


def _clauses(terms: Sequence[Term]) -> Iterator[Sequence[Term]]:
    """Yield the stretches of a question between its commas."""
    start = 0
    for position in range(1, len(terms) + 1):
        if position == len(terms) or _apart(terms[position - 1], terms[position]):
            yield terms[start:position]
            start = position


def _apart(left: Term, right: Term) -> bool:
    """Tell whether more than a space, such as a comma, stands between two neighbouring terms."""
    return right.span.start - left.span.end > 1


def is_generic(term: Term) -> bool:
    """Tell whether the answer type noun says no more than its question word ("kota" in "di kota mana")."""
    return term.token.norm in lexicon("question")["generic"]


def _words_before(terms: Sequence[Term], position: int) -> Iterator[int]:
    """Yield the positions of up to three words in front of a term, nearest first, as far as no comma stands between."""
    for near in range(position - 1, max(position - 4, -1), -1):
        if _apart(terms[near], terms[near + 1]):
            return
        yield near


def _answer_type_of_keywords(terms: Sequence[Term]) -> AnswerType:
    """Return what a question of mere keywords asks for, by the first noun at its ends that tells.

    "markas csto" asks for a place, "uzbekistan keluar tahun" for a date.
    A noun whose number is given is not asked for: "pasal 4 csto".
    """
    if terms and terms[0].stem == "anggota":
        return "list"
    last = len(terms) - 1
    for position, term in enumerate(terms):
        if 1 < position < last:
            continue
        given = position + 1 < len(terms) and terms[position + 1].token.is_number
        for answer_type in _nouns():
            if _names_answer_type(term, answer_type) and not given:
                return answer_type
    return "other"


def _names_answer_type(term: Term, answer_type: AnswerType) -> bool:
    return term.token.norm.removesuffix("nya") in _nouns()[answer_type]


@cache
def _nouns() -> dict[AnswerType, frozenset[str]]:
    lists = lexicon("question")
    named: tuple[AnswerType, ...] = ("date", "number", "person", "place", "org", "manner")
    return {answer_type: frozenset(lists[answer_type]) for answer_type in named}


@cache
def _patterns() -> tuple[tuple[AnswerType, re.Pattern[str]], ...]:
    nouns: dict[str, str] = {
        answer_type: "|".join(sorted(words, key=lambda word: (-len(word), word)))
        for answer_type, words in _nouns().items()
    }
    table = []
    nouns["country"] = "|".join(lexicon("question")["country"])
    for answer_type, pattern in _PATTERNS:
        for name, alternatives in nouns.items():
            pattern = pattern.replace(f"{{{name}}}", alternatives)
        table.append((answer_type, re.compile(pattern)))
    return tuple(table)
