"""The modules that import lines may name, and what each offers; no program imports anything.

``math``, ``sympy``, ``fractions`` and ``decimal`` share the table of `names`. A smaller module
has its own, because names clash: ``product`` is one thing in ``itertools``, another in SymPy.
"""

from __future__ import annotations

from .names import NAMES, words

SUBMODULES = words("""
    abc ntheory geometry solvers calculus functions integrals series matrices polys sets core
    concrete simplify logic
    """)
"""Parts of SymPy; all of them offer the one table."""

_DEEPER = words("""
    ntheory.modular ntheory.factor_ ntheory.primetest ntheory.residue_ntheory ntheory.generate
    ntheory.continued_fraction ntheory.egyptian_fraction solvers.diophantine
    solvers.inequalities solvers.solveset functions.combinatorial.numbers calculus.util
    calculus.singularities functions.combinatorial.factorials integrals.transforms
    functions.elementary.miscellaneous core.numbers matrices.dense geometry.point
    geometry.line solvers.solvers polys.polytools sets.sets core.symbol
    """)

COMMON = words("math cmath sympy fractions decimal") | {
    f"sympy.{name}" for name in SUBMODULES | _DEEPER
}
"""Modules that share one table."""

DROPPED = words("typing collections.abc numbers")
"""Modules for type hints, which mean nothing here."""

DATE_CLASSES = words("date datetime timedelta")
CLASS_METHODS = words("today now utcnow fromisoformat strptime fromordinal from_iterable")
"""What ``date``, ``datetime`` and ``chain`` may be asked for themselves."""

LIBRARIES: dict[str, frozenset[str]] = {
    "itertools": words("""
        accumulate chain combinations combinations_with_replacement compress count cycle
        dropwhile filterfalse groupby islice pairwise permutations product repeat starmap
        takewhile zip_longest
        """),
    "functools": words("cache lru_cache partial reduce"),
    "collections": words("Counter OrderedDict defaultdict deque"),
    "operator": words("""
        add sub mul truediv floordiv mod pow neg abs eq ne lt le gt ge itemgetter
        """),
    "heapq": words("heapify heappop heappush nlargest nsmallest"),
    "bisect": words("bisect bisect_left bisect_right insort"),
    "string": words("ascii_letters ascii_lowercase ascii_uppercase digits"),
    "statistics": words("""
        StatisticsError correlation covariance fmean geometric_mean harmonic_mean
        mean median median_high median_low mode multimode pstdev pvariance quantiles stdev
        variance
        """),
    "datetime": DATE_CLASSES,
    "dateutil.relativedelta": words("relativedelta"),
    "calendar": words("day_abbr day_name isleap leapdays month_abbr month_name monthrange weekday"),
    "numpy": words("""
        abs absolute arccos arcsin arctan arctan2 cbrt ceil cos cosh cumsum deg2rad degrees dot e
        exp floor gcd inf lcm log log10 log2 max mean median min mod nan pi power prod rad2deg
        radians round sign sin sinh sqrt square std sum tan tanh var
        """),
}
"""Modules with a table of their own."""

DECIMAL = words("""
    getcontext InvalidOperation ROUND_CEILING ROUND_DOWN ROUND_FLOOR ROUND_HALF_DOWN
    ROUND_HALF_EVEN ROUND_HALF_UP ROUND_UP
    """)
"""What ``decimal`` offers beyond the shared table."""

MODULES = COMMON | frozenset(LIBRARIES) | DROPPED
ALIASES = {"sp": "sympy", "np": "numpy"}
"""Names under which modules are known without an import line."""

_CHANCE = "Answers must be the same in every run: write the numbers out, or count all cases."
NO_NUMPY = "Use math or SymPy."
"""For what NumPy has beyond functions of numbers."""
INSTEAD = {
    "random": _CHANCE,
    "secrets": _CHANCE,
    "time": "Answers must be the same in every run: leave the clock out.",
    "scipy": NO_NUMPY,
    "pandas": NO_NUMPY,
    "matplotlib": "Leave drawings out, and print the numbers.",
    "mpmath": "Use SymPy: N(x, 50) gives 50 digits.",
}
"""What to do instead of importing a module that is not there."""


def members(module: str) -> frozenset[str]:
    """The names that a module offers."""
    if module in LIBRARIES:
        return LIBRARIES[module]
    if module == "decimal":
        return NAMES | DECIMAL
    return NAMES | SUBMODULES if module == "sympy" else NAMES
