"""Loops: bounded searches, iterations to a limit, simulations without chance."""

PROGRAMS: list[tuple[str, str]] = [
    ("total = 0\nfor n in range(1, 11):\n    total += n**2\nprint(total)", "385"),
    ("n = 1\nwhile n < 1000:\n    n *= 2\nn", "1024"),
    ("count = 0\nfor a in range(1, 50):\n    for b in range(a, 50):\n"
     "        c = (a*a + b*b)**0.5\n        if c == int(c) and c < 50:\n            count += 1\n"
     "count", "18"),
    ("for a in range(1, 1000):\n    for b in range(a + 1, 1000 - a):\n        c = 1000 - a - b\n"
     "        if b < c and a*a + b*b == c*c:\n            result = a * b * c\n            break\n"
     "    else:\n        continue\n    break", "31875000"),
    ("money = 1000\nyear = 0\nwhile money < 2000:\n    money *= 1.07\n    year += 1\nprint(year)",
     "11"),
    ("x = 1.0\nfor i in range(6):\n    x = x - (x*x - 2) / (2*x)\nprint(f'{x:.10f}')",
     "1.4142135624"),
    ("def newton(f, df, x, tol=1e-12):\n    while abs(f(x)) > tol:\n"
     "        x = x - f(x) / df(x)\n    return x\n"
     "root = newton(lambda v: v**3 - v - 1, lambda v: 3*v**2 - 1, 1.5)\nprint(round(root, 8))",
     "1.32471796"),
    ("lo, hi = 0, 2\nfor _ in range(60):\n    mid = (lo + hi) / 2\n    if mid**2 < 3:\n"
     "        lo = mid\n    else:\n        hi = mid\nprint(f'{lo:.9f}')", "1.732050808"),
    ("x = 0.5\nfor _ in range(100):\n    x = math.cos(x)\nprint(round(x, 6))", "0.739085"),
    ("x = 100.0\nfor _ in range(1000):\n    x = x * 1.05\nprint(f'{x:.4e}')", "1.5463e+23"),
    ("x = 0.2\nfor _ in range(25):\n    x = 3.2 * x * (1 - x)\nprint(0 < x < 1)", "True"),
    ("s = 0\nk = 0\nterm = 1\nwhile term > 1e-15:\n    s += term\n    k += 1\n"
     "    term = term / k\nprint(round(s, 9))", "2.718281828"),
    ("pi_estimate = 0\nfor k in range(1000):\n    pi_estimate += (-1)**k * 4 / (2*k + 1)\n"
     "print(f'{pi_estimate:.3f}')", "3.141"),
    ("def integrate_rule(f, a, b, n):\n    h = (b - a) / n\n"
     "    return h * (f(a)/2 + sum(f(a + i*h) for i in range(1, n)) + f(b)/2)\n"
     "integrate_rule(lambda t: t**2, 0, 3, 6)", "73/8"),
    ("y = 1\nt = 0\nh = 0.1\nwhile t < 1:\n    y = y + h * y\n    t = t + h\nprint(round(y, 6))",
     "2.593742"),
    ("numbers = [4, 8, 15, 16, 23, 42]\neven_sum = 0\nfor number in numbers:\n"
     "    if number % 2:\n        continue\n    even_sum += number\neven_sum", "70"),
    ("h = 64\nbounces = 0\ntravelled = h\nwhile h > 1:\n    h /= 2\n    travelled += 2 * h\n"
     "    bounces += 1\n(bounces, travelled)", "(6, 190)"),
    ("a, b = 0, 1\nwhile len(str(b)) < 20:\n    a, b = b, a + b\nb", "12200160415121876738"),
    ("grid = [[0] * 3 for _ in range(3)]\nfor i in range(3):\n    for j in range(3):\n"
     "        grid[i][j] = i * j\nsum(map(sum, grid))", "9"),
    ("doors = [False] * 101\nfor step in range(1, 101):\n"
     "    for door in range(step, 101, step):\n        doors[door] = not doors[door]\n"
     "[d for d in range(101) if doors[d]]", "[1, 4, 9, 16, 25, 36, 49, 64, 81, 100]"),
    ("coins = [1, 2, 5, 10, 20, 50, 100, 200]\nways = [1] + [0] * 200\nfor coin in coins:\n"
     "    for amount in range(coin, 201):\n        ways[amount] += ways[amount - coin]\nways[200]",
     "73682"),
    ("def josephus(n, k):\n    people = list(range(1, n + 1))\n    i = 0\n"
     "    while len(people) > 1:\n        i = (i + k - 1) % len(people)\n        people.pop(i)\n"
     "    return people[0]\njosephus(41, 3)", "31"),
    ("snail = 0\nday = 0\nwhile True:\n    day += 1\n    snail += 3\n    if snail >= 20:\n"
     "        break\n    snail -= 2\nday", "18"),
    ("n = 12345\nreverse = 0\nwhile n > 0:\n    reverse = reverse * 10 + n % 10\n    n //= 10\n"
     "reverse", "54321"),
    ("values = [3, 1, 2]\nvalues.append(5)\nvalues.insert(0, 9)\nvalues.remove(1)\n"
     "values.sort(reverse=True)\nvalues", "[9, 5, 3, 2]"),
    ("stack = [1]\nseen = set()\nwhile stack:\n    n = stack.pop()\n"
     "    if n > 100 or n in seen:\n        continue\n    seen.add(n)\n"
     "    stack.extend([2 * n, 3 * n])\nlen(seen)", "20"),
    ("best = float('inf')\nfor x in range(-10, 11):\n    value = x**2 - 6*x + 1\n"
     "    if value < best:\n        best, where = value, x\nprint(best, where)", "-8 3"),
    ("from collections import deque\nqueue = deque([(0, 0, 0)])\nseen = {(0, 0)}\nwhile queue:\n"
     "    a, b, steps = queue.popleft()\n    if a == 4 or b == 4:\n        print(steps)\n"
     "        break\n    moves = [(5, b), (a, 3), (0, b), (a, 0)]\n    pour = min(a, 3 - b)\n"
     "    moves.append((a - pour, b + pour))\n    pour = min(b, 5 - a)\n"
     "    moves.append((a + pour, b - pour))\n    for m in moves:\n        if m not in seen:\n"
     "            seen.add(m)\n            queue.append((*m, steps + 1))", "6"),
    ("table = {}\nfor i in range(1, 4):\n    for j in range(1, 4):\n        table[i, j] = i * j\n"
     "sum(v for (i, j), v in table.items() if i < j)", "11"),
    ("squares = []\ni = 1\nwhile (square := i * i) <= 50:\n    squares.append(square)\n"
     "    i += 1\nsquares", "[1, 4, 9, 16, 25, 36, 49]"),
    ("words = ['x'] * 3\nfor i, w in enumerate(words):\n    words[i] = w * (i + 1)\n"
     "'-'.join(words)", "x-xx-xxx"),
    ("a = 1\nfor i in range(5, 0, -2):\n    a = a * i\nprint(a)", "15"),
    ("memo = {}\ndef ways(n):\n    if n in memo:\n        return memo[n]\n    if n <= 1:\n"
     "        return 1\n    memo[n] = ways(n - 1) + ways(n - 2)\n    return memo[n]\nways(30)",
     "1346269"),
    ("x = 7\nsteps = []\nwhile x != 1:\n    x = x // 2 if x % 2 == 0 else 3 * x + 1\n"
     "    steps.append(x)\nprint(max(steps), len(steps))", "52 16"),
    ("n = 10\nfor i in range(2):\n    n = n / 4\nelse:\n    n += 1\nn", "13/8"),
]  # fmt: skip
