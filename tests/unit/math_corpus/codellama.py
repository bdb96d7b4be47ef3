"""Programs as CodeLlama and Llama-2 write them: small functions, checks, prints, a main part."""

PROGRAMS: list[tuple[str, str]] = [
    ("""
def fibonacci(n):
    if n <= 0:
        return 0
    elif n == 1:
        return 1
    else:
        return fibonacci(n-1) + fibonacci(n-2)

print(fibonacci(15))
""", "610"),
    ("""
from functools import lru_cache

@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

result = fib(90)
""", "2880067194370816120"),
    ("""
def is_prime(n):
    if n < 2:
        return False
    for i in range(2, int(n**0.5) + 1):
        if n % i == 0:
            return False
    return True

primes = [n for n in range(50) if is_prime(n)]
print(len(primes), primes[-1])
""", "15 47"),
    ("""
def gcd(a, b):
    while b:
        a, b = b, a % b
    return a

def lcm(a, b):
    return a * b // gcd(a, b)

print(gcd(84, 36), lcm(84, 36))
""", "12 252"),
    ('''
def factorial(n):
    """Return n! computed recursively."""
    if n == 0:
        return 1
    return n * factorial(n - 1)

def main():
    for i in [0, 1, 5]:
        print(f"{i}! = {factorial(i)}")

if __name__ == "__main__":
    main()
''', "0! = 1\n1! = 1\n5! = 120"),
    ("""
def calculate_expression():
    result = (2 * 5) ** 2 / 4
    return result

calculate_expression()
""", "25"),
    ("""
def power(base, exponent):
    if exponent == 0:
        return 1
    half = power(base, exponent // 2)
    return half * half * (base if exponent % 2 else 1)
print(power(3, 13))
""", "1594323"),
    ("""
def quadratic(a, b, c):
    discriminant = b**2 - 4*a*c
    if discriminant < 0:
        return None
    x1 = (-b + math.sqrt(discriminant)) / (2*a)
    x2 = (-b - math.sqrt(discriminant)) / (2*a)
    return x1, x2

import math
print(quadratic(1, -3, 2))
""", "(2, 1)"),
    ("""
def sum_of_digits(n: int) -> int:
    return sum(int(digit) for digit in str(n))

print(sum_of_digits(2**100))
""", "115"),
    ("""
def is_palindrome(s):
    s = str(s)
    return s == s[::-1]

largest = 0
for i in range(90, 100):
    for j in range(90, 100):
        if is_palindrome(i * j) and i * j > largest:
            largest = i * j
print(largest)
""", "9009"),
    ("""
def safe_divide(a, b):
    try:
        return a / b
    except ZeroDivisionError:
        return None

print(safe_divide(10, 4), safe_divide(1, 0))
""", "5/2 None"),
    ("""
def parse(text):
    try:
        value = int(text)
    except ValueError as e:
        value = -1
    finally:
        done = True
    return value
print([parse(t) for t in ["12", "x1", " 7 "]])
""", "[12, -1, 7]"),
    ("""
def to_roman(num):
    val = [1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1]
    syms = ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"]
    roman = ""
    i = 0
    while num > 0:
        for _ in range(num // val[i]):
            roman += syms[i]
            num -= val[i]
        i += 1
    return roman
print(to_roman(1994))
""", "MCMXCIV"),
    ("""
def celsius_to_fahrenheit(c):
    return (c * 9/5) + 32
for c in (0, 37, 100):
    print(c, celsius_to_fahrenheit(c))
""", "0 32\n37 493/5\n100 212"),
    ("""
def bubble_sort(arr):
    n = len(arr)
    for i in range(n):
        for j in range(0, n - i - 1):
            if arr[j] > arr[j + 1]:
                arr[j], arr[j + 1] = arr[j + 1], arr[j]
    return arr
print(bubble_sort([5, 2.5, 9, 1]))
""", "[1, 2.5, 5, 9]"),
    ("""
def collatz(n, steps=0):
    return steps if n == 1 else collatz(n // 2 if n % 2 == 0 else 3 * n + 1, steps + 1)
result = collatz(9)
""", "19"),
    ("""
numbers = [3, 8, 1, 9, 4]
maximum = numbers[0]
for number in numbers[1:]:
    if number > maximum:
        maximum = number
print("The maximum is {}".format(maximum))
""", "The maximum is 9"),
    ("""
def matrix_multiply(A, B):
    return [[sum(a * b for a, b in zip(row, col)) for col in zip(*B)] for row in A]
print(matrix_multiply([[1, 2], [3, 4]], [[0, 1], [1, 0]]))
""", "[[2, 1], [4, 3]]"),
    ("""
class_average = sum([88, 92, 79]) / 3
if class_average >= 90:
    grade = "A"
elif class_average >= 80:
    grade = "B"
else:
    grade = "C"
print("Grade: " + grade)
""", "Grade: B"),
    ("""
def count_vowels(text):
    return len([c for c in text.lower() if c in "aeiou"])
result = count_vowels("Mathematics Is Elegant")
""", "8"),
    ("""
def apply(f, n, x):
    for _ in range(n):
        x = f(x)
    return x
print(apply(lambda v: v / 2 + 3, 3, 10))
""", "13/2"),
    ("""
def hanoi(n, source, target, spare):
    global moves
    if n == 0:
        return
    hanoi(n - 1, source, spare, target)
    moves += 1
    hanoi(n - 1, spare, target, source)

moves = 0
hanoi(6, "A", "C", "B")
print(moves)
""", "63"),
    ("""
def counter():
    count = 0
    def increment():
        nonlocal count
        count += 1
        return count
    return increment

c = counter()
c()
c()
print(c())
""", "3"),
    ("""
def binary_search(arr, target):
    low, high = 0, len(arr) - 1
    while low <= high:
        mid = (low + high) // 2
        if arr[mid] == target:
            return mid
        elif arr[mid] < target:
            low = mid + 1
        else:
            high = mid - 1
    return -1
print(binary_search([1, 3, 5, 7, 9, 11], 7), binary_search([1, 3], 2))
""", "3 -1"),
    ("""
def pascal(n):
    row = [1]
    for _ in range(n):
        row = [a + b for a, b in zip([0] + row, row + [0])]
    return row
print(*pascal(5))
""", "1 5 10 10 5 1"),
    ("""
result = 0
x = 5
y = 3
result = x**2 + y**2 if x > y else x - y
print("Result:", result)
""", "Result: 34"),
    ("""
def f(x, *rest, scale=1):
    return (x + sum(rest)) * scale
print(f(1), f(1, 2, 3), f(1, 2, scale=10))
""", "1 6 30"),
    ("""
def validate(n):
    if not isinstance(n, int):
        raise TypeError("n must be an integer")
    return n * 2
try:
    print(validate(4))
    print(validate("4"))
except TypeError as error:
    print("Error:", error)
""", "8\nError: n must be an integer"),
    ("""
def sieve(limit):
    is_prime = [True] * (limit + 1)
    is_prime[0] = is_prime[1] = False
    for p in range(2, int(limit ** 0.5) + 1):
        if is_prime[p]:
            for multiple in range(p * p, limit + 1, p):
                is_prime[multiple] = False
    return [i for i, flag in enumerate(is_prime) if flag]
print(sum(sieve(100)))
""", "1060"),
    ("""
total = 0
for i in range(1, 1000):
    if i % 3 == 0 or i % 5 == 0:
        total += i
else:
    print(total)
""", "233168"),
    ('''
def compound(p, r, t, n=1):
    """Compound interest."""
    amount = p * pow(1 + r / n, n * t)
    return round(amount - p, 2)
print("Interest: %.2f (%d years)" % (compound(1500, 0.043, 6, 4), 6))
''', "Interest: 438.84 (6 years)"),
    ("""
def perfect(n):
    return n == sum(d for d in range(1, n) if n % d == 0)
print(list(filter(perfect, range(2, 500))))
""", "[6, 28, 496]"),
    ("""
def median(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2
print(median([7, 1, 5]), median([4, 1, 2, 8]))
""", "5 3"),
    ("""
# Solve: 3 workers build a wall in 8 hours; how long do 5 workers need?
workers_1, hours_1 = 3, 8
workers_2 = 5
hours_2 = workers_1 * hours_1 / workers_2
print(f"It would take {hours_2:.1f} hours.")
""", "It would take 4.8 hours."),
]  # fmt: skip
