"""A value as nested lists of plain JSON, and back.

The child writes the form, the parent reads it. Reading never evaluates: objects are built from
an allowlist of classes with their arguments as they are, so a hostile form costs no more than
its own size.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from ..errors import EvaluationError
from .language.names import words

_MAX_NODES = 20_000
_MAX_DEPTH = 150

_CLASSES = words("""
    Add Mul Pow exp log sin cos tan cot sec csc asin acos atan acot asec acsc atan2 sinh cosh
    tanh coth sech csch asinh acosh atanh acoth Abs sign re im arg conjugate floor ceiling frac
    factorial factorial2 gamma loggamma lowergamma uppergamma polygamma digamma beta zeta polylog
    binomial fibonacci lucas harmonic bernoulli erf erfc erfi Ei Si Ci Shi Chi li expint
    fresnels fresnelc LambertW besselj bessely besseli besselk airyai airybi hyper meijerg
    elliptic_k elliptic_e elliptic_f DiracDelta Heaviside Mod Max Min Piecewise ExprCondPair
    Equality Unequality StrictLessThan LessThan StrictGreaterThan GreaterThan And Or Not
    Derivative Integral Sum Product Limit Order Subs Tuple Lambda Interval Union Intersection
    Complement FiniteSet ConditionSet ImageSet ProductSet Range
    """)
_SINGLETONS = {
    "Pi": "Pi", "Exp1": "Exp1", "ImaginaryUnit": "ImaginaryUnit", "Infinity": "Infinity",
    "NegativeInfinity": "NegativeInfinity", "ComplexInfinity": "ComplexInfinity", "NaN": "NaN",
    "GoldenRatio": "GoldenRatio", "EulerGamma": "EulerGamma", "Catalan": "Catalan",
    "BooleanTrue": "true", "BooleanFalse": "false", "Reals": "Reals", "Integers": "Integers",
    "Naturals": "Naturals", "Naturals0": "Naturals0", "Rationals": "Rationals",
    "Complexes": "Complexes", "EmptySet": "EmptySet", "UniversalSet": "UniversalSet",
    "TribonacciConstant": "TribonacciConstant",
}  # fmt: skip
_ASSUMPTIONS = words(
    "real positive negative nonnegative nonpositive nonzero zero integer rational irrational "
    "complex imaginary finite even odd prime commutative"
)
_TIMES: dict[str, Callable[..., Any]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "timedelta": timedelta,
}
_CONTAINERS: dict[str, Callable[[list[Any]], Any]] = {"list": list, "tuple": tuple, "set": set}


class TooLarge(Exception):
    """The value has no form: it is too large, or of a class that has none."""


def encode(value: Any) -> Any:
    """The form of a value.

    Raises:
        TooLarge: it has none.
    """
    return _Encoder().encode(value, 0)


class _Encoder:
    def __init__(self) -> None:
        self.nodes = 0

    def encode(self, value: Any, depth: int) -> Any:
        self.nodes += 1
        if self.nodes > _MAX_NODES or depth > _MAX_DEPTH:
            raise TooLarge
        if value is None or isinstance(value, bool | str):
            return value
        if isinstance(value, int):
            return ["int", hex(value)]
        if isinstance(value, list | tuple | set):
            return [type(value).__name__, *self._all(value, depth)]
        if isinstance(value, frozenset):
            return ["set", *self._all(value, depth)]
        if isinstance(value, date):
            return [type(value).__name__, value.isoformat()]
        if isinstance(value, timedelta):
            return ["timedelta", value.days, value.seconds, value.microseconds]
        if isinstance(value, dict):
            return ["dict", *self._all([part for item in value.items() for part in item], depth)]
        return self._sympy(value, depth)

    def _all(self, values: Any, depth: int) -> list[Any]:
        return [self.encode(value, depth + 1) for value in values]

    def _sympy(self, value: Any, depth: int) -> Any:
        import sympy

        name = type(value).__name__
        if isinstance(value, sympy.MatrixBase):
            return ["Matrix", value.rows, value.cols, *self._all(list(value.flat()), depth)]
        if isinstance(value, sympy.Poly):
            return self._sympy(value.as_expr(), depth)
        if isinstance(value, sympy.Rational):
            return ["Rational", hex(int(value.p)), hex(int(value.q))]
        if isinstance(value, sympy.Float):
            sign, mantissa, exponent, _ = value._mpf_
            return ["Float", int(sign), hex(int(mantissa)), int(exponent), int(value._prec)]
        if isinstance(value, sympy.Symbol):
            flags = {k: v for k, v in value._assumptions_orig.items() if k in _ASSUMPTIONS}
            index = [value.dummy_index] if value.is_Dummy else []
            return ["Dummy" if index else "Symbol", value.name, flags, *index]
        if name in _SINGLETONS:
            return [name]
        if isinstance(value, sympy.core.function.AppliedUndef):
            return ["function", name, *self._all(value.args, depth)]
        if name in _CLASSES:
            return [name, *self._all(value.args, depth)]
        raise TooLarge


def decode(form: Any) -> Any:
    """The value of a form; nothing is evaluated.

    Raises:
        EvaluationError: the form is not one that `encode` writes.
    """
    try:
        return _decode(form, 0)
    except EvaluationError:
        raise
    except Exception as error:  # whatever SymPy makes of a damaged form
        raise _damaged() from error


def _damaged() -> EvaluationError:
    return EvaluationError("The value came back damaged.", "Run the program again.")


def _decode(form: Any, depth: int) -> Any:
    if isinstance(form, str):
        return form.encode("utf-8", "replace").decode()  # halves of characters harm who prints
    if form is None or isinstance(form, bool):
        return form
    if not isinstance(form, list) or not form or depth > _MAX_DEPTH + 1:
        raise _damaged()
    name, *rest = form
    if name == "int":
        return int(rest[0], 16)
    if name in ("Rational", "Float", "Symbol", "Dummy"):
        return _atom(name, rest)
    if name in _TIMES:
        return _TIMES[name](*rest)
    if name == "Matrix":
        import sympy

        return sympy.Matrix(int(rest[0]), int(rest[1]), _decode_all(rest[2:], depth))
    if name == "function":
        import sympy

        return _build(sympy.Function(_symbol_name(rest[0])), _decode_all(rest[1:], depth))
    arguments = _decode_all(rest, depth)
    if name == "dict":
        return dict(zip(arguments[::2], arguments[1::2], strict=True))
    if name in _CONTAINERS:
        return _CONTAINERS[name](arguments)
    return _sympy_object(name, arguments)


def _decode_all(forms: list[Any], depth: int) -> list[Any]:
    return [_decode(form, depth + 1) for form in forms]


def _symbol_name(name: Any) -> str:
    if not isinstance(name, str) or len(name) > 40 or not name.isprintable():
        raise _damaged()
    return name


def _atom(name: str, rest: list[Any]) -> Any:
    import sympy

    if name == "Rational":
        return sympy.Rational(int(rest[0], 16), int(rest[1], 16))
    if name == "Float":
        sign, mantissa, exponent, precision = rest
        if not 1 <= precision <= 100_000:
            raise _damaged()
        digits = int(mantissa, 16)
        return sympy.Float._new((sign, digits, exponent, digits.bit_length()), precision)
    flags = {k: bool(v) for k, v in rest[1].items() if k in _ASSUMPTIONS}
    if name == "Dummy":
        return sympy.Dummy(_symbol_name(rest[0]), dummy_index=int(rest[2]), **flags)
    return sympy.Symbol(_symbol_name(rest[0]), **flags)


def _sympy_object(name: str, arguments: list[Any]) -> Any:
    import sympy
    from sympy.functions.elementary.piecewise import ExprCondPair

    if name in _SINGLETONS:
        return getattr(sympy.S, _SINGLETONS[name])
    if name not in _CLASSES or not all(isinstance(arg, sympy.Basic) for arg in arguments):
        raise _damaged()
    return _build(ExprCondPair if name == "ExprCondPair" else getattr(sympy, name), arguments)


def _build(kind: Any, arguments: list[Any]) -> Any:
    """An object of this class with these arguments, as the class itself would make it if it
    found nothing to simplify."""
    import sympy

    if issubclass(kind, sympy.FiniteSet):
        return kind(*arguments, evaluate=False)
    built = sympy.Basic.__new__(kind, *arguments)
    commutes = all(getattr(argument, "is_commutative", True) for argument in arguments)
    for slot, value in (("is_commutative", commutes), ("_argset", frozenset(arguments))):
        if any(slot in getattr(base, "__slots__", ()) for base in kind.__mro__) or (
            slot == "_argset" and issubclass(kind, sympy.core.operations.LatticeOp)
        ):
            setattr(built, slot, value)
    return built
