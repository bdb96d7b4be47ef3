"""Questions of physics, finance and everyday life, as short scripts without a function."""

PROGRAMS: list[tuple[str, str]] = [
    ("result = 2 * 5\nresult = result ** 0.8\nresult = result / 2\nprint(f'{result:.4f}')",
     "3.1548"),
    ("27 ** 0.24", "27**(6/25)"),
    ("age = 25\npower = age ** 0.43\nround(power, 4)", "3.9913"),
    ("distance = 384400  # km\nspeed_of_light = 299792.458\n"
     "result = round(distance / speed_of_light, 3)", "1.282"),
    ("from math import radians, sin\nv, g = 20, 9.81\nreach = v**2 * sin(radians(2 * 45)) / g\n"
     "print(round(reach, 2))", "40.77"),
    ("mass, c = 0.001, 299792458\nenergy = mass * c**2\nprint(f'{energy:.3e} J')", "8.988e+13 J"),
    ("weight, height = 70, 1.75\nbmi = weight / height ** 2\nprint('BMI:', round(bmi, 1))",
     "BMI: 22.9"),
    ("P, r, n = 200000, 0.04 / 12, 360\npayment = P * r / (1 - (1 + r) ** -n)\n"
     "print(f'{payment:.2f}')", "954.83"),
    ("cost = 80\nmarkup = 25\nselling = cost * (100 + markup) / 100\n"
     "discounted = selling * 90 / 100\nprofit = discounted - cost\nprofit", "10"),
    ("from sympy import symbols, solve\nx = symbols('x')\n"
     "# twice a number plus 7 is three times the number minus 5\nsolve(2*x + 7 - (3*x - 5), x)[0]",
     "12"),
    ("from sympy import symbols, Eq, solve\nf, s = symbols('father son')\n"
     "sol = solve([Eq(f, 3*s), Eq(f + 12, 2*(s + 12))])\nsol[f]", "36"),
    ("pipe_a, pipe_b = 1/6, 1/4\nhours = 1 / (pipe_a + pipe_b)\nhours", "12/5"),
    ("train = 120\ntime_gap = 1.5\nsecond = 180\nmeeting = train * time_gap / (second - train)\n"
     "meeting", "3"),
    ("litres = 20\nacid = 0.3 * litres\n# add x litres of water to get 20%\n"
     "x = acid / 0.2 - litres\nx", "10"),
    ("old, new = 80, 92\nincrease = (new - old) / old * 100\nprint('{:.0f}%'.format(increase))",
     "15%"),
    ("import math\ndoubling = math.log(2) / math.log(1.08)\nprint(math.ceil(doubling))", "10"),
    ("import math\nph = -math.log10(0.001)\nph", "3"),
    ("import math\ndb = 10 * math.log10(1000)\ndb", "30"),
    ("resistors = [4, 6, 12]\n1 / sum(1 / r for r in resistors)", "2"),
    ("k = 8.99e9\nq1, q2, r = 2e-6, 3e-6, 0.3\nforce = k * q1 * q2 / r**2\nround(force, 4)",
     "0.5993"),
    ("celsius = -40\nfahrenheit = celsius * 1.8 + 32\nfahrenheit == celsius", "True"),
    ("angle = 7.5 * 30 - 30 * 6  # clock at 7:30\nangle", "45"),
    ("chickens, rabbits = sorted([23, 12], reverse=True)\nlegs = chickens * 2 + rabbits * 4\nlegs",
     "94"),
    ("total = 360\nparts = {'a': 2, 'b': 3, 'c': 4}\nunit = total / sum(parts.values())\n"
     "{name: unit * share for name, share in parts.items()}", "{'a': 80, 'b': 120, 'c': 160}"),
    ("income = 48000\ntax = 0\nbrackets = [(10000, 0.0), (20000, 0.1), (float('inf'), 0.2)]\n"
     "for size, rate in brackets:\n    part = min(income, size)\n    tax += part * rate\n"
     "    income -= part\n    if income <= 0:\n        break\ntax", "5600"),
    ("speed_kmh = 90\nspeed_ms = speed_kmh * 1000 / 3600\nbraking = speed_ms ** 2 / (2 * 5)\n"
     "(speed_ms, braking)", "(25, 125/2)"),
    ("a1, q, n = 3, 2, 8\ns = a1 * (q**n - 1) / (q - 1)\ns", "765"),
    ("ladder, wall = 13, 12\nimport math\nfoot = math.sqrt(ladder**2 - wall**2)\n"
     "assert foot.is_integer()\nint(foot)", "5"),
    ("bacteria = 500\nhours = 6\nresult = bacteria * 2 ** (hours * 60 // 20)", "131072000"),
    ("usd = 150\nrate = 0.92\nfee = 0.015\neur = usd * rate * (1 - fee)\nprint('%.2f EUR' % eur)",
     "135.93 EUR"),
    ("sides = 8\ninterior = (sides - 2) * 180 / sides\ndiagonals = sides * (sides - 3) // 2\n"
     "interior, diagonals", "(135, 20)"),
    ("apples = 3.5\nprice = 2.40\npaid = 10\nchange = paid - apples * price\nchange", "1.6"),
    ("e = 2.5e3\nresult = e / 1e2 + 1e-1", "25.1"),
    ("complex(3, 4) * complex(1, -2)", "11 - 2*I"),
    ("z = 3 + 4j\nprint(abs(z), z.real, z.imag, z.conjugate())", "5 3 4 3 - 4*I"),
    ("import cmath\nroots = [cmath.sqrt(-16), cmath.phase(-1)]\nroots", "[4*I, pi]"),
    ("import math\n"
     "values = [math.floor(-2.5), math.ceil(-2.5), math.trunc(-2.5), round(-2.5), int(-2.5)]\n"
     "values", "[-3, -2, -2, -2, -2]"),
    ("import math\n"
     "(math.isclose(0.1 + 0.2, 0.3), math.copysign(3, -0.5), math.fmod(-7, 3), math.exp2(5))",
     "(True, -3, -1, 32)"),
    ("8 ** (1/3), 2 ** 0.5, 16 ** 0.25, 8 ** 0.5", "(2, sqrt(2), 2, 2*sqrt(2))"),
    ("27 ** 0.24 == 3 ** 0.72, 27 ** 0.24 - 3 ** 0.72", "(True, 0)"),
]  # fmt: skip
