#!/usr/bin/env python3
"""The floor rule: includes go strictly downward, rooms of one floor do not see each other, a room's detail/ is its own.

Run without arguments it first plants one violation of every rule in a small made-up tree and insists on finding each,
then looks at the real one. `linkpin.hpp`, the umbrella, stands above all floors.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

FLOORS = (
    {"core"},
    {"statistics", "model"},
    {"io", "measures", "instruments", "uncertainty", "disclosure"},
    {"participation", "power", "priorities", "funding", "influence", "dynamics"},
    {"assess", "scenario"},
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
UMBRELLA = "linkpin.hpp"
UMBRELLA_LEAVES_OUT = ("io/", "model/boost.hpp")

# Which files may include a library, and how many of them: the rest of the house must not notice that it is used.
BEHIND_ONE_HEADER = {
    "boost/math/": re.compile(r"statistics/.*"),
    "boost/multiprecision/": re.compile(r"statistics/.*"),
    "boost/": re.compile(r"model/boost\.hpp"),  # Boost.Graph and what it takes
    "nlohmann/": re.compile(r"io/.*"),
}
LIGHT_EIGEN = {"Eigen/Core", "Eigen/SparseCore"}  # what a header may show; decompositions stay in detail/

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)


def room_of(path: str) -> str:
    return path.split("/")[0] if "/" in path else ""


def downward(file: str, included: str) -> str | None:
    """What is wrong with `file` including `included`, both below include/linkpin/."""
    room, other = room_of(file), room_of(included)
    if other == room and other:
        return None
    if "/detail/" in included:
        return f"{other}/detail belongs to {other} alone"
    if file == UMBRELLA:
        out = included.startswith(UMBRELLA_LEAVES_OUT)
        return f"the umbrella leaves out {', '.join(UMBRELLA_LEAVES_OUT)}" if out else None
    if included == UMBRELLA:
        return "the umbrella is for users, not for rooms"
    if other not in FLOOR_OF:
        return f"{included} lies in no room of the table"
    if FLOOR_OF[other] < FLOOR_OF[room]:
        return None
    how = "on the same floor as" if FLOOR_OF[other] == FLOOR_OF[room] else "above"
    return f"{other} stands {how} {room}"


def library(file: str, included: str) -> str | None:
    """What is wrong with `file` including a header of another library."""
    for prefix, may in BEHIND_ONE_HEADER.items():
        if included.startswith(prefix):
            return None if may.fullmatch(file) else f"only {may.pattern} may include {prefix}"
    if included.startswith("Eigen/") and file.endswith(".hpp") and included not in LIGHT_EIGEN:
        return f"a header shows {' and '.join(sorted(LIGHT_EIGEN))} at most; the rest belongs in detail/"
    return None


def check_headers(headers: Path) -> Iterator[str]:
    """Violations among the headers below include/linkpin."""
    used: dict[str, set[str]] = {prefix: set() for prefix in BEHIND_ONE_HEADER}
    for path in sorted([*headers.rglob("*.hpp"), *headers.rglob("*.ipp")]):
        file, text = path.relative_to(headers).as_posix(), path.read_text()
        if file != UMBRELLA and room_of(file) not in FLOOR_OF:
            yield f"{file}: lies in no room of the table"
            continue
        if "#pragma once" not in text:
            yield f"{file}: has no #pragma once"
        for bracket, included in INCLUDE.findall(text):
            ours = included.startswith("linkpin/")
            wrong: str | None
            if bracket == '"':
                wrong = "include by the full path, in angle brackets"
            elif ours and not (headers.parent / included).exists():
                wrong = "there is no such file"
            else:
                wrong = downward(file, included.removeprefix("linkpin/")) if ours else library(file, included)
            if wrong:
                yield f"{file}: includes {included}: {wrong}"
            for prefix in BEHIND_ONE_HEADER:
                if included.startswith(prefix):
                    used[prefix].add(file)
                    break
    for prefix, users in used.items():
        if len(users) > 1:
            yield f"{prefix} is included by {', '.join(sorted(users))}: keep it behind one header"


def check_umbrella(headers: Path) -> Iterator[str]:
    """Public headers that the umbrella forgets."""
    held = {included for _, included in INCLUDE.findall((headers / UMBRELLA).read_text())}
    for path in sorted(headers.glob("*/*.hpp")):
        file = path.relative_to(headers).as_posix()
        if not file.startswith(UMBRELLA_LEAVES_OUT) and f"linkpin/{file}" not in held:
            yield f"{UMBRELLA}: forgets {file}"


def check_bodies(headers: Path, sources: Path) -> Iterator[str]:
    """Bodies (detail/*.ipp) that header-only users or linkpin::compiled would miss, or get twice.

    A file in detail/ without LINKPIN_INLINE holds helpers that other bodies include, and stands for itself.
    """
    held: dict[str, list[str]] = {}
    for source in sorted(sources.glob("*.cpp")):
        for _, included in INCLUDE.findall(source.read_text()):
            held.setdefault(included.removeprefix("linkpin/"), []).append(source.name)
    for path in sorted(headers.rglob("detail/*.ipp")):
        file = path.relative_to(headers).as_posix()
        if "LINKPIN_INLINE" not in path.read_text():
            continue
        room = room_of(file)
        homes = held.pop(file, [])
        if len(homes) != 1 or not re.fullmatch(rf"{room}(_\w+)?\.cpp", homes[0]):
            yield f"{file}: belongs in src/{room}.cpp once, stands in {', '.join(homes) or 'none of src/*.cpp'}"
        header = path.parent.parent / f"{path.stem}.hpp"
        shown = header.exists() and f"<linkpin/{file}>" in header.read_text()
        if not shown:
            yield f"{file}: {room}/{path.stem}.hpp does not include it for those who use the headers alone"


def check(root: Path) -> list[str]:
    headers = root / "include" / "linkpin"
    return [*check_headers(headers), *check_umbrella(headers), *check_bodies(headers, root / "src")]


# One violation a line: the file it is planted in, what it includes, and what must be said of it.
PLANTED = (
    ("core/a.hpp", "<linkpin/model/b.hpp>", "stands above core"),
    ("model/b.hpp", "<linkpin/statistics/c.hpp>", "same floor"),
    ("statistics/c.hpp", "<linkpin/measures/d.hpp>", "stands above statistics"),
    ("measures/d.hpp", "<linkpin/model/detail/b.ipp>", "belongs to model alone"),
    ("measures/e.hpp", "<boost/graph/graph_traits.hpp>", "may include boost/"),
    ("measures/f.hpp", "<boost/math/distributions/beta.hpp>", "may include boost/math/"),
    ("model/g.hpp", "<nlohmann/json.hpp>", "may include nlohmann/"),
    ("measures/h.hpp", "<Eigen/Eigenvalues>", "a header shows"),
    ("measures/i.hpp", '"d.hpp"', "angle brackets"),
    ("measures/j.hpp", "<linkpin/measures/nowhere.hpp>", "no such file"),
    ("cellar/k.hpp", "<linkpin/core/a.hpp>", "lies in no room"),
    ("power/l.hpp", "<linkpin/linkpin.hpp>", "the umbrella is for users"),
    ("linkpin.hpp", "<linkpin/io/m.hpp>", "the umbrella leaves out"),
    ("linkpin.hpp", "<linkpin/io/m.hpp>", "forgets core/a.hpp"),
    ("io/m.hpp", "<nlohmann/json.hpp>", "keep it behind one header"),
    ("io/n.hpp", "<nlohmann/json.hpp>", "keep it behind one header"),
    ("model/detail/b.ipp", "<linkpin/model/b.hpp>", "belongs in src/model.cpp once"),
    ("model/detail/b.ipp", "<linkpin/model/b.hpp>", "headers alone"),
)
ALLOWED = (
    ("scenario/o.hpp", "<linkpin/power/p.hpp>"),
    ("power/p.hpp", "<linkpin/core/a.hpp>"),
    ("measures/q.hpp", "<Eigen/SparseCore>"),
    ("model/boost.hpp", "<boost/graph/graph_traits.hpp>"),
    ("statistics/r.hpp", "<boost/math/distributions/beta.hpp>"),
)


def missed() -> list[str]:
    """Planted violations that were not found, and innocent includes that were blamed."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for file, included, *_ in (*PLANTED, *ALLOWED):
            path = root / "include" / "linkpin" / file
            path.parent.mkdir(parents=True, exist_ok=True)
            body = "LINKPIN_INLINE void f() {}\n" if file.endswith(".ipp") else ""
            path.write_text(f"#pragma once\n  # include {included}\n{body}")
        (root / "src").mkdir()
        found = check(root)
    lost = [
        f"planted and not found: {file} including {included}"
        for file, included, said in PLANTED
        if not any(said in line and file in line for line in found)
    ]
    blamed = [line for line in found for file, _ in ALLOWED if line.startswith(f"{file}:")]
    return lost + [f"blamed though allowed: {line}" for line in blamed]


def main() -> int:
    wrong = missed() or check(Path(__file__).resolve().parent.parent)
    for line in wrong:
        print(line)
    if not wrong:
        print(f"floors: {len(PLANTED)} planted violations found, none in the tree")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
