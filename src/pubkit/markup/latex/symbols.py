"""Text macros without an argument and the characters they print.

Of several macros for one character the first is the one that is written back, so the kernel's stand before
those of packages.
"""

from __future__ import annotations

from pubkit.markup.words import pairs, words

_LETTERS = """
ss ß  SS ẞ  ae æ  AE Æ  oe œ  OE Œ  aa å  AA Å  o ø  O Ø  l ł  L Ł  i ı  j ȷ  th þ  TH Þ  dh ð  DH Ð  dj đ
DJ Đ  ng ŋ  NG Ŋ  ij ĳ  IJ Ĳ  ohorn ơ  OHORN Ơ  uhorn ư  UHORN Ư  textgerdbls ß  textcrd đ  textcrh ħ
textHslash Ħ  textTslash Ŧ  texttslash ŧ  textbarl ƚ  textbaro ɵ  textbari ɨ  textbaru ʉ  textkra ĸ
textlongs ſ  textflorin ƒ  textschwa ə  textopeno ɔ  textesh ʃ  textyogh ʒ  textipagamma ɣ  texthtb ɓ
texthtd ɗ  texthtk ƙ  texthtp ƥ  texthtt ƭ  texthtc ƈ  texthtg ɠ  texthth ɦ  texthtq ʠ  textltailn ɲ
textltailm ɱ  textltilde ɫ  textbeltl ɬ  textlyoghlig ɮ  textturnr ɹ  textturna ɐ  textturnv ʌ
textturnm ɯ  textturnh ɥ  textturnw ʍ  textturny ʎ  textscripta ɑ  textturnscripta ɒ  textscr ʀ
textinvscr ʁ  textscn ɴ  textscl ʟ  textscb ʙ  textscg ɢ  textsch ʜ  textsci ɪ  textscy ʏ  textscriptv ʋ
textfishhookr ɾ  textrtails ʂ  textrtailz ʐ  textrtaild ɖ  textrtailt ʈ  textrtailn ɳ  textrtailr ɽ
textrtaill ɭ  textctc ɕ  textctz ʑ  textbardotlessj ɟ  textglotstop ʔ  textraiseglotstop ˀ
textrevepsilon ɜ  textcloserevepsilon ɞ  textreve ɘ  textramshorns ɤ  textwynn ƿ  textlengthmark ː
texthalflength ˑ  textprimstress ˈ  textsecstress ˌ  textsuperw ʷ
"""

_SIGNS = """
textbackslash \\  textbraceleft {  textbraceright }  lbrace {  rbrace }  textdollar $  textasciitilde ~
textasciicircum ^  textasciigrave `  textquotesingle '  textquotedbl "  textunderscore _  textless <
textgreater >  textbar |  textbardbl ‖  textnumbersign #  textpercent %  textampersand &
textasteriskcentered ∗  slash /  lq ‘  rq ’  textquoteleft ‘  textquoteright ’  textquotedblleft “
textquotedblright ”  ldq “  rdq ”  quotesinglbase ‚  quotedblbase „  glq ‚  grq ‘  glqq „  grqq “  flq ‹
frq ›  flqq «  frqq »  guilsinglleft ‹  guilsinglright ›  guillemotleft «  guillemotright »
guillemetleft «  guillemetright »  textendash –  textemdash —  textfiguredash ‒  texthorizontalbar ―
endash –  emdash —  hyphen -  textminus −  bibrangedash –  dash –  textnonbreakinghyphen ‑  textellipsis …
dots …  ldots …  lips …  textbullet •  textperiodcentered ·  textopenbullet ◦  textborn ⋆  textdied †
textdagger †  textdaggerdbl ‡  dag †  ddag ‡  textsection §  S §  textparagraph ¶  P ¶  textpilcrow ¶
textcopyright ©  copyright ©  textregistered ®  circledR ®  texttrademark ™  textservicemark ℠
textcircledP ℗  pounds £  textsterling £  texteuro €  euro €  EUR €  officialeuro €  textyen ¥  yen ¥
textcent ¢  cent ¢  textcurrency ¤  textwon ₩  textlira ₤  textdong ₫  textpeso ₱  textnaira ₦
textcolonmonetary ₡  textbaht ฿  textguarani ₲  textrupee ₹  textexclamdown ¡  textquestiondown ¿
textinterrobang ‽  textinterrobangdown ⸘  textreferencemark ※  textordfeminine ª  textordmasculine º
textnumero №  No №  textdegree °  degree °  textcelsius ℃  textmu µ  micro µ  textohm Ω  textmho ℧
textperthousand ‰  perthousand ‰  textpertenthousand ‱  textestimated ℮  textrecipe ℞  textonehalf ½
textonequarter ¼  textthreequarters ¾  textonesuperior ¹  texttwosuperior ²  textthreesuperior ³  textpm ±
texttimes ×  textdiv ÷  textlnot ¬  textsurd √  textfractionsolidus ⁄  textdiscount ⁒  textlangle ⟨
textrangle ⟩  textlbrackdbl ⟦  textrbrackdbl ⟧  textlquill ⁅  textrquill ⁆  textleftarrow ←
textrightarrow →  textuparrow ↑  textdownarrow ↓  textmusicalnote ♪  textbigcircle ◯  textvisiblespace ␣
textasciiacute ´  textasciidieresis ¨  textasciimacron ¯  textasciibreve ˘  textasciicaron ˇ
textacutedbl ˝  textgravedbl ˵  texttildelow ˷  textblank ␢  textbrokenbar ¦  textcircled ⃝  textmarried ⚭
textdivorced ⚮  textleaf ⍊  checkmark ✓  textapostrophe ʼ  TeX TeX  LaTeX LaTeX  LaTeXe LaTeX2ε
BibTeX BibTeX  BibLaTeX BibLaTeX  biblatex biblatex  XeTeX XeTeX  XeLaTeX XeLaTeX  LuaTeX LuaTeX
LuaLaTeX LuaLaTeX  pdfTeX pdfTeX  pdfLaTeX pdfLaTeX  ConTeXt ConTeXt  AMS AMS  AmS AMS  AmSTeX AMSTeX
AMSLaTeX AMSLaTeX  METAFONT METAFONT  MF METAFONT  MP METAPOST  MetaPost MetaPost  SliTeX SliTeX  PiC PiC
KOMAScript KOMA-Script  addcolon :  addcomma ,  adddot .  addperiod .  addsemicolon ;  addslash /
addhyphen -
"""

# The T2A names follow the letters' English names: \\CYRZH is Ж and \\cyrzh is ж.
_CYRILLIC = """
A А  B Б  V В  G Г  D Д  E Е  YO Ё  ZH Ж  Z З  I И  ISHRT Й  K К  L Л  M М  N Н  O О  P П  R Р  S С  T Т
U У  F Ф  H Х  C Ц  CH Ч  SH Ш  SHCH Щ  HRDSN Ъ  ERY Ы  SFTSN Ь  EREV Э  YU Ю  YA Я  DJE Ђ  IE Є  DZE Ѕ
II І  YI Ї  JE Ј  LJE Љ  NJE Њ  TSHE Ћ  USHRT Ў  DZHE Џ  GUP Ґ  YAT Ѣ  BYUS Ѫ  FITA Ѳ  IZH Ѵ  SCHWA Ә
OTLD Ө  Y Ү  YHCRS Ұ  NDSC Ң  KDSC Қ  GHCRS Ғ  ZHDSC Җ  ZDSC Ҙ  SDSC Ҫ  TDSC Ҭ  HDSC Ҳ  CHRDSC Ҷ  CHVCRS Ҹ
SHHA Һ  KVCRS Ҝ  KHCRS Ҟ  KBEAK Ҡ  NG Ҥ  GHK Ҕ  PHK Ҧ  ABHHA Ҩ  TETSE Ҵ  ABCH Ҽ  ABCHDSC Ҿ  KHK Ӄ  NHK Ӈ
CHLDSC Ӌ  AE Ӕ  ABDZE Ӡ
"""

_GREEK = """
Alpha Α  Beta Β  Gamma Γ  Delta Δ  Epsilon Ε  Zeta Ζ  Eta Η  Theta Θ  Iota Ι  Kappa Κ  Lambda Λ  Mu Μ
Nu Ν  Xi Ξ  Omicron Ο  Pi Π  Rho Ρ  Sigma Σ  Tau Τ  Upsilon Υ  Phi Φ  Chi Χ  Psi Ψ  Omega Ω  alpha α
beta β  gamma γ  delta δ  epsilon ε  zeta ζ  eta η  theta θ  iota ι  kappa κ  lambda λ  mu μ  nu ν  xi ξ
omicron ο  pi π  rho ρ  sigma σ  tau τ  upsilon υ  phi φ  chi χ  psi ψ  omega ω  varsigma ς
"""


GREEK: dict[str, str] = pairs(_GREEK)

# Macro name → text.
SYMBOLS: dict[str, str] = {
    **{f"text{name}": letter for name, letter in GREEK.items()},
    "textmugreek": "μ",
    **pairs(_LETTERS),
    **pairs(_SIGNS),
    **{f"CYR{name}": letter for name, letter in pairs(_CYRILLIC).items()},
    **{f"cyr{name.lower()}": letter.lower() for name, letter in pairs(_CYRILLIC).items()},
    "CYRpalochka": "Ӏ",
    "textvartheta": "ϑ",
    "textvarphi": "φ",
    "textvarpi": "ϖ",
    "textvarrho": "ϱ",
    "textvarepsilon": "ε",
    "textautosigma": "ς",
    "textfinalsigma": "ς",
    # spaces
    " ": " ",
    "\n": " ",
    "\t": " ",
    ",": "\u2009",
    "thinspace": "\u2009",
    ":": " ",
    ">": " ",
    ";": " ",
    "space": " ",
    "quad": " ",
    "qquad": " ",
    "enspace": "\u2002",
    "enskip": "\u2002",
    "nobreakspace": "\u00a0",
    "nbsp": "\u00a0",
    "textnbsp": "\u00a0",
    "addspace": " ",
    "addnbspace": "\u00a0",
    "addabbrvspace": "\u00a0",
    "adddotspace": ". ",
    "addhighpenspace": "\u00a0",
    "addlowpenspace": "\u00a0",
    "addthinspace": "\u2009",
    "newline": " ",
    "linebreak": " ",
    "hfill": " ",
    "hfil": " ",
    # one-character macros
    "&": "&",
    "%": "%",
    "#": "#",
    "$": "$",
    "_": "_",
    "{": "{",
    "}": "}",
    "textcompwordmark": "\u200c",
    "allowbreak": "",
    "-": "",
    "/": "",
    "!": "",
    "@": "",
    "*": "",
    "+": "",
}

# Macros that print nothing and take no argument.
NOTHING = words(
    """
    relax protect noindent indent centering raggedright raggedleft sloppy fussy ignorespaces xspace
    null strut unskip break nobreak nolinebreak pagebreak nopagebreak newpage smallskip medskip
    bigskip isdot bibsentence midsentence leavevmode empty displaystyle textstyle scriptstyle tiny
    scriptsize footnotesize small normalsize large Large LARGE huge Huge sffamily sf rmfamily
    boldmath unboldmath frenchspacing nonfrenchspacing obeylines begingroup endgroup bgroup egroup
    """
)
SYMBOLS.update(dict.fromkeys(NOTHING, ""))
