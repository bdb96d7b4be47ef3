"""Short SymPy sessions: algebra and calculus."""

PROGRAMS: list[tuple[str, str]] = [
    ("from sympy import *\nx = symbols('x')\nsolve(x**2 - 5*x + 6, x)", "[2, 3]"),
    ("import sympy as sp\nx, y = sp.symbols('x y')\n"
     "sol = sp.solve([sp.Eq(2*x + y, 7), sp.Eq(x - y, 2)], (x, y))\nprint(sol[x], sol[y])", "3 1"),
    ("from sympy import symbols, diff, sin\nx = symbols('x')\nprint(diff(sin(x)*x**2, x))",
     "x**2*cos(x) + 2*x*sin(x)"),
    ("from sympy import *\nx = Symbol('x')\nintegrate(x**2, (x, 0, 3))", "9"),
    ("from sympy import *\nx = symbols('x')\nresult = integrate(exp(-x**2), (x, -oo, oo))",
     "sqrt(pi)"),
    ("from sympy import limit, Symbol, oo\nn = Symbol('n')\nlimit((1 + 1/n)**n, n, oo)", "E"),
    ("from sympy import *\nx = symbols('x')\nexpr = (x**2 - 1)/(x - 1)\nsimplify(expr)", "x + 1"),
    ("from sympy import factor\nfrom sympy.abc import x, y\nfactor(x**3 - y**3)",
     "(x - y)*(x**2 + x*y + y**2)"),
    ("import sympy\nx = sympy.Symbol('x')\nsympy.series(sympy.cos(x), x, 0, 6)",
     "1 - x**2/2 + x**4/24 + O(x**6)"),
    ("from sympy import *\nx = symbols('x')\napart((3*x + 5)/(x**2 - 1), x)",
     "-1/(x + 1) + 4/(x - 1)"),
    ("from sympy import *\nx = symbols('x', real=True)\n"
     "critical = solve(diff(x**3 - 3*x, x), x)\n[(c, (x**3 - 3*x).subs(x, c)) for c in critical]",
     "[(-1, 2), (1, -2)]"),
    ("from sympy import nsolve, cos, Symbol\nx = Symbol('x')\n"
     "print(f'{nsolve(cos(x) - x, x, 1):.6f}')", "0.739085"),
    ("from sympy import *\nx, y = symbols('x y')\n"
     "s = nsolve((x**2 + y**2 - 25, x - y + 1), (x, y), (2, 3))\nprint([round(v, 6) for v in s])",
     "[3, 4]"),
    ("from sympy import *\nx = symbols('x')\nreduce_inequalities([x**2 - 4 <= 0, x > 0], x)",
     "(x <= 2) & (0 < x)"),
    ("from sympy import *\nx = symbols('x')\n"
     "solve_univariate_inequality(x**2 - 5*x + 6 < 0, x, relational=False)", "Interval.open(2, 3)"),
    ("from sympy import *\nn = symbols('n', integer=True)\ny = Function('y')\n"
     "rsolve(y(n) - 2*y(n - 1), y(n), {y(0): 3})", "3*2**n"),
    ("from sympy import Function, dsolve, Eq, symbols\nt = symbols('t')\ny = Function('y')\n"
     "sol = dsolve(Eq(y(t).diff(t), -2*y(t)), y(t), ics={y(0): 5})\nprint(sol.rhs)", "5*exp(-2*t)"),
    ("from sympy import *\nx = symbols('x')\nPoly(x**4 - 3*x**2 + 2, x).all_coeffs()",
     "[1, 0, -3, 0, 2]"),
    ("from sympy import *\nx = symbols('x')\nq, r = div(x**3 - 2*x + 5, x - 1, x)\n"
     "print(q, '|', r)", "x**2 + x - 1 | 4"),
    ("from sympy import *\nx = symbols('x')\np = Poly(x**3 - 6*x**2 + 11*x - 6)\n"
     "print(p.degree(), p.LC(), p.eval(4), roots(p))", "3 1 6 {3: 1, 2: 1, 1: 1}"),
    ("from sympy import *\nx, a = symbols('x a')\nsolve(a*x**2 - 1, x)", "[-sqrt(1/a), sqrt(1/a)]"),
    ("import sympy as sp\nx = sp.symbols('x')\nf = sp.Lambda(x, x**2 + 1)\nf(3) + f(sp.sqrt(2))",
     "13"),
    ("from sympy import *\nx = symbols('x')\n"
     "laplace_transform(exp(-3*x), x, symbols('s'), noconds=True)", "1/(s + 3)"),
    ("from sympy import *\ns, t = symbols('s t', positive=True)\n"
     "inverse_laplace_transform(1/s**2, s, t)", "t"),
    ("from sympy import *\nx, k = symbols('x k')\nfourier_transform(exp(-x**2), x, k)",
     "sqrt(pi)*exp(-pi**2*k**2)"),
    ("from sympy import *\nk, n = symbols('k n')\nfactor(summation(k**2, (k, 1, n)))",
     "n*(n + 1)*(2*n + 1)/6"),
    ("from sympy import *\nk = symbols('k')\nSum(1/2**k, (k, 0, oo)).doit()", "2"),
    ("from sympy import *\nk = symbols('k')\nProduct(k, (k, 1, 6)).doit()", "720"),
    ("from sympy import *\nx = symbols('x')\nIntegral(x*sin(x), x).doit()", "-x*cos(x) + sin(x)"),
    ("from sympy import *\nx, y = symbols('x y')\nintegrate(integrate(x*y, (x, 0, 2)), (y, 0, 1))",
     "1"),
    ("from sympy import *\nx, y, z = symbols('x y z')\nf = x**2*y + z\n"
     "[f.diff(v) for v in (x, y, z)]", "[2*x*y, x**2, 1]"),
    ("from sympy import *\nx, y = symbols('x y')\nhessian(x**2 + x*y + y**2, (x, y)).det()", "3"),
    ("from sympy import symbols, idiff\nx, y = symbols('x y')\nidiff(x**2 + y**2 - 4, y, x)",
     "-x/y"),
    ("from sympy import *\ntrigsimp(2*sin(x)*cos(x))", "sin(2*x)"),
    ("from sympy import *\nexpand_trig(sin(x + y))", "sin(x)*cos(y) + sin(y)*cos(x)"),
    ("from sympy import *\nsin(pi/3) + cos(pi/6)", "sqrt(3)"),
    ("from sympy import *\nnsimplify(0.333333333333333, rational=True, tolerance=0.001)", "1/3"),
    ("from sympy import log, exp, simplify\nsimplify(log(exp(5)))", "5"),
    ("from sympy import *\nx = symbols('x', positive=True)\nexpand_log(log(x**2*3))",
     "2*log(x) + log(3)"),
    ("from sympy import *\nx = symbols('x')\nsolveset(exp(x) - 1, x, domain=S.Reals)", "{0}"),
    ("from sympy import *\nx, y = symbols('x y')\nlinsolve([x + y - 6, x - 2*y], (x, y))",
     "{(4, 2)}"),
    ("from sympy import *\nx, y = symbols('x y')\nnonlinsolve([x*y - 6, x - y - 1], [x, y])",
     "{(-2, -3), (3, 2)}"),
    ("from sympy import *\nx = symbols('x')\nreal_roots(x**3 - 8)", "[2]"),
    ("from sympy import *\nz = 3 + 4*I\nprint(abs(z), re(z), im(z), conjugate(z))",
     "5 3 4 3 - 4*I"),
    ("from sympy import *\nexpand((1 + I)**8)", "16"),
    ("from sympy import *\narg(1 + I)", "pi/4"),
    ("from sympy import Piecewise, symbols\nx = symbols('x')\n"
     "f = Piecewise((x**2, x < 1), (2*x, True))\nf.subs(x, 0) + f.subs(x, 3)", "6"),
    ("from sympy import *\nx = symbols('x')\nminimum(x**2 - 4*x + 7, x)", "3"),
    ("from sympy import *\nx = symbols('x')\nstationary_points(x**3 - 12*x, x)", "{-2, 2}"),
    ("from sympy import *\nx = symbols('x')\nperiodicity(sin(3*x), x)", "2*pi/3"),
    ("from sympy.calculus.util import continuous_domain\nfrom sympy import *\nx = symbols('x')\n"
     "continuous_domain(sqrt(x - 2), x, S.Reals)", "Interval(2, oo)"),
    ("from sympy import *\nx = symbols('x')\nresidue(1/(x**2 + 1), x, I)", "-I/2"),
    ("from sympy import *\ninterpolate([(0, 1), (1, 2), (2, 5)], x)", "x**2 + 1"),
    ("from sympy import *\nx = symbols('x')\nminimal_polynomial(sqrt(2) + sqrt(3), x)",
     "x**4 - 10*x**2 + 1"),
    ("from sympy import *\nresultant(x**2 - 1, x - 3, x) + discriminant(x**2 - 5, x)", "28"),
    ("from sympy import *\nx, y = symbols('x y')\n"
     "list(groebner([x + y - 3, x - y - 1], x, y).exprs)", "[x - 2, y - 1]"),
    ("from sympy import *\nInterval(0, 5).intersect(Interval(3, 8)).measure", "2"),
    ("from sympy import *\nA = FiniteSet(1, 2, 3)\nB = FiniteSet(3, 4)\n"
     "print(A | B, A & B, A - B)", "{1, 2, 3, 4} {3} {1, 2}"),
    ("from sympy import sqrt, Rational\nx = sqrt(Rational(9, 16)) + Rational('0.25')\nx == 1",
     "True"),
    ("from sympy import *\nN(pi, 20)", "3.1415926535897932385"),
    ("from sympy import *\nsqrt(2).evalf(10)", "1.414213562"),
    ("from sympy import sqrtdenest, sqrt\nsqrtdenest(sqrt(5 + 2*sqrt(6)))", "sqrt(2) + sqrt(3)"),
    ("from sympy import *\nradsimp(1/(sqrt(3) - 1))", "(1 + sqrt(3))/2"),
    ("from sympy import *\nx = symbols('x')\ntogether(1/x + 1/(x + 1))", "(2*x + 1)/(x*(x + 1))"),
    ("from sympy import *\nx = symbols('x')\nn, d = fraction(cancel((x**2 - 4)/(x**2 - 2*x)))\n"
     "print(n, d)", "x + 2 x"),
    ("from sympy import *\nx = symbols('x')\nexpr = 3*x**2 + 2*x + 7\n"
     "print(expr.coeff(x, 2), expr.coeff(x), expr.subs({x: -1}), expr.free_symbols)", "3 2 8 {x}"),
    ("from sympy import *\nx = symbols('x')\nsol = solve(Eq(2**x, 32), x)\nsol[0]", "5"),
    ("from sympy import *\nx = symbols('x')\nsolve(x**2 + 1 == 5*x - 5, x)", "[2, 3]"),
    ("from sympy import *\nx = symbols('x', real=True)\nsolve(abs(x - 3) - 2, x)", "[1, 5]"),
]  # fmt: skip
