"""A thin coat over one shared, unbound ``transitions.Machine``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from transitions import Machine, MachineError


def N_(text: str) -> str:
    """Mark a label for the catalogue; it is translated at the entrance."""
    return text


@dataclass(frozen=True)
class State:
    """One station of a life.

    ``tone`` and ``icon`` choose how a page draws it, ``clock`` names the period that runs while it lasts,
    ``final`` says that no act is expected any more.
    """

    name: str
    label: str
    tone: str = "info"
    icon: str = "circle"
    clock: str | None = None
    final: bool = False


@dataclass(frozen=True)
class Move:
    """One row: from ``sources`` to ``target`` (None = the state stays).

    ``needs`` names properties of the object that must be true; several rows may share a name and then differ
    in ``variant`` (the route of a coordination, the outcome of a decision) or in what they need. ``gives``
    names the needs that the move's own input can meet: whoever makes the move brings them along. ``asks`` is
    the permission it takes where that is not the move's own name.
    """

    name: str
    sources: tuple[str, ...]
    target: str | None
    label: str
    needs: tuple[str, ...] = ()
    variant: str | None = None
    gives: tuple[str, ...] = ()
    asks: str | None = None
    primary: bool = False
    by_system: bool = False
    silent: bool = False


@dataclass(frozen=True)
class OpenMove:
    """A move that starts from here, with the needs that are not met yet."""

    move: Move
    missing: tuple[str, ...]

    @property
    def barred_by(self) -> tuple[str, ...]:
        """What is missing and does not come with the move itself; empty = it may be tried now."""
        return tuple(need for need in self.missing if need not in self.move.gives)

    @property
    def name(self) -> str:
        return self.move.name

    @property
    def label(self) -> str:
        return self.move.label

    @property
    def permission(self) -> str:
        return self.move.asks or self.move.name


class MoveRefused(Exception):
    """The move does not start from this state, or something it needs is missing."""

    def __init__(self, name: str, missing: Iterable[str] = ()) -> None:
        self.name = name
        self.missing = tuple(missing)
        detail = f"needs {', '.join(self.missing)}" if self.missing else "does not start from this state"
        super().__init__(f"{name} {detail}")


class Rulebook:
    """The states and moves of one kind of object; holds no object itself.

    ``noun`` is what the permission file calls the object, where several lives share it.
    """

    def __init__(
        self, name: str, states: Sequence[State], moves: Sequence[Move], *, noun: str | None = None
    ) -> None:
        self.name = name
        self.noun = noun or name
        self.states = {state.name: state for state in states}
        self.moves = tuple(moves)
        self.initial = states[0].name
        self._machine = Machine(
            model=None, states=[state.name for state in states], initial=self.initial, auto_transitions=False
        )
        for move in moves:
            self._machine.add_transition(
                _trigger(move.name, move.variant),
                list(move.sources),
                move.target,
                conditions=list(move.needs),
            )

    @property
    def names(self) -> tuple[str, ...]:
        """The move names, each once, in the order of the table."""
        return tuple(dict.fromkeys(move.name for move in self.moves))

    def variants(self, name: str) -> tuple[str | None, ...]:
        return tuple(dict.fromkeys(move.variant for move in self.moves if move.name == name))

    def open_from(self, thing: Any) -> list[OpenMove]:
        """The moves that start from the thing's state, each with the needs it does not meet.

        Rows of the same name and variant are alternatives: the one that is barred least stands for them.
        """
        best: dict[tuple[str, str | None], OpenMove] = {}
        for move in self.moves:
            if thing.state not in move.sources:
                continue
            found = OpenMove(move, tuple(need for need in move.needs if not getattr(thing, need)))
            key = (move.name, move.variant)
            if key not in best or len(found.barred_by) < len(best[key].barred_by):
                best[key] = found
        return list(best.values())

    def missing(self, name: str, thing: Any, variant: str | None = None) -> tuple[str, ...] | None:
        """What the move still needs; None when it does not start from here at all."""
        for found in self.open_from(thing):
            if (found.move.name, found.move.variant) == (name, variant):
                return found.missing
        return None

    def apply(self, name: str, thing: Any, variant: str | None = None) -> None:
        """Make the move, or raise MoveRefused and leave the thing as it was."""
        event = self._machine.events.get(_trigger(name, variant))
        if event is None:
            raise MoveRefused(name)
        try:
            moved = event.trigger(thing)
        except MachineError as refused:
            raise MoveRefused(name) from refused
        if not moved:
            raise MoveRefused(name, self.missing(name, thing, variant) or ())


def _trigger(name: str, variant: str | None) -> str:
    return name if variant is None else f"{name}:{variant}"
