"""Programs in the style of Program-of-Thoughts: plain statements that end in `ans`."""

PROGRAMS: list[tuple[str, str]] = [
    ("""
interest_rate = 0.08
principal = 5000
years = 2
ans = principal * (1 + interest_rate)**years
""", "5832"),
    ("""
from sympy import Symbol, solve
x = Symbol('x')
solution = solve(3*x + 7 - 22, x)
ans = solution[0]
""", "5"),
    ("""
from sympy import symbols, Eq, solve
adult, child = symbols('adult child')
eq1 = Eq(adult + child, 100)
eq2 = Eq(12*adult + 5*child, 850)
solution = solve((eq1, eq2), (adult, child))
ans = solution[adult]
print(ans)
""", "50"),
    ("""
import math
radius = 7
height = 10
volume = math.pi * radius**2 * height
ans = volume
""", "490*pi"),
    ("""
import math
radius = 7
height = 10
ans = round(math.pi * radius**2 * height, 3)
""", "1539.38"),
    ("""
revenue_2018 = 1250.4
revenue_2019 = 1438.0
growth = (revenue_2019 - revenue_2018) / revenue_2018 * 100
ans = round(growth, 1)
print(ans)
""", "15"),
    ("""
import numpy as np
scores = [80, 92, 75, 61]
ans = np.mean(scores)
""", "77"),
    ("""
import numpy as np
a, b = 5, 12
angle = np.deg2rad(60)
ans = np.sqrt(a**2 + b**2 - 2*a*b*np.cos(angle))
""", "sqrt(109)"),
    ("""
n_heads = 35
n_legs = 94
for rabbits in range(n_heads + 1):
    chickens = n_heads - rabbits
    if 4 * rabbits + 2 * chickens == n_legs:
        ans = rabbits
        break
""", "12"),
    ("""
def solve_for_x(a, b, c):
    return (c - b) / a
ans = solve_for_x(4, 3, 21)
""", "9/2"),
    ("""
from sympy import *
t = symbols('t', positive=True)
height = 80 * t - 5 * t**2
ans = solve(diff(height, t), t)[0]
print(f"The ball is highest after {ans} seconds at {height.subs(t, ans)} m.")
""", "The ball is highest after 8 seconds at 320 m."),
    ("""
balance = 2500
payment = 150
monthly = 0.12 / 12
months = 0
while balance > 0:
    balance = balance * (1 + monthly) - payment
    months += 1
ans = months
""", "19"),
    ("""
principal = 8000
rate = 0.06
compounded = 12
years = 5
amount = principal * (1 + rate / compounded) ** (compounded * years)
ans = round(amount, 2)
""", "10790.8"),
    ("""
present = 10000
r = 0.05
cashflows = [3000, 4200, 5100]
npv = -present
for year, cash in enumerate(cashflows, start=1):
    npv += cash / (1 + r) ** year
ans = "%.2f" % npv
print(ans)
""", "1072.24"),
    ("""
mass = 2.5
g = 9.8
height = 12
ans = mass * g * height
""", "294"),
    ("""
distance_first = 60 * 2.5
distance_second = 45 * 1.5
total_time = 2.5 + 1.5
ans = (distance_first + distance_second) / total_time
""", "54.375"),
    ("""
from math import comb
favourable = comb(13, 3) * comb(39, 2)
total = comb(52, 5)
ans = favourable / total
""", "2717/33320"),
    ("""
probability_none = (5 / 6) ** 4
ans = 1 - probability_none
""", "671/1296"),
    ("""
import math
half_life = 5730
remaining = 0.25
ans = half_life * math.log(1 / remaining) / math.log(2)
ans = round(ans)
""", "11460"),
    ("""
# arithmetic sequence with a3 = 11 and a10 = 39
d = (39 - 11) / (10 - 3)
a1 = 11 - 2 * d
ans = sum(a1 + k * d for k in range(20))
""", "820"),
    ("""
old = [("flour", 1.2), ("milk", 0.9), ("eggs", 2.4)]
new = [(name, price * 1.1) for name, price in old]
ans = sum(price for _, price in new)
print("{:.2f}".format(ans))
""", "4.95"),
    ("""
x = 17
binary = bin(x)[2:]
ans = binary.count("1")
print(binary, ans)
""", "10001 2"),
    ("""
profit = {"Q1": 12.3, "Q2": -4.1, "Q3": 7.7, "Q4": 0.0}
best = max(profit, key=profit.get)
worst = min(profit, key=lambda q: profit[q])
ans = profit[best] - profit[worst]
print(best, worst, ans)
""", "Q1 Q2 16.4"),
    ("""
a = 6
b = 8
c = (a**2 + b**2) ** 0.5
perimeter = a + b + c
area = a * b / 2
ans = area / perimeter
""", "1"),
    ("""
from sympy import Symbol, solve, Rational
n = Symbol('n', integer=True, positive=True)
ans = solve(n * (n + 1) / 2 - 210, n)
ans = ans[0]
""", "20"),
    ("""
kwh_price = 0.3185
consumption = 3456
base_fee = 119.4
total = kwh_price * consumption + base_fee
ans = round(total, 2)
print(f"{ans:,.2f} EUR")
""", "1,220.14 EUR"),
    ("""
workers = 6
days = 10
total_work = workers * days
days_needed = total_work / (workers + 2)
ans = days_needed
""", "15/2"),
    ("""
fahrenheit = [32, 212, -40, 98.6]
celsius = [round((f - 32) * 5 / 9, 1) for f in fahrenheit]
ans = celsius
""", "[0, 100, -40, 37]"),
    ("""
eq_value = 0
for k in range(1, 6):
    eq_value = eq_value + k * (-1) ** (k + 1)
ans = eq_value
""", "3"),
    ("""
from decimal import Decimal, ROUND_HALF_UP, getcontext
getcontext().prec = 28
amount = Decimal("19.995")
ans = amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
print(ans)
""", "20"),
    ("""
stocks = 120
price_now, price_then = 34.5, 28.75
ans = (price_now - price_then) / price_then
print(f"{ans:.1%}")
""", "20.0%"),
    ("""
import numpy as np
ans = np.sum([x**2 for x in range(5)]) + np.prod([1, 2, 3]) + np.max([4, 9, 2])
""", "45"),
    ("""
def present_value(future, rate, periods):
    return future / (1 + rate) ** periods
ans = present_value(1331, 0.1, 3)
""", "1000"),
]  # fmt: skip
