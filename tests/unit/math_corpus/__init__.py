"""Programs as models write them for mathematics, each with its answer."""

from . import (
    codellama,
    counting,
    dates,
    geometry_matrices,
    loops,
    number_theory,
    pal,
    program_of_thoughts,
    statistics_programs,
    sympy_sessions,
    texts,
    word_problems,
)

STYLES = (
    codellama, counting, dates, geometry_matrices, loops, number_theory, pal,
    program_of_thoughts, statistics_programs, sympy_sessions, texts, word_problems,
)  # fmt: skip
CORPUS: list[tuple[str, str, str]] = [
    (f"{style.__name__.rpartition('.')[2]}-{number}", program, answer)
    for style in STYLES
    for number, (program, answer) in enumerate(style.PROGRAMS)
]
"""Name, program and answer."""
