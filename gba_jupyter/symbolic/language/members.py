"""The attributes that values of the math language have, by type."""

from __future__ import annotations

import time
from collections import Counter, OrderedDict, defaultdict, deque
from datetime import date, datetime, timedelta

from .names import words

SYMPY_METHODS = words("""
    subs evalf n simplify expand factor diff integrate limit doit lhs rhs args is_real
    is_integer is_positive is_negative is_zero is_prime is_even is_odd is_rational is_number
    is_finite is_complex is_irrational is_nonnegative is_polynomial free_symbols cancel together
    apart collect trigsimp series removeO
    coeff as_numer_denom as_real_imag as_coeff_Mul conjugate round numerator denominator p q
    has expand_trig rewrite xreplace is_constant equals degree coeffs all_coeffs
    as_expr LC nroots real_roots all_roots det inv T transpose rank trace rref eigenvals
    eigenvects nullspace columnspace charpoly dot cross norm shape rows cols row col tolist
    applyfunc adjugate jacobian LUsolve start end left right measure inf sup contains union
    intersect complement is_subset is_empty variables expr function name nsimplify ratsimp
    radsimp is_Integer is_Rational is_Number is_Symbol is_infinite
    eval terms monoms coeff_monomial gens quo rem div gcd discriminant ground_roots
    is_irreducible
    as_coefficients_dict as_ordered_terms as_poly as_set as_base_exp leadterm expand_complex
    powsimp logcombine limit_denominator boundary interior closure is_open is_closed
    is_superset is_disjoint intersection H C echelon_form diagonalize is_diagonalizable
    jordan_form singular_values QRdecomposition LUdecomposition rowspace cofactor minor
    is_symmetric is_square row_join col_join reshape hstack vstack copy multiply add pinv exp
    row_insert col_insert row_del col_del row_swap is_invertible adjoint
    x y z area perimeter distance slope midpoint length center radius circumference circumcenter
    circumradius circumcircle incenter inradius incircle centroid vertices sides angles altitudes
    medians orthocenter points p1 p2 equation coefficients is_parallel is_perpendicular
    parallel_line perpendicular_line perpendicular_segment perpendicular_bisector angle_between
    projection translate rotate scale reflect encloses_point tangent_lines is_tangent
    is_right is_equilateral is_isosceles is_scalene is_similar is_collinear foci
    eccentricity major minor focus directrix vertex is_convex coordinates direction
    exprs atoms is_Add is_Mul is_Pow base
    """)
"""Attributes of SymPy objects."""

_LIST = words("append extend insert pop remove reverse sort index count copy clear")
_DICT = words("keys values items get pop popitem update setdefault copy clear")
_SET = words("""
    add discard remove pop clear copy update union intersection difference issubset issuperset
    symmetric_difference isdisjoint intersection_update difference_update
    """)
_DATE = words("year month day weekday isoweekday isoformat isocalendar toordinal replace")

PYTHON_METHODS: dict[type, frozenset[str]] = {
    list: _LIST,
    deque: _LIST | words("appendleft popleft extendleft rotate"),
    tuple: words("index count"),
    dict: _DICT,
    OrderedDict: _DICT | {"move_to_end"},
    defaultdict: _DICT,
    Counter: _DICT | words("most_common elements subtract total"),
    set: _SET,
    frozenset: words("union intersection difference issubset issuperset isdisjoint"),
    str: words("""
        join split rsplit strip lstrip rstrip upper lower title capitalize swapcase replace
        startswith endswith count find rfind index zfill ljust rjust center isdigit isalpha
        isalnum isnumeric isdecimal isupper islower isspace splitlines partition
        """),
    date: _DATE,
    datetime: _DATE | words("hour minute second microsecond date"),
    timedelta: words("days seconds microseconds"),
    time.struct_time: words("tm_year tm_mon tm_mday tm_wday tm_yday tm_hour tm_min tm_sec"),
    type(date.min.isocalendar()): words("year week weekday"),
}
"""Attributes of Python's own values, as they are."""

OUR_METHODS = words("""
    format strftime timetuple total_seconds real imag sqrt quantize as_integer_ratio
    bit_length bit_count ln log10 normalize years months
    """)
"""Attributes that are functions of ours; `attributes` has them by type."""

CLASS_MEMBERS: dict[str, frozenset[str]] = {
    "Interval": words("open Lopen Ropen"),
    "Matrix": words("eye zeros ones diag hstack vstack"),
    "Poly": words("from_list"),
}
"""What SymPy's own classes may be asked for."""

METHODS = SYMPY_METHODS.union(OUR_METHODS, *PYTHON_METHODS.values(), *CLASS_MEMBERS.values())
"""Every name that may follow a dot, whatever stands before it."""
