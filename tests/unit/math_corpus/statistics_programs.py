"""Descriptive statistics, with the module and by hand."""

PROGRAMS: list[tuple[str, str]] = [
    ("import statistics\nstatistics.mean([1, 2, 3, 4])", "5/2"),
    ("from statistics import mean, median, mode\ndata = [2, 4, 4, 5, 10]\n"
     "print(mean(data), median(data), mode(data))", "5 4 4"),
    ("import statistics as st\nst.stdev([2, 4, 4, 4, 5, 5, 7, 9])", "4*sqrt(14)/7"),
    ("import statistics\nprint(statistics.pstdev([2, 4, 4, 4, 5, 5, 7, 9]))", "2"),
    ("from statistics import variance, pvariance\n"
     "(variance([1, 2, 3, 4, 5]), pvariance([1, 2, 3, 4, 5]))", "(5/2, 2)"),
    ("import statistics\nround(statistics.stdev([1.5, 2.5, 2.5, 2.75, 3.25, 4.75]), 5)", "1.08109"),
    ("from statistics import geometric_mean, harmonic_mean\n"
     "(geometric_mean([2, 8]), harmonic_mean([40, 60]))", "(4, 48)"),
    ("from statistics import median\nmedian([7, 1, 3, 5])", "4"),
    ("from statistics import median_low, median_high\n"
     "(median_low([1, 3, 5, 7]), median_high([1, 3, 5, 7]))", "(3, 5)"),
    ("from statistics import multimode\nmultimode('aabbc')", "['a', 'b']"),
    ("from statistics import fmean\nprint(fmean([3.5, 4.0, 5.25]))", "4.25"),
    ("from statistics import quantiles\nquantiles([1, 2, 3, 4, 5, 6, 7], n=4)", "[2, 4, 6]"),
    ("from statistics import correlation\ncorrelation([1, 2, 3, 4], [2, 4, 6, 8])", "1"),
    ("data = [12, 15, 11, 18, 14]\nmean = sum(data) / len(data)\n"
     "variance = sum((x - mean) ** 2 for x in data) / len(data)\nstd = variance ** 0.5\n"
     "print(mean, variance, std)", "14 6 sqrt(6)"),
    ("import numpy as np\ndata = [1, 2, 3, 4]\nprint(np.std(data), np.median(data), np.var(data))",
     "sqrt(5)/2 5/2 5/4"),
    ("values = [10, 20, 30]\nweights = [1, 2, 3]\n"
     "sum(v * w for v, w in zip(values, weights)) / sum(weights)", "70/3"),
    ("xs = [1, 2, 3, 4]\nys = [3, 5, 7, 9]\nn = len(xs)\nmx, my = sum(xs) / n, sum(ys) / n\n"
     "slope = sum((x - mx) * (y - my) for x, y in zip(xs, ys)) / sum((x - mx) ** 2 for x in xs)\n"
     "intercept = my - slope * mx\nprint(f'y = {slope}x + {intercept}')", "y = 2x + 1"),
    ("x, mu, sigma = 85, 70, 10\nz = (x - mu) / sigma\nz", "3/2"),
    ("from math import erf, sqrt\np = 0.5 * (1 + erf(1.96 / sqrt(2)))\nprint(round(p, 4))",
     "0.975"),
    ("scores = [55, 90, 72, 88, 61]\nspread = max(scores) - min(scores)\n"
     "above = [s for s in scores if s > 70]\n"
     "print(spread, len(above), sorted(scores)[len(scores) // 2])", "35 3 72"),
    ("grades = {'math': (90, 3), 'art': (80, 1), 'bio': (70, 2)}\n"
     "gpa = sum(g * c for g, c in grades.values()) / sum(c for _, c in grades.values())\n"
     "round(gpa, 2)", "81.67"),
    ("data = sorted([9, 1, 8, 2, 7])\ntrimmed = data[1:-1]\nsum(trimmed) / len(trimmed)", "17/3"),
    ("data = [3, 7, 7, 19]\nmad = sum(abs(x - sum(data) / len(data)) for x in data) / len(data)\n"
     "mad", "5"),
    ("from collections import Counter\nrolls = [1, 3, 3, 6, 6, 6]\ncounts = Counter(rolls)\n"
     "{k: v / len(rolls) for k, v in sorted(counts.items())}", "{1: 1/6, 3: 1/3, 6: 1/2}"),
    ("import statistics\ntry:\n    statistics.mean([])\nexcept statistics.StatisticsError:\n"
     "    print('no data')", "no data"),
    ("temperatures = [21.5, 19.0, 23.5]\naverage = sum(temperatures) / len(temperatures)\n"
     "print(f'Average: {average:.1f}', end='')", "Average: 21.3"),
]  # fmt: skip
