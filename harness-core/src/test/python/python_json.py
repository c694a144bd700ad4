"""Writes golden vectors of CPython's json module, for PythonJsonGoldenTest.

    python3 harness-core/src/test/python/python_json.py > harness-core/src/test/resources/golden/python-json.json

The numbers are the bits of doubles in hexadecimal; the values are given by what json.dumps writes, once as text of any
character and once in ASCII.
"""

import json
import platform
import random
import struct
import sys

CHARACTERS = ["\0", "\x01", "\x1f", " ", '"', "\\", "/", "\b", "\f", "\n", "\r", "\t", "\x7f", "\x80", "\xa0", "é", "ß", "€",
              "\u2028", "\u2029", "\ufeff", "\ufffd", "日", "😀", "\U0010ffff", "a", "Z", "0", "<", "'"]
NUMBERS = [0.0, -0.0, 1.0, -1.5, 0.1, 0.2 + 0.1, 1e15, 1e16, 123456789012345680.0, 1e-4, 1e-5, 5e-324, 2.2250738585072014e-308,
           1.7976931348623157e308, 2.0 ** 53, 2.0 ** 63, 2e23, 9007199254740993.0, 1 / 3]


def number(random_):
    while True:
        bits = random_.getrandbits(64)
        value = struct.unpack(">d", bits.to_bytes(8, "big"))[0]
        if value == value and abs(value) != float("inf"):
            return value


def text(random_):
    return "".join(random_.choice(CHARACTERS) for _ in range(random_.randrange(12)))


def value(random_, depth):
    kind = random_.randrange(9 if depth else 7)
    if kind == 0:
        return random_.choice([None, True, False, float("nan"), float("inf"), -float("inf")])
    if kind == 1:
        return random_.choice([0, 1, -1, 2 ** 31, 2 ** 63 - 1, -2 ** 63, 2 ** 70, random_.randrange(-10 ** 6, 10 ** 6)])
    if kind in (2, 3):
        return number(random_) if random_.random() < 0.5 else random_.randrange(-10 ** 6, 10 ** 6) / 1000
    if kind in (4, 5, 6):
        return text(random_)
    if kind == 7:
        return [value(random_, depth - 1) for _ in range(random_.randrange(5))]
    return {text(random_): value(random_, depth - 1) for _ in range(random_.randrange(5))}


def main():
    random_ = random.Random(20261122)
    numbers = NUMBERS + [number(random_) for _ in range(300)] + [random_.randrange(1, 10 ** 17) / 10 ** random_.randrange(17)
                                                                 for _ in range(300)]
    values = [value(random_, 4) for _ in range(300)]
    rows = {
        "python": platform.python_version(),
        "numbers": [[struct.pack(">d", n).hex(), repr(n)] for n in numbers],
        "values": [[json.dumps(v, ensure_ascii=False), json.dumps(v)] for v in values],
    }
    # One row a line, so that a change of one can be seen.
    lines = [f'"python": {json.dumps(rows["python"])}']
    for name in ("numbers", "values"):
        lines.append(f'"{name}": [\n' + ",\n".join(json.dumps(row) for row in rows[name]) + "]")
    sys.stdout.write("{" + ",\n".join(lines) + "}\n")


if __name__ == "__main__":
    main()
