"""Strings: every word of the page that the page itself says, in one catalogue.

The templates take them by name; the script is handed those that start with `script-` through the form. What the core
says (answers, refusals, errors) is in `answer/compose.py` and `errors.py`, the service's errors in `problems.py`.
"""

from __future__ import annotations

from typing import Final

from tanya_csto.answer.answer import Answer, Part

MESSAGES: Final[dict[str, str]] = {
    # every page
    "name": "Tanya {about}",
    "name-alone": "Tanya",
    "topic": "tentang {about}",
    "motto": "Jawaban dari artikel berita, dibuktikan dengan kutipan persis",
    "description": "Tanya jawab{topic}. Setiap jawaban dikutip kata demi kata dari artikel berita.",
    "title": "{subject} – {name}",
    "skip": "Langsung ke isi",
    # first view
    "headline": "Apa yang ingin Anda ketahui{topic}?",
    "lead": (
        "{name} menjawab pertanyaan{topic} dengan kutipan kata demi kata dari {count} artikel berita, "
        "dan berterus terang bila artikel-artikel itu tidak memuat jawabannya."
    ),
    "lead-alone": (
        "Setiap jawaban dikutip kata demi kata dari {count} artikel ini. "
        "Bila artikel-artikel ini tidak memuat jawabannya, itu dikatakan terus terang."
    ),
    "examples": "Contoh pertanyaan",
    "sources": "Sumber",
    "all-sources": "Lihat semua {count} artikel",
    "pages": "Halaman daftar artikel",
    "page": "Halaman {page} dari {pages}",
    "page-before": "Sebelumnya",
    "page-after": "Berikutnya",
    "undated": "tanggal terbit tidak tercantum",
    "all-undated": "Tidak satu pun artikel ini mencantumkan tanggal terbitnya.",
    "resume": "Lanjutkan percakapan terakhir",
    # the form
    "question": "Pertanyaan Anda",
    "ask": "Tanya",
    "keys": "Tombol: / menulis · Enter bertanya · Esc mengosongkan · ↑ pertanyaan sebelumnya",
    # the conversation
    "conversation": "Percakapan",
    "asked": "Anda bertanya:",
    "kept": "Percakapan ini hanya ada di peramban Anda. Server tidak menyimpannya.",
    "export": "Unduh percakapan",
    "delete": "Hapus percakapan",
    # an error
    "request-number": "Nomor permintaan:",
    # the description of the API
    "api": "API",
    "api-headline": "API {name} {version}",
    "api-machine": "Uraian untuk mesin:",
    "api-requests": "Permintaan",
    "api-objects": "Objek",
    "api-optional": "(tidak wajib)",
    "api-body": "Isi permintaan",
    "api-others": "Lainnya",
    "api-example": "Contoh",
    # an answer
    "answer": "Jawaban",
    "understood": "Dipahami sebagai: {question}",
    "ask-as-typed": "Cari persis seperti yang diketik",
    "as-typed": "Dicari persis seperti yang diketik.",
    "ask-repaired": "Cari dengan ejaan yang diperbaiki",
    "conflict": "Artikel-artikel berbeda keterangan. Semuanya ditampilkan, tanpa memilih salah satu.",
    "more": "Kutipan lain",
    "outlets": "Menurut {outlets}",
    "part-quoted": "Lihat kutipan",
    "part-conflicting": "Artikel-artikel berbeda keterangan",
    "part-not-found": "Tidak ditemukan",
    "suggestions": "Pertanyaan lain yang ada jawabannya",
    "ask-also": "Tanyakan juga",
    "nearest": "Pertanyaan yang ada jawabannya",
    "confidence-tinggi": "Keyakinan tinggi: kutipan ini hampir pasti menjawab pertanyaan Anda.",
    "confidence-sedang": "Keyakinan sedang: kutipan ini mungkin menjawab pertanyaan Anda.",
    "confidence-rendah": "Keyakinan rendah: periksa dahulu apakah kutipan ini menjawab pertanyaan Anda.",
    "tally": "{quotes} kutipan dari {articles} artikel",
    "tally-none": "Tidak ditemukan. Tidak ada kutipan.",
    # a quote
    "reference": "Kutipan {n}, {outlet}",
    "passage": "Lihat konteks kutipan {n}",
    "unfold": "Lihat konteks",
    "read": "Baca di artikel",
    "read-quote": "Baca kutipan {n} di artikel {outlet}",
    # what can be done with an answer
    "copy": "Salin jawaban",
    "copy-link": "Salin tautan",
    "plain": "Lihat sebagai teks",
    "link": "Tautan ke jawaban ini",
    "plain-question": "Pertanyaan: {question}",
    # feedback
    "feedback": "Nilai jawaban ini",
    "feedback-verdict": "Bagaimana penilaian Anda?",
    "feedback-benar": "👍 Jawaban benar",
    "feedback-salah": "Jawaban salah",
    "feedback-tidak-mendukung": "Kutipan tidak mendukung",
    "feedback-comment": "Penjelasan (boleh kosong)",
    "feedback-send": "Kirim penilaian",
    "feedback-stored": (
        "Yang disimpan di server: pertanyaan dan jawaban ini, versi program, penilaian, dan penjelasan Anda. "
        "Tidak ada data lain tentang Anda."
    ),
    "feedback-thanks": "Terima kasih. Penilaian Anda sudah disimpan.",
    "feedback-back": "Kembali ke jawaban",
    # an article
    "back": "Ajukan pertanyaan",
    "untitled": "Artikel {outlet}",
    "original": "artikel asli",
    "missing-quote": "Kutipan yang diminta tidak ada dalam artikel ini. Mungkin alamatnya terpotong.",
    "boilerplate-note": (
        "Teks ditampilkan persis seperti diterima. Bagian berwarna abu-abu, seperti keterangan foto dan daftar tag, "
        "bukan isi artikel: tidak dicari dan tidak pernah dikutip."
    ),
    # errors
    "home": "Kembali ke halaman depan",
    # said by the script
    "script-working": "Sedang mencari dalam artikel…",
    "script-cancel": "Batalkan",
    "script-cancelled": "Pencarian dibatalkan.",
    "script-retry": "Coba lagi",
    "script-offline": (
        "Server tidak dapat dihubungi. Periksa sambungan Anda, lalu coba lagi. Pertanyaan Anda tidak hilang."
    ),
    "script-failed": "Terjadi gangguan pada server. Tunggu sebentar, lalu coba lagi. Pertanyaan Anda tidak hilang.",
    "script-copied": "Sudah disalin.",
    "script-uncopied": "Tidak dapat disalin. Pilih teksnya, lalu salin sendiri.",
}


def say(name: str, /, **values: object) -> str:
    """Return the string of that name with `values` put in.

    >>> say("tally", quotes=2, articles=1)
    '2 kutipan dari 1 artikel'
    """
    return MESSAGES[name].format(**values)


def site_name(about: str | None) -> str:
    """Return what the site is called, by what its articles are about.

    >>> site_name("CSTO"), site_name(None)
    ('Tanya CSTO', 'Tanya')
    """
    return say("name", about=about) if about else say("name-alone")


def tally(answer: Answer) -> str:
    """Return the one line that tells what an answer brings, for the status line of a screen reader."""
    if answer.citations:
        articles = {citation.article.id for citation in answer.citations}
        return say("tally", quotes=len(answer.citations), articles=len(articles))
    return say("tally-none") if answer.status == "not_found" else answer.text


def part_answer(part: Part) -> str:
    """Return what one part of an answer says, in the article's words where they answer and nothing disputes them."""
    if part.status == "conflicting":
        return say("part-conflicting")
    if part.status == "not_found":
        return say("part-not-found")
    return part.short_answer or (say("part-quoted") if part.citations else "")


def suggestions_label(answer: Answer) -> str:
    """Return what stands above the questions that an answer suggests."""
    if answer.status == "not_found":
        return say("nearest")
    return say("suggestions" if answer.status == "smalltalk" else "ask-also")


def script_messages() -> dict[str, str]:
    """Return what the script says, by the names of the form's data attributes."""
    return {name.removeprefix("script-"): text for name, text in MESSAGES.items() if name.startswith("script-")}
