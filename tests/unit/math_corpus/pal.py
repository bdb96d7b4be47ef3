"""Programs in the style of PAL: a story becomes a function that returns the answer."""

PROGRAMS: list[tuple[str, str]] = [
    ('''
def solution():
    """Olivia has $23. She bought five bagels for $3 each. How much money does she have left?"""
    money_initial = 23
    bagels = 5
    bagel_cost = 3
    money_spent = bagels * bagel_cost
    money_left = money_initial - money_spent
    result = money_left
    return result
''', "8"),
    ('''
def solution():
    """A pool holds 1500 litres. It drains 12 litres a minute and fills 7. Minutes until empty?"""
    volume = 1500
    net = 12 - 7
    return volume / net
print(solution())
''', "300"),
    ('''
def simple_math_problem() -> float:
    """
    A shirt costs 40 and is reduced by 15%, then by another 10%. What does it cost?
    """
    price = 40
    price = price * (1 - 0.15)
    price = price * (1 - 0.1)
    return price
''', "30.6"),
    ("""
def solution():
    eggs_per_day = 16
    eaten, baked = 3, 4
    sold = eggs_per_day - (eaten + baked)
    price = 2
    return sold * price

answer = solution()
print(answer)
""", "18"),
    ("""
def solution():
    # 2 bolts of blue fiber and half that much white fiber
    blue = 2
    white = blue / 2
    total = blue + white
    return total
solution()
""", "3"),
    ("""
def solution():
    house = 80000
    repairs = 50000
    value_increase = house * 1.5
    new_value = house + value_increase
    profit = new_value - house - repairs
    return profit
print(int(solution()))
""", "70000"),
    ("""
def solution():
    pupils = 28
    girls = pupils * 4 // 7
    boys = pupils - girls
    return {"girls": girls, "boys": boys}
print(solution())
""", "{'girls': 16, 'boys': 12}"),
    ("""
def solution():
    speed_up, speed_down = 3, 6
    distance = 9
    time = distance / speed_up + distance / speed_down
    average = 2 * distance / time
    return average
""", "4"),
    ("""
from typing import List

def solution(prices: List[float], tax: float = 0.08) -> float:
    subtotal: float = sum(prices)
    return round(subtotal * (1 + tax), 2)

print(f"${solution([12.5, 7.25, 3.99]):.2f}")
""", "$25.64"),
    ('''
def solution():
    """Jan reads 12 pages on the first day and each day 4 more than before. Pages in a week?"""
    pages = 12
    total = 0
    for day in range(7):
        total += pages
        pages += 4
    return total
''', "168"),
    ("""
def solution():
    total_marbles = 120
    red = total_marbles // 3
    blue = (total_marbles - red) // 4
    green = total_marbles - red - blue
    result = green
    return result
print("Green marbles:", solution())
""", "Green marbles: 60"),
    ("""
def solution():
    ages = {"Ann": 10}
    ages["Ben"] = ages["Ann"] * 2
    ages["Cem"] = ages["Ben"] + 5
    ages["Dia"] = (ages["Ann"] + ages["Ben"] + ages["Cem"]) / 5
    return ages["Dia"]
""", "11"),
    ("""
def solution():
    num_glasses = 16
    first_glass_cost = 5
    second_glass_cost = 5 * 0.6
    result = 0
    for i in range(num_glasses):
        if i % 2 == 0:
            result += first_glass_cost
        else:
            result += second_glass_cost
    return result
""", "64"),
    ("""
def solution():
    toulouse_sheep = 4 * (seattle_sheep := 20) * 2
    charleston_sheep = 4 * seattle_sheep
    return toulouse_sheep + charleston_sheep + seattle_sheep
""", "260"),
    ('''
import math

def solution():
    """How many 9-seat vans for 50 people?"""
    return math.ceil(50 / 9)
''', "6"),
    ("""
def solution():
    download = 200
    rate = 2
    restart_at = 0.4 * download
    first = restart_at / rate
    update = 20
    second = download / rate
    return first + update + second
ans = solution()
print(ans)
""", "160"),
    ("""
def work(hours, rate=10, overtime=1.2):
    regular = min(hours, 40)
    extra = max(hours - 40, 0)
    return regular * rate + extra * rate * overtime

def solution():
    return work(hours=45)
""", "460"),
    ('''
def solution():
    """A robe takes three quarters of a yard, and 8 of them are made with 25% waste."""
    from fractions import Fraction
    yards = Fraction(3, 4) * 8
    waste = yards * Fraction(25, 100)
    return yards + waste
''', "15/2"),
    ("""
def solution():
    candles = 5
    hours = 0
    while candles > 0:
        hours += 2
        candles -= 1
        if candles == 2:
            hours += 0.5
    return hours
""", "10.5"),
    ("""
# Q: There were nine computers; five more were installed each day from monday to thursday.
def solution():
    computers_initial = 9
    computers_per_day = 5
    num_days = 4
    computers_added = computers_per_day * num_days
    computers_total = computers_initial + computers_added
    return computers_total

if __name__ == "__main__":
    print(solution())
""", "29"),
    ("""
def solution():
    salary = 3200
    rent = salary * 30 / 100
    food = salary / 8
    rest = salary - rent - food
    savings = rest * 2 / 5
    assert rest > 0, "nothing left"
    return savings
""", "736"),
    ("""
def solution():
    n_dogs, n_cats, n_birds = 3, 2, 7
    legs = 4 * (n_dogs + n_cats) + 2 * n_birds
    return legs

print(f"There are {solution()} legs.")
""", "There are 34 legs."),
    ("""
def is_enough(budget, items):
    total = sum(count * price for count, price in items)
    return budget >= total, budget - total

def solution():
    ok, rest = is_enough(50, [(3, 4.5), (2, 11.25), (1, 9.99)])
    return rest if ok else -1
""", "4.01"),
    ("""
def solution():
    population = 20000
    years = 3
    for _ in range(years):
        population = population * 1.05
    return round(population)
""", "23152"),
    ("""
def solution():
    tank = 60
    consumption = 7.5
    km = tank / consumption * 100
    return km
""", "800"),
    ('''
def solution():
    """Three friends share a bill of 84 in the ratio 1:2:4. What does the last one pay?"""
    ratio = [1, 2, 4]
    bill = 84
    part = bill / sum(ratio)
    shares = [r * part for r in ratio]
    return shares[-1]
''', "48"),
    ("""
def solution():
    rope = 10
    piece = 3 / 4
    pieces = int(rope / piece)
    left = rope - pieces * piece
    return pieces, left
""", "(13, 1/4)"),
    ("""
def solution():
    minutes = 7 * 45 + 5 * 30
    hours, minutes = divmod(minutes, 60)
    return f"{hours}h {minutes:02d}min"
print(solution())
""", "7h 45min"),
    ("""
def solution():
    principal = 1000
    rate = 0.035
    interest = principal * rate * 30 / 12
    return principal + interest
""", "1087.5"),
    ("""
def solution():
    students = 30
    passed_first = students * 0.6
    failed = students - passed_first
    passed_second = failed * 0.75
    never = failed - passed_second
    percent = never / students * 100
    return percent
print(solution(), "%", sep="")
""", "10%"),
    ("""
def solution():
    apples = "3 dozen"
    number = int(apples.split()[0]) * 12
    eaten = number // 5
    return number - eaten
""", "29"),
    ("""
def solution():
    trees_before = 15
    trees_after = 21
    trees_planted = trees_after - trees_before
    if trees_planted < 0:
        raise ValueError("trees cannot vanish")
    return trees_planted
""", "6"),
]  # fmt: skip
