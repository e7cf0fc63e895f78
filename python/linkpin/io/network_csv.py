"""A list of ties straight into a network, for graphs too large to carry an ecosystem."""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike
from typing import NamedTuple

from linkpin import _core
from linkpin.network import Network
from linkpin.table import Table, issues_table

__all__ = ["NetworkFile", "read_network_csv"]


class NetworkFile(NamedTuple):
    """What was read, and what was not: `network`, and the table `issues` of rows and cells that were refused."""

    network: Network
    issues: Table


def read_network_csv(
    path: str | PathLike[str],
    *,
    from_: str = "from",
    to: str = "to",
    weight: str = "weight",
    directed: bool = True,
    numbered: bool = False,
    columns: bool = True,
    heading: bool | None = None,
    parallel: str = "keep",
    delimiter: str | None = None,
    comment: str | None = None,
    threads: int = 0,
    progress: Callable[[float], object] | None = None,
) -> NetworkFile:
    """Read a delimited list of ties into a network, without an ecosystem in between.

    ``linkpin.read`` is for everything an evaluator has; this is for one row a tie and millions of rows. The peak is
    about 25 bytes a tie beside the file's own size, and the network after it.

    Parameters
    ----------
    path
        A csv, tsv or text file; a heading is found out.
    from_, to
        Columns of the two ends, also known as source and target; without a heading the first two.
    weight
        Column of the weights, read where there is one (without a heading the third); ``""`` reads none.
    directed
        Whether ties have a direction.
    numbered
        Whether ids are vertex numbers 0, 1, ...; then n is the largest of them and one more. Otherwise vertices are
        named in order of first appearance.
    columns
        Whether other columns become columns of the ties.
    heading
        Whether the first row is a heading; without it that is found out.
    parallel
        ``"keep"`` ties between the same two vertices, or ``"merge"`` them (weights summed).
    delimiter, comment
        The mark between cells, and the one that opens a line to be passed over; without them they are found out.
    threads
        0 for all that the process may use; the network is the same on any number.
    progress
        Is called with the share done, between 0 and 1.

    Returns
    -------
    The network, and a table of what was refused: rows without an end, or whose weight is missing or no finite number
    that is at least 0.

    Raises
    ------
    InputError
        Where there is no such file, it is empty, or the columns of the ends are not in it.
    """
    if parallel not in ("keep", "merge"):
        raise _core.InputError(f"read_network_csv: parallel = {parallel!r}; give 'keep' or 'merge'")
    net, refused, _ = _core.io.read_network_csv(
        path,
        from_=from_,
        to=to,
        weight=weight,
        directed=directed,
        numbered=numbered,
        columns=columns,
        heading=heading,
        merge=parallel == "merge",
        delimiter=delimiter,
        comment=comment,
        threads=threads,
        progress=progress,
    )
    return NetworkFile(Network(net), issues_table(refused))
