"""The step table as BPMN 2.0, which other workflow programs read and run.

A state is an exclusive gateway, a step between two states a task. Which way is gone is the value of
``choice``, the id of a task.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from engine.labels import outcome_name, state_name
from engine.model import ENDS, State
from engine.states.stage import SAME, Move, Step

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
 xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="clb" targetNamespace="urn:clb">
  <bpmn:process id="club" isExecutable="true">"""
ACROSS, DOWN = 200, 130
"""Pixels from one node to the next."""


@dataclass(frozen=True, slots=True)
class Way:
    """A move of a step, what people call the step, and who takes it."""

    step: Step
    move: Move
    name: str
    who: str


@dataclass(frozen=True, slots=True)
class _Task:
    """A step between two states."""

    way: Way
    source: State
    target: State

    @property
    def id(self) -> str:
        """Return the task's id: the step and both states."""
        return f"{self.way.step.name}.{self.source.value}.{self.target.value}"

    @property
    def name(self) -> str:
        """Return what people call it."""
        when = self.way.move.when
        return f"{self.way.name}: {outcome_name(when)}" if when else self.way.name


def bpmn(ways: Iterable[Way]) -> Iterator[str]:
    """Yield the diagram line by line."""
    tasks = _tasks(ways)
    flows = list(_flows(tasks))
    yield HEAD
    yield '    <bpmn:startEvent id="start"/>'
    for state in State:
        kind = "endEvent" if state in ENDS else "exclusiveGateway"
        default = "" if state in ENDS else f' default="stay.{state.value}"'
        name = quoteattr(state_name(state))
        yield f"    <bpmn:{kind} id={quoteattr(state.value)} name={name}{default}/>"
    for task in tasks:
        yield f"    <bpmn:userTask id={quoteattr(task.id)} name={quoteattr(task.name)}>"
        yield f"      <bpmn:documentation>{escape(task.way.who)}</bpmn:documentation>"
        yield "    </bpmn:userTask>"
    yield '    <bpmn:endEvent id="waiting"/>'
    for id_, source, target, choice in flows:
        ends = f"sourceRef={quoteattr(source)} targetRef={quoteattr(target)}"
        if choice is None:
            yield f"    <bpmn:sequenceFlow id={quoteattr(id_)} {ends}/>"
            continue
        yield f"    <bpmn:sequenceFlow id={quoteattr(id_)} {ends}>"
        yield (
            '      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">'
            f"choice == '{choice}'</bpmn:conditionExpression>"
        )
        yield "    </bpmn:sequenceFlow>"
    yield "  </bpmn:process>"
    yield from _picture(tasks, flows)
    yield "</bpmn:definitions>"


Flow = tuple[str, str, str, str | None]
"""An id, from where, to where, and the choice that leads there."""


def _tasks(ways: Iterable[Way]) -> list[_Task]:
    found: dict[str, _Task] = {}
    for way in ways:
        for source in way.move.sources:
            task = _Task(way, source, source if way.move.to is SAME else way.move.to)
            if source not in ENDS:
                found.setdefault(task.id, task)
    return list(found.values())


def _flows(tasks: list[_Task]) -> Iterator[Flow]:
    yield "begin", "start", State.NONE.value, None
    for state in State:
        if state not in ENDS:
            yield f"stay.{state.value}", state.value, "waiting", None
    for task in tasks:
        yield f"to.{task.id}", task.source.value, task.id, task.id
        yield f"from.{task.id}", task.id, task.target.value, None


def _picture(tasks: list[_Task], flows: list[Flow]) -> Iterator[str]:
    """Yield where the nodes lie: a line for each state, its tasks to the right of it."""
    places = {"start": (0, 0), "waiting": (0, DOWN * len(State))}
    taken = dict.fromkeys(State, 1)
    for number, state in enumerate(State):
        places[state.value] = (ACROSS, DOWN * number)
    for task in tasks:
        taken[task.source] += 1
        row = places[task.source.value][1]
        places[task.id] = (ACROSS * taken[task.source], row)
    yield '  <bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="club">'
    for id_, (x, y) in places.items():
        width, height = (150, 80) if "." in id_ else (40, 40)
        yield (
            f"    <bpmndi:BPMNShape id={quoteattr(f'shape.{id_}')} bpmnElement={quoteattr(id_)}>"
            f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/></bpmndi:BPMNShape>'
        )
    for id_, source, target, _choice in flows:
        points = "".join(
            f'<di:waypoint x="{places[one][0] + 20}" y="{places[one][1] + 20}"/>'
            for one in (source, target)
        )
        yield (
            f"    <bpmndi:BPMNEdge id={quoteattr(f'edge.{id_}')} bpmnElement={quoteattr(id_)}>"
            f"{points}</bpmndi:BPMNEdge>"
        )
    yield "  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
