"""The process tables prove themselves."""

import pytest

from chengyun.cases.process import LOOPS, GridState, HotlineState
from chengyun.kernel.loop import Loop, Step, Timer, Verb, Who, steps


@pytest.mark.parametrize("loop", LOOPS.values(), ids=lambda loop: loop.name)
def test_the_loop_has_no_flaws(loop):
    assert loop.flaws() == []


def _loop(steps, timers):
    verbs = (Verb("go", "去", "Go", (Who("unit"),)), Verb("stop", "停", "Stop", (Who("unit"),)))
    ends = frozenset({HotlineState.CLOSED})
    return Loop("x", "x", "x", HotlineState, (HotlineState.REGISTERED,), ends, verbs, steps, timers)


def test_flaws_are_found():
    closed, registered = HotlineState.CLOSED, HotlineState.REGISTERED
    loop = _loop(
        (
            Step(registered, "go", HotlineState.SIGNED),
            Step(registered, "stop", closed),
            Step(registered, "fly", closed),
        ),
        (Timer("t", "t", "t", frozenset({registered})),),
    )
    flaws = loop.flaws()
    assert "nobody gets to dispatched" in flaws
    assert "no way out of signed" in flaws
    assert "no clock on signed" in flaws
    assert "unknown verb fly" in flaws


def test_a_conditional_last_way_is_a_flaw():
    loop = _loop(steps(HotlineState.REGISTERED, "go", HotlineState.CLOSED, when="moon"), ())
    assert any("unknown condition" in flaw for flaw in loop.flaws())
    assert any("only the last way" in flaw for flaw in loop.flaws())


def test_ends_have_no_clock_and_others_do():
    for loop in LOOPS.values():
        for state in loop.states:
            assert bool(loop.timers_in[str(state)][0]) == (state not in loop.ends)


def test_every_verb_has_both_languages():
    for loop in LOOPS.values():
        for thing in (*loop.verbs, *loop.timers):
            assert thing.label != thing.en
        assert {state.zh for state in loop.states} & {GridState.CLOSED.zh}
