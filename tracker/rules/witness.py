"""Ends of the chain that were noted outside the database: do they still lie on it?

A chain cut back to an older end that was once sealed looks whole from inside; only a note kept elsewhere
shows what is gone.
"""

import hmac
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from tracker.rules.chain import Head, seal_head


class Witness(NamedTuple):
    """One noted line; ``head`` is None where a power failure cut it off."""

    line: int
    head: Head | None


class Contradiction(NamedTuple):
    """`forged`: not noted by us. `cut_off`: the event is gone. `replaced`: another event stands there."""

    committee: int
    seq: int
    kind: Literal["forged", "cut_off", "replaced"]


def contradictions(
    noted: Iterable[Head], found: Mapping[tuple[int, int], bytes], key: bytes
) -> Iterator[Contradiction]:
    """What the notes know otherwise than the stored hashes, by committee and number, say."""
    for head in noted:
        if not hmac.compare_digest(head.mac, seal_head(key, head.committee, head.seq, head.hash)):
            yield Contradiction(head.committee, head.seq, "forged")
            continue
        stored = found.get((head.committee, head.seq))
        if stored is None:
            yield Contradiction(head.committee, head.seq, "cut_off")
        elif stored != head.hash:
            yield Contradiction(head.committee, head.seq, "replaced")
