"""Values that want to be more than text, in one format or another, and a library full of them."""

from __future__ import annotations

from pubkit.model.entry import Entry
from pubkit.model.library import Library

#: What ends, opens or calls something in HTML, Markdown, reST, Org, Typst, LaTeX, RTF and XML.
VALUES = (
    "</script><script>alert(1)</script>",
    "</style><style>*{background:url(http://evil.example)}</style>",
    '"><img src=x onerror=alert(1)>',
    "<svg onload=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](http://evil.example/p.png)",
    "[ref]: javascript:alert(1)",
    "<http://evil.example>",
    "# heading",
    "- item",
    "1. one",
    "> quote",
    "    code",
    "~~~",
    "```sh",
    "---",
    "|a|b|",
    "[^1]: foot",
    "&lt;b&gt; &amp; &#106;",
    "back\\slash \\",
    "$x$ and $$y$$",
    "`code` ``x``",
    "a_b_c __d__ *e* **f**",
    "x_ y__ `z`_ |sub| [1]_ [#]_",
    "..",
    "text::",
    ".. include:: /etc/passwd",
    ":role:`x`",
    "#+INCLUDE: /etc/passwd",
    "** head",
    "[[file:/etc/passwd]] {{{macro}}} src_sh{ls}",
    '@cite #let #import "x"',
    '#read("/etc/passwd")',
    "= head",
    "// comment /* c */ <label>",
    "\\input{/etc/passwd} \\write18{ls}",
    "\\end{document} \\end{list} \\par \\newpage",
    "^^5cinput{x}",
    "100% & #1 {x} }{ ~ ^ ?` !` ,, << >> -- ''",
    "\u202eevil\u202c \u200f\u2066x\u2069",
    "{\\rtf1 \\'41 \\u20320?",
    '\\par}{\\field{\\*\\fldinst HYPERLINK "file:///x"}}',
    "\x00\x1b[31m\x07",
    "a\u2028b\u2029c\u0085d",
    "\u00a0\u2003 x \u3000",
    "<!-- pubkit: end --> --> x <!--",
    "]]> <![CDATA[",
    "{{ 7*7 }} {% x %}",
    "=cmd|' /C calc'!A0",
    "α-synuclein, β₂, ≤ 5 ″, x ≠ y, Nguyễn Thế, 10⁻³",
    "$β_2 ≤ x × 10^{−3}$ and $α·γ → ∞$",
    "a" * 500,
    "x {[( y",
)


def library() -> Library:
    """Return a library with each value as title, author, journal, note and publisher."""
    entries: list[Entry] = []
    for number, value in enumerate(VALUES):
        fields = {
            "title": value,
            "author": f"{{{value}}} and Doe, Jane",
            "journaltitle": value,
            "note": value,
            "date": "2020",
            "url": "https://example.org/a_b%20c?x=1&y=#z~",
        }
        entries.append(Entry("article", f"k{number}", fields))
        book = {"author": "Doe, Jane", "title": "T", "publisher": value, "date": "2020"}
        entries.append(Entry("book", f"n{number}", book))
    return Library(tuple(entries))
