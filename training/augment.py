"""How people type: slang and slips of the finger, put into questions whether or not they have an answer."""

import random

SLANG = {
    "yang": ("yg",), "berapa": ("brp", "brapa"), "bagaimana": ("gimana", "gmn", "bgmn"),
    "mengapa": ("kenapa", "knp"), "kenapa": ("knp",), "dengan": ("dgn", "sama"), "kalau": ("kalo", "klo"),
    "kapan": ("kpn",), "siapa": ("sapa",), "dimana": ("dmn", "di mana"), "apakah": ("apa", "apa bener"),
    "tidak": ("nggak", "ga", "gak", "tdk"), "dan": ("dn", "n"), "untuk": ("utk", "buat"), "dari": ("dr",),
    "dalam": ("dlm",), "pada": ("pd",), "adalah": ("adlh", "itu"), "sudah": ("udah", "sdh"),
    "tahun": ("thn",), "orang": ("org",), "saja": ("aja",), "oleh": ("sama", "olh"),
    "karena": ("krn", "soalnya"), "jadi": ("jd",), "atau": ("ato",), "seperti": ("kayak",),
    "terhadap": ("thd",), "sebagai": ("sbg",), "tersebut": ("tsb", "itu"), "pertama": ("prtama",),
    "nama": ("nm",), "bisa": ("bs",), "juga": ("jg",), "banyak": ("byk",), "mereka": ("mrk",),
    "negara": ("negri",),
}  # fmt: skip
PARTICLES = ("sih", "ya", "dong", "gan", "min")


def slang(question: str, rng: random.Random) -> str:
    """Write some words as people do in chat."""
    words = [rng.choice(SLANG[word]) if word in SLANG and rng.random() < 0.7 else word for word in question.split()]
    if rng.random() < 0.25:
        words.append(rng.choice(PARTICLES))
    return " ".join(words)


def slip(question: str, rng: random.Random) -> str:
    """Drop, double or swap a letter inside one or two words."""
    words = question.split()
    long = [i for i, word in enumerate(words) if len(word) > 3 and word.isalpha()]
    for i in rng.sample(long, min(len(long), rng.choice((1, 1, 2)))):
        word = words[i]
        at = rng.randrange(1, len(word) - 1)
        words[i] = rng.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            )
        )
    return " ".join(words)


def disturb(question: str, rng: random.Random) -> str:
    """Return `question`, already of one surface, mostly as it is, at times in slang or with slips."""
    words = question.removesuffix("?")
    if rng.random() < 0.15:
        words = slang(words, rng)
    if rng.random() < 0.12:
        words = slip(words, rng)
    return words + "?"
