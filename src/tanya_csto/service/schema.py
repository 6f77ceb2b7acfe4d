"""The contract of the API as pydantic models: what comes in, what goes out."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, FailFast, Field

from tanya_csto.answer.answer import Answer, Citation, Status
from tanya_csto.corpus.records import MAX_QUESTION
from tanya_csto.models.networks import Mode
from tanya_csto.question.validation import MAX_HISTORY
from tanya_csto.ranking.model import Confidence
from tanya_csto.service.quotes import MAX_AFFIX, affixes, quote_url

_PLACES = 3  # of a probability: what a person can use, and more than it is worth


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)


# The limits are in the description only: the core checks them, after trimming, and says so in Indonesian.
_CONTROL = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"
_UNSEEN = (
    r"\s\u00a0\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u1680\u180e\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u2064\u2066-\u206f\u3000\ufeff\ufff9-\ufffb"
)
LIMITS: dict[str, Any] = {
    "minLength": 1,
    "maxLength": MAX_QUESTION,
    "pattern": f"^[^{_CONTROL}]*[^{_CONTROL}{_UNSEEN}][^{_CONTROL}]*$",  # no controls, and something to be seen
}
BEGUN_LIMITS: dict[str, Any] = {"maxLength": MAX_QUESTION, "pattern": f"^[^{_CONTROL}]*$"}
QUESTION: dict[str, Any] = {
    "description": f"Pertanyaan, 1 sampai {MAX_QUESTION} karakter tanpa spasi di tepi.",
    "json_schema_extra": LIMITS,
}
Question = Annotated[str, Field(**QUESTION)]
History = Annotated[
    list[Annotated[str, Field(json_schema_extra=LIMITS)]],
    FailFast(),  # one error is told; 60,000 would cost half a second
    Field(
        description=f"Pertanyaan sebelumnya, paling banyak {MAX_HISTORY}, yang terlama lebih dulu.",
        json_schema_extra={"maxItems": MAX_HISTORY},
    ),
]


Day = Annotated[
    str,
    Field(
        description="Tanggal seperti 2022-05-17; artikel tanpa tanggal terbit tidak masuk rentang mana pun.",
        json_schema_extra={"format": "date"},
    ),
]
Outlets = Annotated[list[str], FailFast(), Field(description="Nama media seperti pada daftar artikel; kosong: semua.")]


class Filter(_Model):
    """Artikel mana yang dicari: yang terbit dalam suatu rentang, yang dimuat media tertentu, atau keduanya."""

    model_config = ConfigDict(strict=True)

    since: Day | None = None
    until: Day | None = None
    outlets: Outlets = []


class AskRequest(_Model):
    """Satu pertanyaan, dengan riwayat percakapan bila ada."""

    model_config = ConfigDict(strict=True)

    question: Question
    history: History = []
    filter: Filter = Filter()


class HighlightOut(_Model):
    """Kata-kata yang menjawab: rentang teks artikel dalam titik kode Unicode, `end` tidak termasuk."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class CitationOut(_Model):
    """Kutipan persis: `quote` sama dengan `text[start:end]` dari artikelnya."""

    n: int = Field(ge=1, description="Nomor kutipan, mulai dari 1.")
    article_id: str = Field(description="Artikel asal; teksnya ada di `/articles/{article_id}`.")
    title: str | None = Field(description="Judul artikel, null bila tidak tercantum.")
    outlet: str = Field(description="Nama media.")
    published: str | None = Field(description="Tanggal terbit, null bila tidak tercantum.")
    quote: str = Field(description="Kutipan, huruf demi huruf seperti dalam artikel.")
    start: int = Field(ge=0, description="Awal kutipan dalam teks artikel, dalam titik kode Unicode.")
    end: int = Field(ge=0, description="Akhir kutipan dalam teks artikel, tidak termasuk.")
    highlights: list[HighlightOut] = Field(description="Kata-kata yang menjawab, di dalam kutipan.")
    url: str = Field(description="Alamat artikelnya; di web, halaman yang menandai kutipan ini.")
    prefix: str = Field(description=f"Teks artikel tepat sebelum kutipan, paling banyak {MAX_AFFIX} karakter.")
    suffix: str = Field(description=f"Teks artikel tepat sesudah kutipan, paling banyak {MAX_AFFIX} karakter.")

    @classmethod
    def of(cls, citation: Citation) -> CitationOut:
        """Return the citation as it goes over the wire."""
        article = citation.article
        prefix, suffix = affixes(article.text, citation.span)
        return cls(
            n=citation.n,
            article_id=article.id,
            title=article.title,
            outlet=article.outlet,
            published=article.published,
            quote=citation.quote,
            start=citation.span.start,
            end=citation.span.end,
            highlights=[HighlightOut.model_validate(span) for span in citation.highlights],
            url=quote_url(article, citation.span),
            prefix=prefix,
            suffix=suffix,
        )


class SideOut(_Model):
    """Satu sisi dari keterangan yang berbeda, dengan media yang menyatakannya dan nomor kutipannya."""

    claim: str = Field(description="Keterangan menurut sisi ini.")
    outlets: list[str] = Field(description="Semua media yang menyatakannya.")
    citations: list[int] = Field(description="Nomor kutipan (`n`) yang menyatakannya.")


class PartOut(_Model):
    """Jawaban atas satu dari beberapa pertanyaan dalam satu pesan."""

    question: str = Field(description="Pertanyaan itu sebagaimana dicari.")
    status: Status = Field(description="Keadaan jawabannya, seperti `status` seluruh pesan.")
    short_answer: str | None = Field(description="Kata-kata yang menjawab dari kutipannya yang pertama, atau null.")
    citations: list[int] = Field(description="Nomor kutipan (`n`) yang menjawabnya.")


class AskReply(_Model):
    """Jawaban atas satu pertanyaan, dibuktikan dengan kutipan; tanpa kutipan bila artikel tidak menjawab."""

    status: Status = Field(
        description="`answered`: terjawab; `conflicting`: artikel berbeda keterangan; "
        "`not_found`: artikel tidak menjawab; `smalltalk`: sapaan."
    )
    answer: str = Field(description="Satu atau dua kalimat yang siap ditampilkan.")
    short_answer: str | None = Field(description="Kata-kata yang menjawab dari kutipan pertama, atau null.")
    confidence: Confidence | None = Field(description="Keyakinan, null bila tidak ada yang dinyatakan.")
    probability: float | None = Field(
        ge=0, le=1, description="Peluang bahwa kutipan pertama benar, null bila tidak ada yang dinyatakan."
    )
    citations: list[CitationOut] = Field(description="Kutipan, yang terbaik lebih dulu, paling banyak 8.")
    sides: list[SideOut] = Field(
        description="Sisi-sisi yang berbeda bila `conflicting` atau satu dari `parts` demikian; selain itu kosong."
    )
    parts: list[PartOut] = Field(description="Jawaban satu per satu bila pesan memuat beberapa pertanyaan.")
    understood_as: str | None = Field(description="Pertanyaan sebagaimana dicari, null bila tidak diubah.")
    suggestions: list[str] = Field(description="Paling banyak 3 pertanyaan lain yang dapat dijawab.")

    @classmethod
    def of(cls, answer: Answer) -> AskReply:
        """Return the answer as it goes over the wire."""
        return cls(
            status=answer.status,
            answer=answer.text,
            short_answer=answer.short_answer,
            confidence=answer.confidence,
            probability=None if answer.probability is None else round(answer.probability, _PLACES),
            citations=[CitationOut.of(citation) for citation in answer.citations],
            sides=[SideOut.model_validate(side) for side in answer.sides],
            parts=[PartOut.model_validate(part) for part in answer.parts],
            understood_as=answer.understood_as,
            suggestions=list(answer.suggestions),
        )


class Questions(_Model):
    """Pertanyaan yang dijawab oleh artikel."""

    questions: list[str] = Field(description="Pertanyaan, yang paling mungkin dimaksud lebih dulu.")


class ArticleSummary(_Model):
    """Satu artikel tanpa teksnya."""

    id: str = Field(description="Tanda pengenal artikel.")
    title: str | None = Field(description="Judul artikel, null bila tidak tercantum.")
    outlet: str = Field(description="Nama media.")
    published: str | None = Field(description="Tanggal terbit, null bila tidak tercantum.")
    url: str | None = Field(description="Alamat artikel di situs medianya, null bila tidak tercantum.")


class ArticleText(ArticleSummary):
    """Satu artikel dengan teksnya, persis seperti yang diindeks."""

    text: str = Field(description="Teks artikel; `start` dan `end` setiap kutipan merujuk ke sini.")


class Health(_Model):
    """Keadaan layanan."""

    status: str = Field(description="`ok` bila layanan hidup, atau siap menjawab.")


class Readiness(Health):
    """Kesiapan layanan."""

    mode: Mode = Field(description="`light`: dengan kata-kata saja; `full`: juga dengan makna.")


class Problem(_Model):
    """Galat menurut RFC 9457, dalam bahasa Indonesia."""

    type: str = Field(description="Nama tetap jenis galat ini, sebuah URN.")
    title: str = Field(description="Galatnya dalam beberapa kata.")
    status: int = Field(description="Kode status HTTP.")
    detail: str = Field(description="Apa yang salah dan apa yang dapat dilakukan.")
    code: str = Field(description="Kode galat untuk program, bagian akhir dari `type`.")
    instance: str = Field(description="Nomor permintaan ini, sama dengan tajuk X-Request-ID dan catatan server.")
