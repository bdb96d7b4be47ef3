"""The names of the math language: one table for the check, the grammar and the evaluator.

An entry reads ``name[=target][:shape]``. The target is the SymPy name behind it (or one of
our own functions, with a leading ``our``); the shape says how the grammar lets a model call it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Function:
    """A function that programs may call."""

    name: str
    target: str
    """The name in SymPy, or ``our.x`` for one of our own."""
    shape: str
    """How the grammar writes its arguments; empty: only people and free models use it."""


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


_FUNCTIONS = """
sqrt:one cbrt:one root:two exp:one log:log ln=log:one log2=our.log2 log10=our.log10
sin:one cos:one tan:one cot sec csc asin:one acos:one atan:one acot asec acsc atan2
sinh:one cosh:one tanh:one coth asinh acosh atanh
factorial=our.factorial:one factorial2 gamma beta zeta erf erfc Ei Si Ci LambertW besselj
binomial=our.binomial:two comb=our.binomial perm=our.perm fibonacci=our.fibonacci lucas
gcd=our.gcd:two lcm=our.lcm:two igcd=our.gcd ilcm=our.lcm isprime:one nextprime prevprime
prime primepi primerange factorint divisors totient divisor_count divisor_sigma mod_inverse
isqrt=our.isqrt integer_nthroot floor:one ceiling:one ceil=ceiling trunc=our.int frac sign
Abs:one fabs=Abs re im arg conjugate rad deg radians=rad degrees=deg hypot=our.hypot
fsum=our.fsum prod=our.prod Mod Min Max DiracDelta Heaviside harmonic bernoulli
simplify:one expand:one factor:one cancel together apart collect trigsimp radsimp powsimp
logcombine nsimplify ratsimp powdenest expand_log expand_trig numer denom fraction
diff:of integrate:over limit:limit solve:solve solveset linsolve nonlinsolve dsolve
roots real_roots series summation:sum product:sum Sum Product Integral Derivative Limit
Rational=our.rational:two Fraction=our.rational Decimal=our.rational Integer=our.int
Float=our.float N=our.numeric Eq Ne Lt Le Gt Ge And Or Not Piecewise Lambda
Poly degree LC gcdex div quo rem resultant discriminant
Matrix eye zeros ones diag det=our.det transpose=our.transpose
FiniteSet Interval Union Intersection Complement ConditionSet ImageSet Tuple
symbols=our.symbols:symbol Symbol=our.symbols var=our.symbols Function=our.function
pow=our.pow round=our.round int=our.int float=our.float str=our.str print=our.print
"""

BUILTINS = words(
    """
    abs all any bool dict divmod enumerate filter len list map max min range reversed set sorted
    sum tuple zip
    """
)
"""Python's own functions, as they are."""

CONSTANTS = {
    "pi": "pi",
    "E": "E",
    "I": "I",
    "e": "E",
    "tau": "our.tau",
    "oo": "oo",
    "inf": "oo",
    "zoo": "zoo",
    "nan": "nan",
    "GoldenRatio": "GoldenRatio",
    "EulerGamma": "EulerGamma",
    "Catalan": "Catalan",
    "Reals": "Reals",
    "Integers": "Integers",
    "Naturals": "Naturals",
    "Naturals0": "Naturals0",
    "Complexes": "Complexes",
    "Rationals": "Rationals",
    "EmptySet": "EmptySet",
}
"""Constants of programs, and the SymPy names behind them."""

GRAMMAR_CONSTANTS = ("pi", "E")
VARIABLES = "abckmnrtxyz"
"""The one-letter names that the grammar offers; all of them are symbols until assigned."""

SYMBOLS = frozenset("abcdfghijklmnopqrstuvwxyz") | words("alpha delta theta mu sigma omega phi")
"""Names that are symbols although nobody declared them."""

MODULES = frozenset({"math", "cmath", "sympy", "sympy.abc", "fractions", "decimal"})
"""Import lines that are understood; nothing is ever imported by a program."""

S_MEMBERS = {
    "Half": "Half", "One": "One", "Zero": "Zero", "NegativeOne": "NegativeOne", "Pi": "pi",
    "Exp1": "E", "ImaginaryUnit": "I", "Infinity": "oo", "NegativeInfinity": "NegativeInfinity",
    "ComplexInfinity": "zoo", "Reals": "Reals", "Integers": "Integers", "Naturals": "Naturals",
    "Naturals0": "Naturals0", "Complexes": "Complexes", "EmptySet": "EmptySet", "true": "true",
    "false": "false",
}  # fmt: skip
"""What ``S.`` offers."""

SYMPY_METHODS = words("""
    subs evalf n simplify expand factor diff integrate limit doit lhs rhs args is_real
    is_integer is_positive is_negative is_zero is_prime is_even is_odd is_rational is_number
    is_finite is_complex free_symbols cancel together apart collect trigsimp series removeO
    coeff as_numer_denom as_real_imag as_coeff_Mul conjugate round numerator denominator p q
    real imag has expand_trig rewrite xreplace is_constant equals degree coeffs all_coeffs
    as_expr LC nroots real_roots all_roots det inv T transpose rank trace rref eigenvals
    eigenvects nullspace columnspace charpoly dot cross norm shape rows cols row col tolist
    applyfunc adjugate jacobian LUsolve start end left right measure inf sup contains union
    intersect complement is_subset is_empty variables expr function name nsimplify ratsimp
    radsimp is_Integer is_Rational is_Number is_Symbol
    """)
"""Attributes of SymPy objects."""

PYTHON_METHODS: dict[type, frozenset[str]] = {
    list: words("append extend insert pop remove reverse sort index count copy"),
    tuple: frozenset({"index", "count"}),
    dict: words("keys values items get pop update setdefault copy"),
    set: words("add discard remove union intersection difference update copy"),
    str: words("join split strip upper lower replace startswith endswith"),
}
"""Attributes of Python's own containers."""

METHODS = SYMPY_METHODS.union(*PYTHON_METHODS.values())
SYMBOL_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]{0,15}(_[A-Za-z0-9]{1,8})?\Z")
"""What a symbol may be called: nothing that SymPy could take for an expression."""
TEXT_TAKERS = frozenset(
    {"symbols", "Symbol", "var", "Function", "print", "str", "int", "float", "Rational"}
    | {"Fraction", "Decimal", "Integer", "Float"}
)
"""Functions of ours that read text themselves; no other may be given any."""
DIRECTIONS = frozenset({"+", "-", "+-"})
"""Text that SymPy takes as an option: the side from which a limit is approached."""


def _parse(table: str) -> dict[str, Function]:
    functions = {}
    for entry in table.split():
        head, _, shape = entry.partition(":")
        name, _, target = head.partition("=")
        functions[name] = Function(name, target or name, shape)
    return functions


FUNCTIONS: dict[str, Function] = _parse(_FUNCTIONS)
NAMES: frozenset[str] = frozenset(FUNCTIONS) | BUILTINS | frozenset(CONSTANTS) | SYMBOLS | {"S"}
"""All names that a program may use without assigning them."""
