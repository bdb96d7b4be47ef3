"""Counting: combinations, arrangements, probabilities by enumeration."""

PROGRAMS: list[tuple[str, str]] = [
    ("from itertools import permutations\nlen(list(permutations('ABCD', 2)))", "12"),
    ("from itertools import combinations\n"
     "sum(1 for c in combinations(range(1, 10), 3) if sum(c) == 15)", "8"),
    ("import itertools\nrolls = list(itertools.product(range(1, 7), repeat=2))\n"
     "favourable = [r for r in rolls if sum(r) == 7]\nlen(favourable) / len(rolls)", "1/6"),
    ("from itertools import product\nfrom sympy import *\n"
     "len(list(itertools.product([0, 1], repeat=4)))", "16"),
    ("from sympy import product, symbols\nk = symbols('k')\nproduct(k, (k, 1, 5))", "120"),
    ("from itertools import combinations_with_replacement as cwr\nlen(list(cwr('abc', 2)))", "6"),
    ("from itertools import accumulate\nlist(accumulate([1, 2, 3, 4]))", "[1, 3, 6, 10]"),
    ("import itertools, operator\nlist(itertools.accumulate([1, 2, 3, 4], operator.mul))",
     "[1, 2, 6, 24]"),
    ("from itertools import chain\nsum(chain([1, 2], [3], range(4, 6)))", "15"),
    ("import itertools\nlist(itertools.chain.from_iterable([[1, 2], [3]]))", "[1, 2, 3]"),
    ("from itertools import count, islice, takewhile\nsquares = (n * n for n in count(1))\n"
     "print(list(islice(squares, 4)), sum(takewhile(lambda v: v < 50, (n * n for n in "
     "count(1)))))", "[1, 4, 9, 16] 140"),
    ("from itertools import groupby\n''.join(f'{len(list(g))}{k}' for k, g in groupby('aaabcc'))",
     "3a1b2c"),
    ("from itertools import pairwise, zip_longest\n"
     "print(max(b - a for a, b in pairwise([1, 4, 9, 11])), list(zip_longest([1, 2], [3], "
     "fillvalue=0)))", "5 [(1, 3), (2, 0)]"),
    ("from itertools import cycle\ncolors = cycle(['red', 'green'])\nfor _ in range(5):\n"
     "    color = next(colors)\ncolor", "red"),
    ("from functools import reduce\nreduce(lambda a, b: a * b, [1, 2, 3, 4, 5])", "120"),
    ("from functools import reduce\nimport math\nreduce(math.gcd, [48, 180, 84])", "12"),
    ("from functools import partial\ncube = partial(pow, exp=3)\nsquare = lambda n: pow(n, 2)\n"
     "cube(2) + square(3)", "17"),
    ("import functools\n\n@functools.cache\ndef paths(r, c):\n    if r == 0 or c == 0:\n"
     "        return 1\n    return paths(r - 1, c) + paths(r, c - 1)\npaths(20, 20)",
     "137846528820"),
    ("from collections import Counter\nc = Counter('mississippi')\n"
     "print(c['s'], c.most_common(1))", "4 [('i', 4)]"),
    ("from collections import Counter\nfrom math import factorial\nword = 'BANANA'\n"
     "ways = factorial(len(word))\nfor n in Counter(word).values():\n    ways //= factorial(n)\n"
     "ways", "60"),
    ("from collections import defaultdict\ngroups = defaultdict(list)\nfor n in range(1, 11):\n"
     "    groups[n % 3].append(n)\nsorted(groups.items())",
     "[(0, [3, 6, 9]), (1, [1, 4, 7, 10]), (2, [2, 5, 8])]"),
    ("from collections import defaultdict\nways = defaultdict(int)\nways[0] = 1\n"
     "for die in range(3):\n    new = defaultdict(int)\n    for total, n in ways.items():\n"
     "        for face in range(1, 7):\n            new[total + face] += n\n    ways = new\n"
     "ways[10]", "27"),
    ("from math import comb, perm, factorial\ncomb(10, 3), perm(10, 3), factorial(6)",
     "(120, 720, 720)"),
    ("from sympy import binomial, subfactorial\nsubfactorial(5) / factorial(5) + binomial(4, 2)",
     "191/30"),
    ("def derangements(n):\n    from itertools import permutations\n"
     "    return sum(all(i != p for i, p in enumerate(q)) for q in permutations(range(n)))\n"
     "derangements(5)", "44"),
    ("from fractions import Fraction\np = Fraction(1)\nfor i in range(23):\n"
     "    p *= Fraction(365 - i, 365)\nprint(round(float(1 - p), 4))", "0.5073"),
    ("n, p = 10, 0.3\nfrom math import comb\n"
     "prob = sum(comb(n, k) * p**k * (1 - p)**(n - k) for k in range(3))\nround(prob, 4)",
     "0.3828"),
    ("sensitivity, specificity, prevalence = 0.99, 0.95, 0.01\n"
     "positive = sensitivity * prevalence + (1 - specificity) * (1 - prevalence)\n"
     "posterior = sensitivity * prevalence / positive\nprint(posterior)", "1/6"),
    ("expected = sum(x * p for x, p in [(0, 0.5), (10, 0.3), (50, 0.2)])\nexpected", "13"),
    ("from itertools import permutations\ndef send_more():\n"
     "    for t, w, o, f, u, r in permutations(range(1, 10), 6):\n"
     "        if 2 * (100*t + 10*w + o) == 1000*f + 100*o + 10*u + r:\n"
     "            return (100*t + 10*w + o)\nsend_more()", "734"),
    ("subsets = [[]]\nfor item in [1, 2, 3]:\n    subsets += [s + [item] for s in subsets]\n"
     "len(subsets), subsets[-1]", "(8, [1, 2, 3])"),
    ("def partitions(n, largest):\n    if n == 0:\n        return 1\n"
     "    if n < 0 or largest == 0:\n        return 0\n"
     "    return partitions(n, largest - 1) + partitions(n - largest, largest)\n"
     "partitions(10, 10)", "42"),
    ("def queens(n, row=0, cols=(), diag1=(), diag2=()):\n    if row == n:\n        return 1\n"
     "    return sum(queens(n, row + 1, cols + (c,), diag1 + (row - c,), diag2 + (row + c,))\n"
     "               for c in range(n)\n"
     "               if c not in cols and row - c not in diag1 and row + c not in diag2)\n"
     "queens(6)", "4"),
    ("hands = {frozenset(p) for p in [(1, 2), (2, 1), (3, 4)]}\nlen(hands)", "2"),
    ("a = {1, 2, 3, 4}\nb = {3, 4, 5}\nprint(len(a | b), a & b, a - b, a ^ b)",
     "5 {3, 4} {1, 2} {1, 2, 5}"),
]  # fmt: skip
