#!/usr/bin/env python3
"""Writes app/metrics/unicode_tables.h: the code point classes that the metrics need.

sacreBLEU's intl tokenizer asks the `regex` module for P, S and N, and lowercases with str.lower, so
both are asked here, code point by code point. Run in an environment with `pip install regex`:
    python cmake/make_unicode_tables.py > app/metrics/unicode_tables.h
"""
import sys
import unicodedata

import regex

CODE_POINTS = [c for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]


def ranges(belongs):
    found = []
    for c in filter(belongs, CODE_POINTS):
        if found and found[-1][1] == c - 1:
            found[-1][1] = c
        else:
            found.append([c, c])
    return found


def in_category(name):
    pattern = regex.compile(r"\p{%s}" % name)
    return lambda c: pattern.match(chr(c)) is not None


def ends_a_word(text):
    """Whether str.lower takes a sigma after text for a final one."""
    return (text + "\u03a3").lower()[-1] == "\u03c2"


def is_cased(c):
    return ends_a_word(chr(c))


def is_case_ignorable(c):
    return not is_cased(c) and ends_a_word("a" + chr(c))


def lower_runs():
    """[first, last, stride, delta]: runs of code points whose lower case is the same step away."""
    runs = []
    for c in CODE_POINTS:
        lower = chr(c).lower()
        if len(lower) != 1 or ord(lower) == c:  # only U+0130 grows; the program treats it by itself
            continue
        delta = ord(lower) - c
        if runs and runs[-1][3] == delta and c - runs[-1][1] in (1, 2):
            first, last, stride, _ = runs[-1]
            if first == last or stride == c - last:
                runs[-1] = [first, c, c - last, delta]
                continue
        runs.append([c, c, 1, delta])
    return runs


def table(kind, name, rows):
    print(f"\ninline constexpr {kind} {name}[] = {{")
    line = "    "
    for row in rows:
        cell = "{" + ",".join(row) + "},"
        if len(line) + len(cell) > 100:
            print(line)
            line = "    "
        line += cell
    print(line + "\n};")


def range_table(name, belongs):
    table("CodePointRange", name, [[hex(a), hex(b)] for a, b in ranges(belongs)])


print(f"""#pragma once

// Made by cmake/make_unicode_tables.py from regex {regex.__version__} and Python
// {sys.version.split()[0]} (Unicode {unicodedata.unidata_version}). Sorted, inclusive.
// clang-format off
namespace rondo {{

struct CodePointRange {{
  char32_t first, last;
}};

// Every stride-th code point from first to last has its lower case delta away.
struct LowerCaseRun {{
  char32_t first, last;
  int stride, delta;
}};""")
range_table("kPunctuation", in_category("P"))
range_table("kSymbols", in_category("S"))
range_table("kNumbers", in_category("N"))
range_table("kSpaces", lambda c: chr(c).isspace())
range_table("kCased", is_cased)
range_table("kCaseIgnorable", is_case_ignorable)
table("LowerCaseRun", "kLowerCase", [[hex(a), hex(b), str(s), str(d)] for a, b, s, d in lower_runs()])
print("\n}  // namespace rondo\n// clang-format on")
