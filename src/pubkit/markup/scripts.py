"""Superscript and subscript characters of Unicode."""

from __future__ import annotations

from collections.abc import Mapping

Table = Mapping[str, str]

SUPERSCRIPTS: Table = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδεθιφχ′* ",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᶥᵠᵡ′* ",
        strict=True,
    )
)
SUBSCRIPTS: Table = dict(
    zip("0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True)
)


def convert(text: str, table: Table) -> str | None:
    """Return a text in raised or lowered characters; None if one of them does not exist.

    >>> convert("2", SUBSCRIPTS), convert("th", SUPERSCRIPTS), convert("q", SUBSCRIPTS)
    ('₂', 'ᵗʰ', None)
    """
    try:
        return "".join([table[character] for character in text])
    except KeyError:
        return None


# Back to base character and whether it is raised, for the LaTeX encoder.
BASE: dict[str, tuple[str, bool]] = {
    **{low: (base, False) for base, low in reversed(tuple(SUBSCRIPTS.items())) if low != base},
    **{high: (base, True) for base, high in reversed(tuple(SUPERSCRIPTS.items())) if high != base},
}
