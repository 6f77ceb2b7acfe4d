"""The contract of the API as pydantic models: what comes in, what goes out, with examples that are true."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from tanya_csto.answer.answer import Answer, Citation, Status
from tanya_csto.corpus.articles import Article
from tanya_csto.models.networks import Mode
from tanya_csto.question.validation import MAX_HISTORY, MAX_QUESTION_LENGTH
from tanya_csto.ranking.model import Confidence
from tanya_csto.service.quotes import quote_url
from tanya_csto.text.spans import Span

_QUOTE = (
    "Sekretaris Jenderal CSTO, Imangali Tasmagambetov, mengungkapkan bahwa pernyataan ini disampaikan "
    "usai KTT para menteri luar negeri CSTO di Kazakhstan pekan lalu."
)
_CITATION: dict[str, Any] = {
    "n": 1,
    "article_id": "perspektif",
    "title": None,
    "outlet": "Perspektif.co.id",
    "published": None,
    "quote": _QUOTE,
    "start": 373,
    "end": 534,
    "highlights": [{"start": 399, "end": 421}],
    "url": "/artikel/perspektif?kutip=373-534#kutipan-1",
}


def _config(*examples: dict[str, Any]) -> ConfigDict:
    extra: dict[str, Any] = {"examples": list(examples)} if examples else {}
    return ConfigDict(extra="forbid", strict=True, frozen=True, json_schema_extra=extra)


# The limits are in the description only: the core checks them, after trimming, and says so in Indonesian.
_CONTROL = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"
_UNSEEN = (
    r"\s\u00a0\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u1680\u180e\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u2064\u2066-\u206f\u3000\ufeff\ufff9-\ufffb"
)
LIMITS: dict[str, Any] = {
    "minLength": 1,
    "maxLength": MAX_QUESTION_LENGTH,
    "pattern": f"^[^{_CONTROL}]*[^{_CONTROL}{_UNSEEN}][^{_CONTROL}]*$",  # no controls, and something to be seen
}
Question = Annotated[
    str,
    Field(
        description=f"Pertanyaan, 1 sampai {MAX_QUESTION_LENGTH} karakter tanpa spasi di tepi.",
        json_schema_extra=LIMITS,
    ),
]
History = Annotated[
    list[Annotated[str, Field(json_schema_extra=LIMITS)]],
    Field(
        description=f"Pertanyaan sebelumnya, paling banyak {MAX_HISTORY}, yang terlama lebih dulu.",
        json_schema_extra={"maxItems": MAX_HISTORY},
    ),
]


class AskRequest(BaseModel):
    """Satu pertanyaan, dengan riwayat percakapan bila ada."""

    model_config = _config(
        {"question": "Kapan CSTO didirikan?"},
        {"question": "Apa tujuannya?", "history": ["Apa itu CSTO?"]},
    )

    question: Question
    history: History = []


class HighlightOut(BaseModel):
    """Kata-kata yang menjawab: rentang teks artikel dalam titik kode Unicode, `end` tidak termasuk."""

    model_config = _config()

    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @classmethod
    def of(cls, span: Span) -> HighlightOut:
        """Return the span as it goes over the wire."""
        return cls(start=span.start, end=span.end)


class CitationOut(BaseModel):
    """Kutipan persis: `quote` sama dengan `text[start:end]` dari artikelnya."""

    model_config = _config(_CITATION)

    n: int = Field(ge=1, description="Nomor kutipan, mulai dari 1.")
    article_id: str = Field(description="Artikel asal; teksnya ada di `/articles/{article_id}`.")
    title: str | None = Field(description="Judul artikel, null bila tidak tercantum.")
    outlet: str = Field(description="Nama media.")
    published: str | None = Field(description="Tanggal terbit, null bila tidak tercantum.")
    quote: str = Field(description="Kutipan, huruf demi huruf seperti dalam artikel.")
    start: int = Field(ge=0, description="Awal kutipan dalam teks artikel, dalam titik kode Unicode.")
    end: int = Field(ge=0, description="Akhir kutipan dalam teks artikel, tidak termasuk.")
    highlights: list[HighlightOut] = Field(description="Kata-kata yang menjawab, di dalam kutipan.")
    url: str = Field(description="Halaman artikel yang menampilkan kutipan ini dengan tanda.")

    @classmethod
    def of(cls, citation: Citation) -> CitationOut:
        """Return the citation as it goes over the wire."""
        article = citation.article
        return cls(
            n=citation.n,
            article_id=article.id,
            title=article.title,
            outlet=article.outlet,
            published=article.published,
            quote=citation.quote,
            start=citation.span.start,
            end=citation.span.end,
            highlights=[HighlightOut.of(span) for span in citation.highlights],
            url=quote_url(article, citation.span),
        )


class SideOut(BaseModel):
    """Satu sisi dari keterangan yang berbeda, dengan nomor kutipan yang mendukungnya."""

    model_config = _config()

    claim: str = Field(description="Keterangan menurut sisi ini.")
    citations: list[int] = Field(description="Nomor kutipan (`n`) yang menyatakannya.")


class AskReply(BaseModel):
    """Jawaban atas satu pertanyaan, dibuktikan dengan kutipan; tanpa kutipan bila artikel tidak menjawab."""

    model_config = _config(
        {
            "status": "answered",
            "answer": "Menurut Perspektif.co.id: Imangali Tasmagambetov.",
            "short_answer": "Imangali Tasmagambetov",
            "confidence": "tinggi",
            "citations": [_CITATION],
            "sides": [],
            "understood_as": None,
            "suggestions": [],
        },
        {
            "status": "not_found",
            "answer": "Artikel yang ada tidak memuat jawaban atas pertanyaan itu.",
            "short_answer": None,
            "confidence": None,
            "citations": [],
            "sides": [],
            "understood_as": None,
            "suggestions": ["Kapan CSTO didirikan?"],
        },
    )

    status: Status = Field(
        description="`answered`: terjawab; `conflicting`: artikel berbeda keterangan; "
        "`not_found`: artikel tidak menjawab; `smalltalk`: sapaan."
    )
    answer: str = Field(description="Satu atau dua kalimat yang siap ditampilkan.")
    short_answer: str | None = Field(description="Kata-kata yang menjawab dari kutipan pertama, atau null.")
    confidence: Confidence | None = Field(description="Keyakinan, null bila tidak ada yang dinyatakan.")
    citations: list[CitationOut] = Field(description="Kutipan, yang terbaik lebih dulu, paling banyak 5.")
    sides: list[SideOut] = Field(description="Sisi-sisi yang berbeda bila `conflicting`; selain itu kosong.")
    understood_as: str | None = Field(description="Pertanyaan sebagaimana dicari, null bila tidak diubah.")
    suggestions: list[str] = Field(description="Paling banyak 3 pertanyaan yang dapat dijawab.")

    @classmethod
    def of(cls, answer: Answer) -> AskReply:
        """Return the answer as it goes over the wire."""
        return cls(
            status=answer.status,
            answer=answer.text,
            short_answer=answer.short_answer,
            confidence=answer.confidence,
            citations=[CitationOut.of(citation) for citation in answer.citations],
            sides=[SideOut(claim=side.claim, citations=list(side.citations)) for side in answer.sides],
            understood_as=answer.understood_as,
            suggestions=list(answer.suggestions),
        )


class ArticleSummary(BaseModel):
    """Satu artikel tanpa teksnya."""

    model_config = _config()

    id: str = Field(description="Tanda pengenal artikel.")
    title: str | None = Field(description="Judul artikel, null bila tidak tercantum.")
    outlet: str = Field(description="Nama media.")
    published: str | None = Field(description="Tanggal terbit, null bila tidak tercantum.")
    url: str | None = Field(description="Alamat artikel di situs medianya, null bila tidak tercantum.")

    @classmethod
    def of(cls, article: Article) -> ArticleSummary:
        """Return the article without its text as it goes over the wire."""
        return cls(
            id=article.id,
            title=article.title,
            outlet=article.outlet,
            published=article.published,
            url=article.url,
        )


class ArticleText(ArticleSummary):
    """Satu artikel dengan teksnya, persis seperti yang diindeks."""

    text: str = Field(description="Teks artikel; `start` dan `end` setiap kutipan merujuk ke sini.")

    @classmethod
    def of(cls, article: Article) -> ArticleText:
        """Return the article as it goes over the wire."""
        return cls(**ArticleSummary.of(article).model_dump(), text=article.text)


class Health(BaseModel):
    """Keadaan layanan."""

    model_config = _config({"status": "ok"})

    status: str = Field(description="`ok` bila layanan hidup, atau siap menjawab.")


class Readiness(Health):
    """Kesiapan layanan."""

    model_config = _config({"status": "ok", "mode": "light"})

    mode: Mode = Field(description="`light`: dengan kata-kata saja; `full`: juga dengan makna.")


class Problem(BaseModel):
    """Galat menurut RFC 9457, dalam Bahasa Indonesia."""

    model_config = _config(
        {
            "type": "urn:tanya-csto:question-empty",
            "title": "Pertanyaan kosong",
            "status": 422,
            "detail": "Pertanyaan masih kosong. Tulis pertanyaan Anda, lalu kirim lagi.",
            "code": "question-empty",
            "instance": "urn:tanya-csto:permintaan:3f9c1d0b7a52e684",
        },
    )

    type: str = Field(description="Nama tetap jenis galat ini, sebuah URN.")
    title: str = Field(description="Galatnya dalam beberapa kata.")
    status: int = Field(description="Kode status HTTP.")
    detail: str = Field(description="Apa yang salah dan apa yang dapat dilakukan.")
    code: str = Field(description="Kode galat untuk program, bagian akhir dari `type`.")
    instance: str = Field(description="Nomor permintaan ini, sama dengan tajuk X-Request-ID dan catatan server.")
