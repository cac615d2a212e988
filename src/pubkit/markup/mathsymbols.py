"""Mathematics macros and the characters they print."""

from __future__ import annotations

from unicodedata import lookup

from pubkit.markup.words import pairs, words

_LETTERS = """
alpha α  beta β  gamma γ  delta δ  epsilon ϵ  varepsilon ε  zeta ζ  eta η  theta θ  vartheta ϑ  iota ι
kappa κ  varkappa ϰ  lambda λ  mu μ  nu ν  xi ξ  omicron ο  pi π  varpi ϖ  rho ρ  varrho ϱ  sigma σ
varsigma ς  tau τ  upsilon υ  phi ϕ  varphi φ  chi χ  psi ψ  omega ω  digamma ϝ  Alpha Α  Beta Β  Gamma Γ
Delta Δ  Epsilon Ε  Zeta Ζ  Eta Η  Theta Θ  Iota Ι  Kappa Κ  Lambda Λ  Mu Μ  Nu Ν  Xi Ξ  Omicron Ο  Pi Π
Rho Ρ  Sigma Σ  Tau Τ  Upsilon Υ  Phi Φ  Chi Χ  Psi Ψ  Omega Ω  varGamma Γ  varDelta Δ  varTheta Θ
varLambda Λ  varXi Ξ  varPi Π  varSigma Σ  varUpsilon Υ  varPhi Φ  varPsi Ψ  varOmega Ω  upalpha α
upbeta β  upgamma γ  updelta δ  upmu μ  uppi π  upsigma σ  uplambda λ  upomega ω  ell ℓ  hbar ℏ  hslash ℏ
imath ı  jmath ȷ  wp ℘  Re ℜ  Im ℑ  aleph ℵ  beth ℶ  gimel ℷ  daleth ℸ  partial ∂  nabla ∇  infty ∞
emptyset ∅  varnothing ∅  eth ð  complement ∁  Bbbk 𝕜  mho ℧  angstrom Å  AA Å  aa å  ss ß  O Ø  o ø  ae æ
AE Æ  oe œ  OE Œ  l ł  L Ł  i ı  j ȷ  degree °  circ ∘  textdegree °  textmu µ  prime ′  backprime ‵
dagger †  dag †  ddagger ‡  ddag ‡  dots …  ldots …  cdots ⋯  vdots ⋮  ddots ⋱  dotsc …  dotsb ⋯  dotsm ⋯
dotsi ⋯  dotso …  forall ∀  exists ∃  nexists ∄  neg ¬  lnot ¬  top ⊤  bot ⊥  angle ∠  measuredangle ∡
sphericalangle ∢  triangle △  square □  Box □  Diamond ◇  lozenge ◊  blacksquare ■  bigstar ★  flat ♭
natural ♮  sharp ♯  clubsuit ♣  diamondsuit ♢  heartsuit ♡  spadesuit ♠  checkmark ✓  maltese ✠  surd √
S §  P ¶  pounds £  copyright ©  R ℝ
"""

_OPERATORS = """
times ×  div ÷  pm ±  mp ∓  cdot ·  cdotp ·  centerdot ·  ast ∗  star ⋆  bullet •  oplus ⊕  ominus ⊖
otimes ⊗  oslash ⊘  odot ⊙  dotplus ∔  cup ∪  cap ∩  uplus ⊎  sqcup ⊔  sqcap ⊓  vee ∨  lor ∨  wedge ∧
land ∧  setminus ∖  smallsetminus ∖  wr ≀  amalg ⨿  ltimes ⋉  rtimes ⋊  bowtie ⋈  diamond ⋄  bigcirc ◯
triangleleft ◁  triangleright ▷  bigtriangleup △  bigtriangledown ▽  sum ∑  prod ∏  coprod ∐  int ∫
iint ∬  iiint ∭  oint ∮  bigcup ⋃  bigcap ⋂  bigvee ⋁  bigwedge ⋀  bigoplus ⨁  bigotimes ⨂  bigodot ⨀
biguplus ⨄  bigsqcup ⨆  boxplus ⊞  boxtimes ⊠  boxdot ⊡  le ≤  leq ≤  leqslant ⩽  leqq ≦  ge ≥  geq ≥
geqslant ⩾  geqq ≧  lt <  gt >  ne ≠  neq ≠  equiv ≡  sim ∼  simeq ≃  approx ≈  approxeq ≊  cong ≅
asymp ≍  doteq ≐  propto ∝  varpropto ∝  ll ≪  gg ≫  lll ⋘  ggg ⋙  prec ≺  succ ≻  preceq ≼  succeq ≽
precsim ≾  succsim ≿  lesssim ≲  gtrsim ≳  lessgtr ≶  gtrless ≷  subset ⊂  supset ⊃  subseteq ⊆
supseteq ⊇  subsetneq ⊊  supsetneq ⊋  nsubseteq ⊈  sqsubset ⊏  sqsupset ⊐  sqsubseteq ⊑  sqsupseteq ⊒
in ∈  ni ∋  owns ∋  notin ∉  mid ∣  nmid ∤  parallel ∥  nparallel ∦  perp ⊥  vdash ⊢  dashv ⊣  models ⊨
vDash ⊨  Vdash ⊩  smile ⌣  frown ⌢  between ≬  therefore ∴  because ∵  coloneqq ≔  eqqcolon ≕  triangleq ≜
eqsim ≂  trianglelefteq ⊴  trianglerighteq ⊵  nless ≮  ngtr ≯  nleq ≰  ngeq ≱  nsim ≁  ncong ≇
leftarrow ←  gets ←  rightarrow →  to →  leftrightarrow ↔  uparrow ↑  downarrow ↓  updownarrow ↕
Leftarrow ⇐  Rightarrow ⇒  implies ⟹  impliedby ⟸  iff ⟺  Leftrightarrow ⇔  Uparrow ⇑  Downarrow ⇓
Updownarrow ⇕  mapsto ↦  longmapsto ⟼  longleftarrow ⟵  longrightarrow ⟶  longleftrightarrow ⟷
Longleftarrow ⟸  Longrightarrow ⟹  Longleftrightarrow ⟺  hookleftarrow ↩  hookrightarrow ↪  nearrow ↗
searrow ↘  swarrow ↙  nwarrow ↖  leadsto ⇝  rightsquigarrow ⇝  rightharpoonup ⇀  rightharpoondown ⇁
leftharpoonup ↼  leftharpoondown ↽  rightleftharpoons ⇌  leftrightharpoons ⇋  rightleftarrows ⇄
twoheadrightarrow ↠  circlearrowleft ↺  circlearrowright ↻  multimap ⊸  rightarrowtail ↣  upharpoonright ↾
nrightarrow ↛  nLeftarrow ⇍  nRightarrow ⇏  colon :  vert |  lvert |  rvert |  Vert ‖  lVert ‖  rVert ‖
langle ⟨  rangle ⟩  lfloor ⌊  rfloor ⌋  lceil ⌈  rceil ⌉  lbrace {  rbrace }  lbrack [  rbrack ]
llbracket ⟦  rrbracket ⟧  backslash \\  slash /  ulcorner ⌜  urcorner ⌝  bmod mod  gtrapprox ⪆
lessapprox ⪅  shortparallel ∥  circledast ⊛  circledcirc ⊚  textasciitilde ~  textbackslash \\
"""


# Macro → letter or sign: TeX's blank behind the macro does not show.
LETTERS: dict[str, str] = pairs(_LETTERS)
# Macro → operator, relation or bracket: a blank behind the macro is kept.
OPERATORS: dict[str, str] = pairs(_OPERATORS) | {
    "{": "{",
    "}": "}",
    "|": "‖",
    "%": "%",
    "#": "#",
    "&": "&",
    "$": "$",
    "_": "_",
    " ": " ",
    ",": " ",
    ":": " ",
    ";": " ",
    ">": " ",
    "!": "",
    "/": "",
    "-": "",
    "quad": " ",
    "qquad": " ",
    "space": " ",
    "enspace": " ",
    "thinspace": " ",
}

# Names of functions, shown upright and set off from what follows.
FUNCTIONS = words(
    """
    arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf
    limsup ln log max min Pr sec sin sinh sup tan tanh argmax argmin Tr tr rank sgn diag Var Cov
    """
)

# Macros without effect on the text.
NOTHING = words(
    """
    left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm middle limits
    nolimits displaystyle textstyle scriptstyle scriptscriptstyle rm it bf sf tt cal em mathstrut
    strut nonumber boldmath protect relax
    """
)

# Accents over one argument → combining character.
ACCENTS: dict[str, str] = {
    "grave": "\u0300",
    "acute": "\u0301",
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0304",
    "overline": "\u0305",
    "breve": "\u0306",
    "dot": "\u0307",
    "ddot": "\u0308",
    "mathring": "\u030a",
    "check": "\u030c",
    "underline": "\u0332",
    "underbar": "\u0332",
    "vec": "\u20d7",
    "overrightarrow": "\u20d7",
    "dddot": "\u20db",
    "slashed": "\u0338",
}

# Font macros whose letters have characters of their own → the words in their Unicode names.
ALPHABETS = {
    "mathbb": "DOUBLE-STRUCK",
    "Bbb": "DOUBLE-STRUCK",
    "mathds": "DOUBLE-STRUCK",
    "mathcal": "SCRIPT",
    "mathscr": "SCRIPT",
    "mathfrak": "FRAKTUR",
    "frak": "FRAKTUR",
}
# The Letterlike Symbols block names its fraktur capitals "BLACK-LETTER".
_OTHER_NAMES = {"FRAKTUR": "BLACK-LETTER"}
_DIGITS = ["ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE"]

# Font macros that do not change the text.
PLAIN_FONTS = words(
    """
    mathrm mathbf mathsf mathit mathtt mathnormal boldsymbol bm pmb text textrm textit textbf textsf
    textnormal texttt emph mbox hbox operatorname operatorname* mathop mathbin mathrel mathord
    mathopen mathclose mathpunct mathinner ensuremath textsc mathup mathbfit
    """
)


def alphabet(macro: str) -> dict[str, str] | None:
    """Return letter → letter in the alphabet of a font macro; None if the macro has none.

    >>> alphabet("mathbb")["R"], alphabet("mathfrak")["m"]
    ('ℝ', '𝔪')
    """
    style = ALPHABETS.get(macro)
    if style is None:
        return None
    table = {}
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789":
        kind = "DIGIT" if letter.isdigit() else "CAPITAL" if letter.isupper() else "SMALL"
        name = _DIGITS[int(letter)] if letter.isdigit() else letter.upper()
        for candidate in (
            f"{style} {kind} {name}",
            f"{_OTHER_NAMES.get(style, style)} {kind} {name}",
            f"MATHEMATICAL {style} {kind} {name}",
        ):
            try:
                table[letter] = lookup(candidate)
                break
            except KeyError:
                continue
    return table
