"""Plane geometry and linear algebra, with SymPy's objects and without."""

PROGRAMS: list[tuple[str, str]] = [
    ("from sympy import Point\nA, B = Point(1, 2), Point(4, 6)\nA.distance(B)", "5"),
    ("from sympy import *\nt = Triangle(Point(0, 0), Point(4, 0), Point(0, 3))\n"
     "print(t.area, t.perimeter, t.inradius, t.circumradius)", "6 12 1 5/2"),
    ("from sympy.geometry import Circle, Point\nc = Circle(Point(0, 0), 5)\n"
     "print(c.area, c.circumference, c.radius)", "25*pi 10*pi 5"),
    ("from sympy import Line, Point\nl = Line(Point(0, 1), Point(2, 5))\nprint(l.slope)", "2"),
    ("from sympy import *\nl1 = Line((0, 0), (1, 1))\nl2 = Line((0, 4), (4, 0))\n"
     "p = l1.intersection(l2)[0]\nprint(p.x, p.y)", "2 2"),
    ("from sympy import Polygon\nabs(Polygon((0, 0), (4, 0), (4, 3), (0, 3)).area)", "12"),
    ("from sympy import Segment, Point\ns = Segment(Point(0, 0), Point(6, 8))\n"
     "print(s.length, s.midpoint)", "10 Point2D(3, 4)"),
    ("from sympy import *\nc = Circle((0, 0), 5)\nl = Line((0, 3), (1, 3))\n"
     "sorted(p.x for p in c.intersection(l))", "[-4, 4]"),
    ("from sympy import *\nLine((0, 0), (3, 4)).distance(Point(5, 0))", "4"),
    ("from sympy import *\nLine((0, 0), (1, 1)).is_perpendicular(Line((0, 1), (1, 0)))", "True"),
    ("from sympy import *\nl1 = Line((0, 0), (1, 0))\nl2 = Line((0, 0), (1, 1))\n"
     "l1.angle_between(l2)", "pi/4"),
    ("def shoelace(points):\n    total = 0\n    for i in range(len(points)):\n"
     "        x1, y1 = points[i]\n        x2, y2 = points[(i + 1) % len(points)]\n"
     "        total += x1 * y2 - x2 * y1\n    return abs(total) / 2\n"
     "shoelace([(0, 0), (5, 0), (6, 4), (2, 7)])", "27"),
    ("import math\ndef heron(a, b, c):\n    s = (a + b + c) / 2\n"
     "    return math.sqrt(s * (s - a) * (s - b) * (s - c))\nheron(13, 14, 15)", "84"),
    ("import math\nangle = math.degrees(math.atan2(1, 1))\nprint(angle)", "45"),
    ("import math\nprint(math.dist((1, 2, 3), (4, 6, 3)), math.hypot(5, 12))", "5 13"),
    ("import math\nr = 3\nsphere = 4 / 3 * math.pi * r ** 3\nprint(f'{sphere:.3f}', sphere)",
     "113.097 36*pi"),
    ("import math\nx, y = 10 * math.cos(math.radians(60)), 10 * math.sin(math.radians(60))\n"
     "(x, y)", "(5, 5*sqrt(3))"),
    ("from sympy import Matrix\nA = Matrix([[2, 1], [1, 3]])\nA.inv()",
     "Matrix([[3/5, -1/5], [-1/5, 2/5]])"),
    ("from sympy import *\nA = Matrix([[4, 1], [2, 3]])\nA.eigenvals()", "{5: 1, 2: 1}"),
    ("from sympy import Matrix\nM = Matrix([[1, 2, 3], [4, 5, 6], [7, 8, 10]])\n"
     "print(M.det(), M.rank(), M.trace())", "-3 3 16"),
    ("from sympy import Matrix\nA = Matrix([[1, 2], [3, 4]])\nb = Matrix([5, 11])\n"
     "x = A.LUsolve(b)\nprint(list(x))", "[1, 2]"),
    ("import sympy as sp\nA = sp.Matrix(2, 2, [1, 1, 1, 0])\nprint((A**10)[0, 1])", "55"),
    ("from sympy import Matrix, eye\nM = Matrix([[2, 0], [0, 3]]) * 2 + eye(2)\nM.tolist()",
     "[[5, 0], [0, 7]]"),
    ("from sympy import Matrix\nu, v = Matrix([1, 2, 3]), Matrix([4, 5, 6])\n"
     "print(u.dot(v), list(u.cross(v)))", "32 [-3, 6, -3]"),
    ("from sympy import Matrix\nMatrix([[1, 2, 3], [2, 4, 6]]).rref()",
     "(Matrix([[1, 2, 3], [0, 0, 0]]), (0,))"),
    ("from sympy import Matrix, symbols\nx = symbols('x')\n"
     "Matrix([[1, 2], [2, 1]]).charpoly(x).as_expr()", "x**2 - 2*x - 3"),
    ("from sympy import Matrix\nMatrix([[1, 2], [2, 4]]).nullspace()[0].T", "Matrix([[-2, 1]])"),
    ("from sympy import *\nx, y = symbols('x y')\nMatrix([x**2*y, x + y]).jacobian([x, y])",
     "Matrix([[2*x*y, x**2], [1, 1]])"),
    ("from sympy import *\nM = Matrix([[3, 4]])\nM.norm()", "5"),
    ("from sympy import *\nP, D = Matrix([[1, 1], [1, -1]]).diagonalize()\nD",
     "Matrix([[-sqrt(2), 0], [0, sqrt(2)]])"),
    ("from sympy import diag, ones, zeros\n(diag(1, 2, 3) + ones(3, 3) - zeros(3, 3)).det()", "17"),
    ("A = [[1, 2], [3, 4]]\ntransposed = [list(row) for row in zip(*A)]\ntransposed",
     "[[1, 3], [2, 4]]"),
    ("def det(m):\n    if len(m) == 1:\n        return m[0][0]\n"
     "    return sum((-1) ** j * m[0][j] * det([row[:j] + row[j + 1:] for row in m[1:]])\n"
     "               for j in range(len(m)))\ndet([[2, 0, 1], [1, 3, 2], [1, 1, 1]])", "0"),
    ("import math\na, b, c = 7, 8, 9\ncos_c = (a**2 + b**2 - c**2) / (2*a*b)\nprint(cos_c)\n"
     "print(f'{math.degrees(math.acos(cos_c)):.2f}')", "2/7\n73.40"),
    ("from sympy import *\nEllipse(Point(0, 0), 5, 3).eccentricity", "4/5"),
]  # fmt: skip
