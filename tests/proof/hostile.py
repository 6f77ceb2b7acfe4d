"""Text that means harm: to browsers, templates, databases, file systems, headers, terminals and eyes."""

from __future__ import annotations

from hypothesis import strategies as st

HTML = (
    "<script>document.title='PECAH'</script>",
    "<img src=x onerror=\"document.title='PECAH'\">",
    "<svg/onload=document.title='PECAH'>",
    "\"><script>document.title='PECAH'</script>",
    "' autofocus onfocus='document.title=`PECAH`' x='",
    "<a href=\"javascript:document.title='PECAH'\">klik</a>",
    "<!--<p>--><![CDATA[<b>]]>",
    "</title></textarea></style><script>document.title='PECAH'</script>",
    "&lt;b&gt; &amp;amp; &#60;script&#62;",
    "<iframe srcdoc='<script>parent.document.title=1</script>'>",
)
TEMPLATES = (
    "{{ 7 * 7 }}",
    "{% include 'base.html' %}",
    "{# hilang #}",
    "${7*7}",
    "#{7*7}",
    "{{ config.__class__.__mro__ }}",
    "%s %(x)s {0} {x}",
)
SQL = (
    "'; DROP TABLE feedback; --",
    "' OR '1'='1",
    "Robert'); DELETE FROM feedback;--",
    '" UNION SELECT * FROM feedback --',
)
PATHS = (
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "%2e%2e%2fetc%2fpasswd",
    "/etc/passwd",
    "file:///etc/passwd",
    "corpus/index.toml",
)
HEADERS = ("a\r\nSet-Cookie: pecah=1", "a\nX-Pecah: 1", "a%0d%0aX-Pecah: 1", "a\r\n\r\n<html>")
UNICODE = (
    "CSTO \u202eanatid\u202c kapan",  # a direction override
    "\u2066CSTO\u2069 \u2067apa\u2069",  # isolates
    "C\u200bS\u200bT\u200bO itu apa",  # zero width
    "\ufeffApa itu CSTO\u2060?",
    "Ара іtu СЅТО?",  # Cyrillic look-alikes
    "Ａｐａ ｉｔｕ ＣＳＴＯ？",  # full width
    "Apa i\u0301\u0301\u0301\u0301tu CSTO\u0337?",  # stacked marks
    "\U000e0041\U000e0042 Apa itu CSTO?",  # tags
    "Apa\u2028itu\u2029CSTO?",
    "👩\u200d👩\u200d👧 🇮🇩 apa?",
    "ﷺ ما هي المنظمة؟ שלום",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
)
HOSTILE = (*HTML, *TEMPLATES, *SQL, *PATHS, *HEADERS, *UNICODE)

_WORDS = (
    "Apa itu CSTO?",
    "Kapan CSTO didirikan?",
    "Siapa anggotanya?",
    "csto",
    "rusia",
    "1992",
    "bukan",
    "ya",
    "tahun brp",
)

texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=60),
    st.lists(st.sampled_from((*HOSTILE, *_WORDS)) | st.text(max_size=8), max_size=5).map(" ".join),
    st.text(st.characters(min_codepoint=0x200B, max_codepoint=0x206F), max_size=20),
    st.sampled_from(_WORDS).flatmap(lambda word: st.text(max_size=5).map(lambda more: word + more)),
)
