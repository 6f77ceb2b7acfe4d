"""Everything that can go wrong, with the Indonesian sentence that tells a person what to do.

TanyaError
├── CorpusError      a corpus folder that cannot be read or changed as it is
├── QuestionError    a question that cannot be asked as it is
├── SettingsError    a setting that cannot be used as it is
├── RankingError     a cluster that cannot rank this corpus, or not now
├── EndpointError    a server whose model cannot write questions, or not now
└── EvaluationError  a question set that cannot be read as it is
"""

from __future__ import annotations

from typing import Final

MESSAGES: Final = {
    "question-empty": "Pertanyaan masih kosong. Tulis pertanyaan Anda, lalu kirim lagi.",
    "question-too-long": "Pertanyaan terlalu panjang. Ringkas menjadi paling banyak {limit} karakter.",
    "question-unreadable": (
        "Pertanyaan memuat karakter yang tidak dapat dibaca. "
        "Ketik ulang pertanyaan tanpa karakter khusus, lalu kirim lagi."
    ),
    "history-too-long": "Riwayat terlalu panjang. Sertakan paling banyak {limit} pertanyaan terakhir.",
    "filter-bad-date": "Tanggal itu tidak dikenal. Tulis seperti 2022-05-17.",
    "filter-unknown-outlet": "Tidak ada artikel dari media itu. Media yang ada: {known}.",
    "filter-empty": (
        "Tidak ada artikel dalam batas itu; artikel tanpa tanggal terbit tidak masuk rentang mana pun. "
        "Longgarkan tanggal atau medianya."
    ),
    "corpus-missing": "Folder korpus {path} tidak ditemukan. Periksa nama folder itu.",
    "corpus-no-index": "Berkas {path} tidak ditemukan. Buat index.toml di folder korpus.",
    "bad-toml": "{place}: bukan TOML yang sah. Periksa tanda kutip, kurung, dan angkanya.",
    "file-outside": "{path} menunjuk ke luar folder korpus. Ganti tautan itu dengan salinan berkasnya.",
    "corpus-empty": "{path} tidak memuat satu artikel pun. Tambahkan paling sedikit satu [[article]].",
    "corpus-built-in": "Korpus bawaan tidak dapat diubah. Sebutkan folder lain dengan --corpus.",
    "corpus-last": "Artikel terakhir di {path} tidak dapat dihapus. Tambahkan artikel lain dahulu.",
    "corpus-unwritable": "Folder {path} tidak dapat ditulis. Periksa izinnya dan ruang yang masih tersisa.",
    "article-unknown": "Korpus {path} tidak memuat artikel {id}. Periksa daftarnya dengan tanya-csto articles.",
    "document-unknown-type": (
        "Jenis berkas {source} tidak dikenal. Berikan berkas .txt, .md, .html, .docx, .pdf, .jsonl, .rss, atau .xml."
    ),
    "document-unreadable": "Berkas {source} tidak dapat dibaca. Periksa nama dan izinnya.",
    "document-no-file": "{source} bukan berkas dan bukan folder. Berikan salah satunya.",
    "document-too-large": "{source} lebih besar dari {limit} MB. Bagi menjadi beberapa berkas, lalu tambahkan.",
    "folder-empty": "Folder {source} tidak memuat berkas yang dapat ditambahkan. Periksa nama folder itu.",
    "document-no-feed": "{source} bukan RSS, Atom, atau peta situs. Periksa isinya.",
    "sitemap-file-missing": "{source}: berkas untuk {address} tidak ada di folder itu. Simpan halamannya di sana.",
    "document-empty": "{source}: tidak ada isi yang dapat dikutip. Periksa isinya.",
    "document-no-article": "{source}: tidak ada artikel di halaman itu. Simpan teksnya sebagai .txt, lalu tambahkan.",
    "document-broken": "{source}: berkas itu rusak. Simpan ulang, lalu coba lagi.",
    "document-locked": "{source}: PDF itu terkunci dengan kata sandi. Buka kuncinya, lalu coba lagi.",
    "document-scanned": "{source}: PDF itu hanya berisi gambar. Simpan teksnya sebagai .txt, lalu tambahkan.",
    "bad-line": "{place}: {reason}. Perbaiki baris itu.",
    "bad": "{source}: {reason}.",
    "document-no-outlet": "{source} tidak menyebut nama medianya. Sebutkan dengan --outlet.",
    "document-stated": "{source} sudah menyebut {name}: {value}. Jalankan lagi tanpa --{name}.",
    "documents-several": "Pilihan --title, --published, dan --url hanya untuk satu artikel saja.",
    "document-id-taken": "{source}: id {id} sudah dipakai. Ganti dengan tanya-csto update, atau pakai nama lain.",
    "document-same-text": "{source}: teksnya sama dengan artikel {id}, yang sudah ada. Berikan yang lain saja.",
    "document-id-unknown": (
        "{source}: tidak ada artikel dengan id {id} untuk diganti. Tambahkan dengan tanya-csto add, "
        "atau beri berkas itu nama seperti id artikelnya."
    ),
    "packages-missing": "{source} memerlukan paket lain. Jalankan pip install 'tanya-csto[add]', lalu coba lagi.",
    "article-missing": "{path}, artikel ke-{number}: berkas {file} tidak ditemukan di folder korpus.",
    "not-utf8": "{path}, baris {line}: bukan teks UTF-8. Simpan ulang berkas itu sebagai UTF-8.",
    "article-empty": "{path}, baris 1: artikel tidak memuat isi yang dapat dikutip.",
    "bank-no-index": "Berkas {path} tidak ditemukan. Buat berkas itu, atau hapus foldernya.",
    "bank-other-format": "{path}, baris {line}: hanya format {format} yang dikenal. Tulis ulang bank itu.",
    "bank-other-articles": (
        "{path}, baris {line}: artikel sudah berubah sejak bank pertanyaan ini ditulis, jadi bank ini tidak dipakai. "
        "Jalankan tanya-csto questions new --corpus {folder}, lalu tanya-csto index --corpus {folder}."
    ),
    "bank-untrained": (
        "{path}: bank pertanyaan ini belum dilatih sejak diubah, jadi bank ini tidak dipakai. "
        "Jalankan tanya-csto index --corpus {folder}."
    ),
    "bank-missing": (
        "Korpus {folder} belum punya bank pertanyaan. Buat dengan tanya-csto questions new --corpus {folder}."
    ),
    "bank-faulty": "{fault} Lihat semua yang perlu diperbaiki dengan tanya-csto questions check --corpus {folder}.",
    "bank-busy": "{folder} sedang ditulis oleh perintah lain. Tunggu sampai perintah itu selesai, lalu coba lagi.",
    "bank-question-twice": '{place}: pertanyaan "{question}" sudah ada di {first}. Hapus salah satu di antaranya.',
    "questions-missing": "Berkas pertanyaan {path} tidak ditemukan. Periksa nama berkas itu.",
    "questions-empty": "{path} tidak memuat satu pertanyaan pun. Tulis satu pertanyaan per baris.",
    "index-unwritable": "Indeks tidak dapat disimpan di {path}: {reason}. Periksa folder itu, lalu coba lagi.",
    "setting-bad": "Setelan {name} tidak sah: {reason}.",
    "ranking-away": "Mesin pencari di {address} tidak menjawab. Coba lagi beberapa saat lagi.",
    "ranking-incomplete": "{address} belum memuat semua bagian korpus. Jalankan lagi perintah yang sama.",
    "ranking-other-corpus": (
        "{address} tidak memuat korpus ini, atau memuatnya untuk mode lain. "
        "Muat dengan perintah tanya-csto index --to {address}."
    ),
    "ranking-not-installed": "Penghubung ke {address} belum terpasang. Pasang tanya-csto[qdrant].",
    "mcp-not-installed": "Server MCP memerlukan paket lain. Jalankan pip install 'tanya-csto[mcp]', lalu coba lagi.",
    "endpoint-bad": "Alamat {url} tidak sah. Tulis alamat server seperti http://localhost:11434.",
    "endpoint-away": "Server di {url} tidak dapat dihubungi. Pastikan server itu berjalan, lalu coba lagi.",
    "endpoint-slow": (
        "Server di {url} tidak membalas dalam {seconds} detik. Beri waktu lebih lama dengan --timeout, "
        "atau pakai model yang lebih kecil."
    ),
    "endpoint-cut": "Server di {url} memutus balasannya. Periksa catatan server itu, lalu coba lagi.",
    "endpoint-failed": "Server di {url} gagal membalas ({status} {reason}). Periksa server itu, lalu coba lagi.",
    "endpoint-key": "Server di {url} menolak kunci API. Setel kunci yang benar di variabel {variable}.",
    "endpoint-unknown-model": "Server di {url} tidak mengenal model {model}. Yang ada di sana: {known}.",
    "endpoint-rejected": "Server di {url} menolak permintaan ({status} {reason}). Periksa alamat dan nama modelnya.",
    "endpoint-nonsense": (
        "Balasan model {model} tidak dapat dipakai: {reason}. Coba lagi, atau pakai model yang lebih besar."
    ),
    "port-taken": "Porta {port} di {host} tidak dapat dipakai: {reason}. Pilih porta lain dengan --port.",
}


class TanyaError(Exception):
    """Base of all errors of this package; `code` is a key of `MESSAGES`, `str()` the sentence to show."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        super().__init__(MESSAGES[code].format(**values))


class CorpusError(TanyaError):
    """The corpus folder cannot be read or changed; the message names the file and the line or entry."""


class QuestionError(TanyaError):
    """The question or its history cannot be asked as it is."""


class SettingsError(TanyaError):
    """A setting cannot be used as it is."""


class RankingError(TanyaError):
    """The cluster that keeps the index is away, or does not hold this corpus; the message names its address."""


class EndpointError(TanyaError):
    """The server of a language model does not write questions; the message names its address."""


class EvaluationError(TanyaError):
    """A question set cannot be read as it is; the message names the file and, where there is one, the line."""
