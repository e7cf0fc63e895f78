"""The command line: demo, score, check, convert."""

from __future__ import annotations

import argparse
import csv
import sys
import textwrap
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import linkpin
from linkpin import display
from linkpin.report.disclosed import shown

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

in Python: import linkpin as lp; eco = lp.read("survey.csv"); lp.scorecard(eco)
linkpin COMMAND --help says more of each."""

_DEMO = """\
Scores the English adult social care research landscape, which comes with linkpin, and writes its report: a page that
opens in any browser."""

_SCORE = """\
Prints who holds the network together and what hangs on one, in sentences; --report writes the same with pictures,
intervals, caveats and definitions as one page, --table every score as a row."""

_SCORE_STEPS = """\
examples:
  linkpin score survey.csv --report out.html
  linkpin score survey.csv --item trust --rule intersection   one question, ties that both sides confirm
  linkpin score map.xlsx --kinds funds collaborates --at 2023 some ties, as they stood in 2023
  linkpin score events.csv --project person                   who is tied through joint events"""

_CHECK = """\
Says what a file holds, how it was read, and every row or cell that was refused or taken on a guess, with the reason and
what to do about it. Nothing is written, but with --issues."""

_CONVERT = """\
Reads one format and writes another. What the new file cannot hold is told; nothing is dropped silently. A survey
becomes ties where the format has no place for answers: one kind of tie a question."""

_CONVERT_STEPS = """\
formats by ending:
  none   a data package, a folder that holds everything    .json    everything in one file
  .gexf  Gephi                                             .graphml yEd, igraph, NetworkX, Cytoscape
  .net   Pajek                                             .dl      UCINET
  .csv   an edge list
formats by --format:
  kumu, polinode (JSON)   matrix (CSV)   kumu-sheets, gephi, nodexl, graph-commons (folders of CSV)

examples:
  linkpin convert map.json map.gexf                        from Kumu to Gephi
  linkpin convert survey.xlsx survey                       a data package in the folder survey
  linkpin convert survey.csv kumu --format kumu-sheets"""

_SAME = 3  # places named of issues that differ in place and value alone


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="linkpin", description=_ABOUT, epilog=_STEPS, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"linkpin {linkpin.__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    demo = _command(commands, "demo", "score the shipped example and write linkpin-report.html", _DEMO)
    demo.add_argument("--report", metavar="OUT", default="linkpin-report.html", help="where to write the report")

    score = _command(commands, "score", "score a file or folder", _SCORE, _SCORE_STEPS)
    score.add_argument("path", help="what to read")
    score.add_argument("--report", metavar="OUT", help="write the report as an HTML page")
    score.add_argument("--table", metavar="OUT", help="write the scorecard as CSV")
    score.add_argument(
        "--groups", metavar="COLUMN", help="the column that names the groups (default: sector, group, kind)"
    )
    score.add_argument(
        "--names",
        nargs="*",
        metavar="ID",
        help="people who may be named: these, or all where none is given (default: pseudonyms, but for those whom the "
        "data lets be named)",
    )
    score.add_argument(
        "--disclose",
        type=int,
        default=5,
        metavar="N",
        help="hide counts of people below this in the report; 0 shows all (default: 5)",
    )
    _add_lens(score)
    _add_reading(score)

    check = _command(commands, "check", "say what is in a file and what could not be read", _CHECK)
    check.add_argument("path", help="what to read")
    check.add_argument("--issues", metavar="OUT", help="write all that was refused or noted as CSV")
    _add_reading(check)

    convert = _command(commands, "convert", "read one format and write another", _CONVERT, _CONVERT_STEPS)
    convert.add_argument("source", metavar="IN", help="what to read")
    convert.add_argument("target", metavar="OUT", help="what to write; the ending says which format")
    convert.add_argument("--format", help="the format to write, where the ending does not say it")
    _add_reading(convert)
    return parser


def _command(commands: Any, name: str, sentence: str, about: str, steps: str = "") -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(
        name, help=sentence, description=about, epilog=steps, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    return made


def _add_reading(parser: argparse.ArgumentParser) -> None:
    reading = parser.add_argument_group("how to read a table, where looking does not find it")
    reading.add_argument(
        "--columns",
        nargs="+",
        metavar="MAP",
        help="which column is what (from=Giver to=Taker), or a survey's column map: a JSON file, or partner",
    )
    reading.add_argument("--shape", help="what the table is: edges, nodes, matrix, survey or attendance")
    reading.add_argument("--encoding", metavar="NAME", help="how its letters are written, such as cp1250")


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
        choices=[
            *("sender", "receiver", "union", "intersection", "min", "mean", "max"),
            *("las-union", "las-intersection", "consensus", "romney-batchelder"),
        ],
        help="how several answers on one tie become one (default: union)",
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


def _read(path: str, options: argparse.Namespace | None = None) -> linkpin.Ecosystem:
    _say(f"reading {path}")
    given = {name: getattr(options, name, None) for name in ("shape", "encoding")}
    given["columns"] = _columns(getattr(options, "columns", None))
    eco = linkpin.read(path, **{name: value for name, value in given.items() if value is not None})
    counts = [(len(eco.entities), "entity", "entities"), (len(eco.ties), "tie", "ties")]
    counts += [(len(t), one, many) for t, one, many in ((eco.reports, "answer", "answers"),) if len(t)]
    counts += [(len(t), one, many) for t, one, many in ((eco.issues, "thing to note", "things to note"),) if len(t)]
    title = f"{eco.about['title']}: " if eco.about.get("title") else ""
    _say(f"  {title}{', '.join(display.count(*c) for c in counts)}")
    return eco


def _columns(given: list[str] | None) -> Any:
    """Return what --columns says: a column map by its path or name, or which column is what."""
    if given is None or (len(given) == 1 and "=" not in given[0]):
        return None if given is None else given[0]
    wrong = [pair for pair in given if "=" not in pair]
    if wrong:
        raise linkpin.InputError(f"--columns: {wrong[0]}: name a column as from=Giver, or one column map alone")
    return dict(pair.split("=", 1) for pair in given)


def _place(issue: dict[str, Any]) -> str:
    column = issue["column"] or ""
    parts = (
        issue["file"],
        issue["row"] and f"row {issue['row']}",
        column if column.startswith("column ") else column and f"column {column}",
    )
    return ", ".join(str(part) for part in parts if part) + (f" = {issue['value']}" if issue["value"] else "")


def _tell_issues(eco: linkpin.Ecosystem, most: int | None) -> None:
    """Tell what was refused or noted; of those alike in all but place and value, the first few places."""
    alike: dict[tuple[str, str, str], list[dict[str, Any]]] = {}  # what asks for the same remedy is of one sort
    for issue in eco.issues.rows():
        alike.setdefault((issue["file"], issue["column"], issue["remedy"]), []).append(issue)
    for same in list(alike.values())[:most]:
        shown = same if len(same) == _SAME + 1 else same[:_SAME]
        for issue in shown:
            remedy = f"{issue['remedy'][:1].upper()}{issue['remedy'][1:]}"
            _say(textwrap.indent(f"{_place(issue)}: {issue['reason']}. {remedy}".rstrip(), "  "))
        if len(shown) < len(same):
            rows = [int(issue["row"]) for issue in same if issue["row"]]
            until = f", until row {max(rows):,}" if rows else ""
            _say(f"    … and {len(same) - len(shown):,} more like it{until}; `linkpin check --issues OUT` writes all")
    if most is not None and len(alike) > most:
        _say(f"  … and {len(alike) - most:,} other sorts; `linkpin check` tells of them")


def _score(
    eco: linkpin.Ecosystem,
    report: str | None,
    table: str | None,
    groups: str | None,
    lens: dict[str, Any],
    *,
    names: bool | list[str] = False,
    disclose: int | None = 5,
) -> None:
    progress = _progress()
    eco = shown(eco, names)
    card = linkpin.scorecard(eco, groups, progress=progress, **lens)
    if progress is not None:
        _say("\r                     ")
    rows = list(card.table.rows())
    print(f"{card.lens}\n")
    for row in rows:
        if row["of"] == "network":
            print(f"  {row['reading']}")
            if row["how_sure"]:
                print(f"      {row['how_sure']}")
    for measure, heading in (
        ("betweenness", "Most often between others"),
        ("articulation_points", "Whose loss would cut others off"),
    ):
        named = [r for r in rows if r["of"] == "vertex" and r["measure"] == measure and r["value"] > 0][:5]
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
        page = linkpin.report(eco, report, groups=groups, names=True, disclose=disclose, card=card, **lens)
        _say(f"\nwrote {page.resolve()}")


def _named(given: list[str] | None) -> bool | list[str]:
    """Return whom the caller lets us name: nobody, everybody (--names alone), or these ids."""
    return False if given is None else given or True


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
        eco = _read(arguments.path, arguments)
        _tell_issues(eco, 5)
        names = ("kinds", "entity_kinds", "at", "item", "wave", "rule", "nonresponse", "weight", "project")
        lens = {n: getattr(arguments, n) for n in names}
        _score(
            eco,
            arguments.report,
            arguments.table,
            arguments.groups,
            lens,
            names=_named(arguments.names),
            disclose=arguments.disclose or None,
        )
    elif arguments.command == "check":
        return _check(_read(arguments.path, arguments), arguments.issues)
    else:
        eco = _read(arguments.source, arguments)
        _tell_issues(eco, 5)
        _convert(eco, arguments.target, arguments.format)
    return 0


def _convert(eco: linkpin.Ecosystem, target: str, format: str | None) -> None:
    from linkpin.io.writing import LossWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LossWarning)  # the same is told below, a line a reason
        lost = linkpin.io.write(eco, target, format)
    _say(f"wrote {Path(target).resolve()}")
    if not lost:
        return
    _say("it does not hold everything; a data package beside it would:")
    reasons: dict[str, list[str]] = {}
    for issue in lost:
        reasons.setdefault(issue.reason, []).append(issue.column or issue.value)
    for reason, columns in reasons.items():
        _say(textwrap.fill(f"{reason}: {', '.join(columns)}", 118, initial_indent="  ", subsequent_indent="    "))


def _check(eco: linkpin.Ecosystem, issues: str | None) -> int:
    for name in ("entities", "ties", "reports"):
        table = getattr(eco, name)
        if len(table):
            print(f"{name} ({len(table):,}): {', '.join(table.columns)}")
    for what, names in (("questions", eco.items), ("waves", eco.waves)):
        if names:
            print(f"{what}: {', '.join(names)}")
    if eco.about.get("read"):
        print("how it was read:")
        print(textwrap.indent(eco.about["read"], "  "))
    if issues is not None:
        _write_csv(eco.issues, issues)
        _say(f"wrote {Path(issues).resolve()}")
    if not len(eco.issues):
        print("nothing was refused")
        return 0
    print(f"refused or noted ({len(eco.issues):,}):")
    sys.stdout.flush()
    _tell_issues(eco, None)
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code: 0 done, 1 refused, 2 wrong call, 130 stopped."""
    parser = _parser()
    if not (sys.argv[1:] if arguments is None else arguments):
        parser.print_help(sys.stderr)
        return 2
    parsed = parser.parse_args(arguments)
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
