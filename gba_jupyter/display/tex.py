"""The mathematics in a text: found, brought into one form, and only what does no more than typeset.

Models write ``\\(x\\)``, ``\\[x\\]``, ``$x$`` and ``$$x$$``; front ends typeset the last two. A
dollar sign may as well be money, and TeX may hold links, styles and pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_MATHEMATICS = re.compile(
    # No formula holds the mark with which one begins: so each place is looked at once.
    r"\\\((?P<a>(?:[^$\n\\]|\\[^$\n()])++)\\\)"
    r"|\\\[(?P<b>(?:[^$\\]|\\[^$\[\]])++)\\\]"
    r"|\$\$(?P<c>[^$]+?)\$\$"
    r"|(?<![\w$\\])\$(?P<d>[^\s$](?:[^$\n]*[^\s$\\])?)\$(?![\w$])"
)
_MOST = 2_000  # characters of a formula
_COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_PUNCTUATION = frozenset(r",;:!{}|\ &#%_'")  # of commands of one character
_KEPT_OUT = re.compile(r"[`$\x00-\x1f\ud800-\udfff]|&#?\w+;")
_SPELLING = re.compile(r"\\(?:[A-Za-z]+|.)|[<>]", re.DOTALL)
_SPELLED = {"<": r"\lt ", ">": r"\gt "}
_LOOKS_LIKE = re.compile(r"[\\^_=+*/<>]|^[A-Za-z]'?$|^[-+]?\d+(\.\d+)?$|^[A-Za-z]\([^)]*\)$")
_NAMES = frozenset(
    re.findall(
        r"\S+",
        """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda mu
    nu xi pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta
    Lambda Xi Pi Sigma Upsilon Phi Psi Omega hbar ell aleph Im Re wp partial nabla infty emptyset
    varnothing forall exists neg not lnot prime imath jmath angle triangle square
    arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf
    limsup ln log max min mod bmod pmod Pr sec sin sinh sup tan tanh operatorname
    sum prod coprod int iint iiint iiiint oint limits nolimits substack
    frac dfrac tfrac cfrac binom dbinom tbinom sqrt root overline underline overbrace underbrace
    hat widehat tilde widetilde bar vec dot ddot dddot ddddot acute grave breve check mathring
    overrightarrow stackrel overset underset boxed phantom
    left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr langle rangle lceil rceil
    lfloor rfloor lvert rvert lVert rVert vert Vert mid parallel
    pm mp times div cdot cdots ast star circ bullet oplus ominus otimes odot cap cup setminus wedge
    vee veebar land lor dagger bmod
    le leq leqslant ge geq geqslant lt gt ne neq equiv approx approxeq sim simeq cong propto doteq
    subset subseteq supset supseteq in notin ni perp ll gg
    to rightarrow leftarrow leftrightarrow Rightarrow Leftarrow Leftrightarrow longrightarrow
    Longrightarrow iff implies mapsto uparrow downarrow therefore because
    dots ldots vdots ddots colon quad qquad nobreak nonumber displaystyle textstyle scriptstyle
    mathbb mathbf mathcal mathfrak mathit mathrel mathrm mathscr mathsf mathtt boldsymbol bm
    text textbf textit textrm textasciicircum textasciitilde textbackslash begin end
    """,
    )
)
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*(?:\{([A-Za-z*]*)\})?")
_ENVIRONMENTS = frozenset(
    [
        *("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix"),
        *("cases", "array", "aligned", "align", "align*", "gather", "gather*", "split"),
        *("equation", "equation*"),
    ]
)


def parts(text: str) -> Iterator[tuple[str, str]]:
    """The text in order: ``("", words)``, ``("$", TeX)`` within a line, ``("$$", TeX)`` alone."""
    at = 0
    for found in _MATHEMATICS.finditer(text):
        written = next(group for group in found.groups() if group is not None)
        tex = " ".join(written.split())
        sure = found["d"] is None
        if not (is_plain(tex) and (sure or _LOOKS_LIKE.search(tex))):
            continue
        if found.start() > at:
            yield "", text[at : found.start()]
        yield "$$" if found["b"] or found["c"] else "$", spelled(tex)
        at = found.end()
    if at < len(text):
        yield "", text[at:]


def is_plain(tex: str) -> bool:
    """Whether the TeX does no more than typeset: only commands that are known to be harmless."""
    if not tex or len(tex) > _MOST or _KEPT_OUT.search(tex) or tex.count("{") != tex.count("}"):
        return False
    commands = _COMMAND.findall(tex)
    if not all(name in (_NAMES if name.isalpha() else _PUNCTUATION) for name in commands):
        return False
    return all(name in _ENVIRONMENTS for name in _ENVIRONMENT.findall(tex))


def spelled(tex: str) -> str:
    """Without what HTML could act upon."""
    return _SPELLING.sub(lambda found: _SPELLED.get(found[0], found[0]), tex)
