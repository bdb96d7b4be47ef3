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
fsum=our.fsum prod=our.prod Mod Min:many Max:many DiracDelta Heaviside harmonic bernoulli
simplify:one expand:one factor:one cancel together apart collect trigsimp radsimp powsimp
logcombine nsimplify=our.nsimplify ratsimp powdenest expand_log expand_trig numer denom fraction
diff:of integrate:over limit:limit solve:solve solveset linsolve nonlinsolve dsolve
roots real_roots series summation:sum product:sum Sum Product Integral Derivative Limit
Rational=our.rational:two Fraction=our.rational Decimal=our.rational Integer=our.int
Float=our.float N=our.numeric Eq:two Ne Lt Le Gt Ge And Or Not Piecewise Lambda
Poly degree LC gcdex div quo rem resultant discriminant
Matrix:rows eye zeros ones diag det=our.det:one transpose=our.transpose
FiniteSet Interval Union Intersection Complement ConditionSet ImageSet Tuple
symbols=our.symbols:symbol Symbol=our.symbols var=our.symbols Function=our.function
pow=our.pow round=our.round:round int=our.int float=our.float str=our.str print=our.print
sech csch asech acsch acoth sinc log1p=our.log1p expm1=our.expm1 exp2=our.exp2 lgamma=loggamma
dist=our.dist copysign=our.copysign fmod=our.fmod modf=our.modf remainder=our.remainder
isclose=our.isclose isfinite=our.isfinite isnan=our.isnan isinf=our.isinf sumprod=our.sumprod
phase=arg polar=our.polar rect=our.rect complex=our.complex isinstance=our.isinstance
bin=our.bin hex=our.hex oct=our.oct ord=our.ord chr=our.chr latex pprint=our.print
init_printing=our.nothing repr=our.str
Chi Shi Li li erfi erfinv expint digamma polygamma loggamma uppergamma lowergamma polylog
legendre hermite chebyshevt chebyshevu laguerre gegenbauer airyai airybi bessely besseli besselk
elliptic_k elliptic_e bell euler catalan genocchi tribonacci subfactorial=our.subfactorial
rf=our.rf ff=our.ff RisingFactorial=our.rf FallingFactorial=our.ff npartitions=our.partition
partition=our.partition stirling=our.stirling nC=our.nC nP=our.nP nT=our.nT
primefactors multiplicity primorial mobius reduced_totient is_primitive_root primitive_root
n_order discrete_log jacobi_symbol legendre_symbol is_quad_residue sqrt_mod nthroot_mod
perfect_power composite compositepi is_perfect is_abundant is_deficient is_amicable
proper_divisors primenu primeomega real_root digits=our.digits is_square=our.is_square
crt=our.crt solve_congruence=our.solve_congruence continued_fraction egyptian_fraction
continued_fraction_convergents continued_fraction_iterator continued_fraction_periodic
continued_fraction_reduce nsolve=our.nsolve solve_univariate_inequality reduce_inequalities
solve_poly_system solve_linear rsolve checksol checkodesol classify_ode diophantine
laplace_transform inverse_laplace_transform fourier_transform inverse_fourier_transform
mellin_transform fourier_series residue O Order
Point Point2D Point3D Line Line2D Line3D Ray Segment Circle Ellipse Triangle Polygon
RegularPolygon Plane Parabola intersection convex_hull centroid are_similar
expand_func expand_complex expand_power_base expand_power_exp expand_mul sqrtdenest gammasimp
combsimp hyperexpand besselsimp horner factor_terms factor_list sqf sqf_list terms_gcd monic
content primitive prem half_gcdex compose decompose count_roots groebner ground_roots nroots
LM LT poly total_degree interpolate minimal_polynomial minpoly separatevars
periodicity singularities is_increasing is_decreasing is_monotonic is_convex maximum minimum
stationary_points continuous_domain=our.continuous_domain function_range=our.function_range
idiff hessian wronskian GramSchmidt ImmutableMatrix=Matrix Dummy=our.dummy
Xor Nand Nor Implies Equivalent ITE simplify_logic to_cnf to_dnf ProductSet Range
SymmetricDifference Contains Add Mul Pow=our.power Subs KroneckerDelta
Equality=Eq Unequality=Ne GreaterThan=Ge LessThan=Le StrictGreaterThan=Gt StrictLessThan=Lt
flatten=our.flatten plot=our.plot:plot
"""

BUILTINS = words(
    """
    abs all any bool dict divmod enumerate filter frozenset iter len list map max min next range
    reversed set sorted sum tuple zip
    """
)
"""Python's own functions, as they are."""

EXCEPTIONS = words(
    """
    ArithmeticError AssertionError AttributeError Exception IndexError KeyError LookupError
    NameError NotImplementedError OverflowError RuntimeError StopIteration TypeError ValueError
    ZeroDivisionError
    """
)
"""What programs may raise and catch."""

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
    "UniversalSet": "UniversalSet",
    "true": "true",
    "false": "false",
}
"""Constants of programs, and the SymPy names behind them."""

GRAMMAR_CONSTANTS = ("pi", "E")
VARIABLES = "abckmnrtxyz"
"""The one-letter names that the grammar offers; all of them are symbols until assigned."""

SYMBOLS = frozenset("abcdfghijklmnopqrstuvwxyz") | words("alpha delta theta mu sigma omega phi")
"""Names that are symbols although nobody declared them."""

S_MEMBERS = {
    "Half": "Half", "One": "One", "Zero": "Zero", "NegativeOne": "NegativeOne", "Pi": "pi",
    "Exp1": "E", "ImaginaryUnit": "I", "Infinity": "oo", "NegativeInfinity": "NegativeInfinity",
    "ComplexInfinity": "zoo", "Reals": "Reals", "Integers": "Integers", "Naturals": "Naturals",
    "Naturals0": "Naturals0", "Complexes": "Complexes", "EmptySet": "EmptySet", "true": "true",
    "false": "false",
}  # fmt: skip
"""What ``S.`` offers."""

SYMBOL_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]{0,15}(_[A-Za-z0-9]{1,8})?\Z")
"""What a symbol may be called: nothing that SymPy could take for an expression."""
TEXT_TAKERS = frozenset(
    {"symbols", "Symbol", "var", "Function", "print", "str", "int", "float", "Rational"}
    | {"Fraction", "Decimal", "Integer", "Float", "pprint", "isinstance", "repr", "ord", "complex"}
    | {"Dummy", "flatten"}
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
NAMES: frozenset[str] = (
    frozenset(FUNCTIONS) | BUILTINS | EXCEPTIONS | frozenset(CONSTANTS) | SYMBOLS | {"S"}
)
"""All names that a program may use without assigning them."""
