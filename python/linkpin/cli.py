"""The command line: demo, score, check, convert."""

from __future__ import annotations

import argparse
import csv
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import linkpin
from linkpin import display

__all__ = ["main"]

_ABOUT = """\
linkpin reads what an evaluator has (a survey, a spreadsheet, a Kumu, Gephi, UCINET or Pajek map, a data package) and
says who holds a partnership together, who sits at its edge, and what hangs on one person or one grant."""

_STEPS = """\
a first hour:
  linkpin demo                                  score the example that comes with linkpin, and write its report
  linkpin check survey.csv                      see what is in your file, and what could not be read
  linkpin score survey.csv --report out.html    score it, and write the report
  linkpin score survey.csv --item trust --rule intersection --groups sector
                                                one question, ties that both sides confirm, groups by sector
  linkpin convert map.json map.gexf             from Kumu to Gephi; a folder name without ending is a data package

in Python: import linkpin as lp; eco = lp.read("survey.csv"); lp.scorecard(eco)"""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="linkpin", description=_ABOUT, epilog=_STEPS, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"linkpin {linkpin.__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    demo = commands.add_parser("demo", help="score the shipped example and write linkpin-report.html")
    demo.add_argument("--report", metavar="OUT", default="linkpin-report.html", help="where to write the report")

    score = commands.add_parser("score", help="score a file or folder")
    score.add_argument("path", help="what to read")
    score.add_argument("--report", metavar="OUT", help="write the report as an HTML page")
    score.add_argument("--table", metavar="OUT", help="write the scorecard as CSV")
    score.add_argument(
        "--groups", metavar="COLUMN", help="the column that names the groups (default: sector, group, kind)"
    )
    _add_lens(score)

    check = commands.add_parser("check", help="say what is in a file and what could not be read")
    check.add_argument("path", help="what to read")

    convert = commands.add_parser("convert", help="read one format and write another")
    convert.add_argument("source", metavar="IN", help="what to read")
    convert.add_argument("target", metavar="OUT", help="what to write; the ending says which format")
    convert.add_argument("--format", help="the format to write, where the ending does not say it")
    return parser


def _add_lens(parser: argparse.ArgumentParser) -> None:
    lens = parser.add_argument_group("which network")
    lens.add_argument("--kinds", nargs="+", metavar="KIND", help="kinds of tie (default: all)")
    lens.add_argument("--entity-kinds", nargs="+", metavar="KIND", help="kinds of entity (default: all)")
    lens.add_argument("--at", metavar="DATE", help="only what holds at some time in 2023, 2023-05 or 2023-05-31")
    lens.add_argument("--item", help="the survey question to read")
    lens.add_argument("--wave", help="the wave to read")
    lens.add_argument(
        "--rule",
        default="union",
        choices=["sender", "receiver", "union", "intersection", "min", "mean", "max"],
        help="how two answers on one tie become one (default: union)",
    )
    lens.add_argument(
        "--nonresponse",
        default="available",
        choices=["available", "complete", "reconstruct"],
        help="what is made of ties whose respondent gave no answer (default: available)",
    )
    lens.add_argument("--weight", metavar="COLUMN", help="tie column that gives the weights")
    lens.add_argument("--project", metavar="KIND", help="project a two-mode network onto this kind of entity")


def _say(message: str = "") -> None:
    print(message, file=sys.stderr, flush=True)


def _progress() -> Any:
    """Return a progress callback for a terminal, or None where nobody watches."""
    if not sys.stderr.isatty():
        return None

    def show(share: float) -> None:
        print(f"\r  scoring … {100 * share:3.0f} %", end="", file=sys.stderr, flush=True)

    return show


def _example() -> Path:
    shipped = Path(__file__).parent / "examples" / "adult-social-care"
    if shipped.is_dir():
        return shipped
    checkout = Path(__file__).resolve().parents[2] / "examples" / "adult-social-care"
    if checkout.is_dir():
        return checkout
    raise linkpin.FileError(f"demo: the example is neither at {shipped} nor at {checkout}: install linkpin again")


def _read(path: str) -> linkpin.Ecosystem:
    _say(f"reading {path}")
    eco = linkpin.read(path)
    _say(f"  {eco!r}")
    return eco


def _tell_issues(eco: linkpin.Ecosystem, most: int) -> None:
    for issue in list(eco.issues.rows())[:most]:
        place = ", ".join(
            str(part)
            for part in (
                issue["file"],
                issue["row"] and f"row {issue['row']}",
                issue["column"] and f"column {issue['column']}",
            )
            if part
        )
        value = f" = {issue['value']}" if issue["value"] else ""
        _say(f"  {place}{value}: {issue['reason']}. {issue['remedy']}")
    if len(eco.issues) > most:
        _say(f"  … and {len(eco.issues) - most} more; `linkpin check` lists them all")


def _score(
    eco: linkpin.Ecosystem, report: str | None, table: str | None, groups: str | None, lens: dict[str, Any]
) -> None:
    progress = _progress()
    card = linkpin.scorecard(eco, groups, progress=progress, **lens)
    if progress is not None:
        _say("\r                     ")
    rows = list(card.table.rows())
    print(f"{card.lens}\n")
    for row in rows:
        if row["of"] == "network":
            print(f"  {row['reading']}")
    for measure, heading in (
        ("betweenness", "Most often between others"),
        ("articulation_points", "Whose loss would cut others off"),
    ):
        named = [r for r in rows if r["of"] == "vertex" and r["measure"] == measure][:5]
        if named:
            print(f"\n{heading}:")
            for row in named:
                print(f"  {display.number(row['value']):>8}  {row['label']}")
    if card.warnings:
        print("\nTo know:")
    for warning in card.warnings:
        print(f"  {warning}")
    if table is not None:
        _write_csv(card.table, table)
        _say(f"\nwrote {Path(table).resolve()}")
    if report is not None:
        _say(f"\nwrote {linkpin.report(eco, report, groups=groups, **lens).resolve()}")


def _write_csv(table: linkpin.Table, path: str) -> None:
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.columns)
        for row in table.rows():
            blank = {k: "" if v is None or v != v else v for k, v in row.items()}
            writer.writerow(blank.values())


def _run(arguments: argparse.Namespace) -> int:
    if arguments.command == "demo":
        _score(_read(str(_example())), arguments.report, None, None, {})
    elif arguments.command == "score":
        eco = _read(arguments.path)
        _tell_issues(eco, 5)
        names = ("kinds", "entity_kinds", "at", "item", "wave", "rule", "nonresponse", "weight", "project")
        _score(eco, arguments.report, arguments.table, arguments.groups, {n: getattr(arguments, n) for n in names})
    elif arguments.command == "check":
        return _check(_read(arguments.path))
    else:
        eco = _read(arguments.source)
        _tell_issues(eco, 5)
        eco.save(arguments.target, format=arguments.format)
        _say(f"wrote {Path(arguments.target).resolve()}")
    return 0


def _check(eco: linkpin.Ecosystem) -> int:
    for name in ("entities", "ties", "reports"):
        table = getattr(eco, name)
        if len(table):
            print(f"{name} ({len(table):,}): {', '.join(table.columns)}")
    for what, names in (("questions", eco.items), ("waves", eco.waves)):
        if names:
            print(f"{what}: {', '.join(names)}")
    if not len(eco.issues):
        print("nothing was refused")
        return 0
    print(f"refused or noted ({len(eco.issues):,}):")
    sys.stdout.flush()
    _tell_issues(eco, len(eco.issues))
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code: 0 done, 1 refused, 2 wrong call, 130 stopped."""
    parsed = _parser().parse_args(arguments)
    warnings.simplefilter("default")
    try:
        return _run(parsed)
    except (linkpin.Error, OSError) as error:
        _say(f"linkpin: {error}")
        return 1
    except KeyboardInterrupt:
        _say("\nlinkpin: stopped; nothing was left half written")
        return 130


if __name__ == "__main__":
    sys.exit(main())
