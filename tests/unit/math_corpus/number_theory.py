"""Whole numbers: divisibility, primes, remainders, digits."""

PROGRAMS: list[tuple[str, str]] = [
    ("from sympy import factorint\nfactorint(360)", "{2: 3, 3: 2, 5: 1}"),
    ("from sympy import primefactors, multiplicity\n"
     "print(primefactors(1001), multiplicity(2, 96))", "[7, 11, 13] 5"),
    ("from sympy import prime, primepi, nextprime\n(prime(100), primepi(100), nextprime(100))",
     "(541, 25, 101)"),
    ("from sympy import primerange\nsum(primerange(1, 100))", "1060"),
    ("from sympy import isprime\n[n for n in range(100, 120) if isprime(n)]",
     "[101, 103, 107, 109, 113]"),
    ("from sympy import totient, divisor_count, divisors\n"
     "print(totient(36), divisor_count(36), divisors(12))", "12 9 [1, 2, 3, 4, 6, 12]"),
    ("from sympy import mod_inverse\nmod_inverse(3, 11) + pow(3, -1, 11)", "8"),
    ("from sympy.ntheory.modular import crt\ncrt([3, 5, 7], [2, 3, 2])", "(23, 105)"),
    ("import math\nmath.gcd(1071, 462), math.lcm(4, 6, 10)", "(21, 60)"),
    ("pow(2, 100, 1000000007)", "976371285"),
    ("sum(int(d) for d in str(math.factorial(100)))", "648"),
    ("len(str(2**1000))", "302"),
    ("7**222 % 10", "9"),
    ("n = 600851475143\nfactor = 2\nwhile factor * factor <= n:\n    if n % factor == 0:\n"
     "        n //= factor\n    else:\n        factor += 1\nn", "6857"),
    ("def digits(n, base):\n    out = []\n    while n:\n        n, r = divmod(n, base)\n"
     "        out.append(r)\n    return out[::-1]\ndigits(100, 7)", "[2, 0, 2]"),
    ("print(bin(10), hex(255), oct(8), int('ff', 16), int('1011', 2))", "0b1010 0xff 0o10 255 11"),
    ("def egcd(a, b):\n    if b == 0:\n        return a, 1, 0\n    g, x, y = egcd(b, a % b)\n"
     "    return g, y, x - a // b * y\negcd(240, 46)", "(2, -9, 47)"),
    ("from sympy import gcdex\ngcdex(12, 8)", "(1, -1, 4)"),
    ("from sympy import continued_fraction, Rational\ncontinued_fraction(Rational(415, 93))",
     "[4, 2, 6, 7]"),
    ("from sympy.ntheory import is_quad_residue, primitive_root\n"
     "print(is_quad_residue(2, 7), primitive_root(7))", "True 3"),
    ("from sympy import perfect_power, integer_nthroot\n"
     "print(perfect_power(64), integer_nthroot(30, 3))", "(2, 6) (3, False)"),
    ("from sympy.solvers.diophantine import diophantine\nfrom sympy import symbols\n"
     "x, y = symbols('x y', integer=True)\nlen(diophantine(x**2 + y**2 - 25))", "12"),
    ("import math\nn = 50\nisqrt = math.isqrt(n)\nisqrt * isqrt == n", "False"),
    ("[n for n in range(100, 1000) if n == sum(int(c)**3 for c in str(n))]",
     "[153, 370, 371, 407]"),
    ("-7 // 2, -7 % 3, divmod(-7, 2)", "(-4, 2, (-4, 1))"),
    ("def trailing_zeros(n):\n    count = 0\n    while n:\n        n //= 5\n        count += n\n"
     "    return count\ntrailing_zeros(1000)", "249"),
    ("x = 0b1101\n(x & 6, x | 2, x >> 2, x << 1, ~x)", "(4, 15, 3, 26, -14)"),
    ("from math import prod\nprod(p for p in range(2, 30) if all(p % d for d in range(2, p)))",
     "6469693230"),
    ("(1234).bit_length() + (255).bit_count()", "19"),
    ("import sympy\nsympy.npartitions(20) + sympy.catalan(5)", "669"),
    ("from sympy.functions.combinatorial.numbers import stirling\nstirling(5, 2)", "15"),
    ("from sympy import fibonacci, lucas, bell, bernoulli, harmonic\n"
     "[fibonacci(12), lucas(6), bell(5), bernoulli(4), harmonic(4)]",
     "[144, 18, 52, -1/30, 25/12]"),
    ("from sympy import mobius, jacobi_symbol, n_order\n"
     "(mobius(30), jacobi_symbol(5, 21), n_order(2, 7))", "(-1, 1, 3)"),
    ("def is_armstrong(n):\n    s = str(n)\n    return n == sum(int(c) ** len(s) for c in s)\n"
     "print(is_armstrong(9474), is_armstrong(9475))", "True False"),
    ("any(n**2 % 7 == 3 for n in range(7)), all(n**3 % 9 in (0, 1, 8) for n in range(9))",
     "(False, True)"),
    ("amicable = lambda n: sum(d for d in range(1, n) if n % d == 0)\n"
     "amicable(220), amicable(284)", "(284, 220)"),
    ("from sympy import primorial, divisor_sigma, reduced_totient\n"
     "print(primorial(4), divisor_sigma(28), reduced_totient(15))", "210 56 4"),
]  # fmt: skip
