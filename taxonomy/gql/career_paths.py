"""Career paths: ways from one occupation to another, each step with its cost, gap, demand and pay."""

from typing import Annotated, Any, NamedTuple

import strawberry

from taxonomy.gql.arguments import OccupationIdArg, PathsArg, RegionArg, between, find_kind
from taxonomy.gql.fields import FACTS, ArgumentFacts, Arguments, Info, column, computed, of
from taxonomy.gql.guidance import Outlook, Salary, place_of
from taxonomy.gql.matching import GapFound, SkillGap, rounded
from taxonomy.gql.occupations import Occupation
from taxonomy.gql.skills import Skill
from taxonomy.gql.transitions import FromOccupationArg
from taxonomy.model.concept import OCCUPATION
from taxonomy.services import guidance
from taxonomy.services.career_paths import MAX_STEPS, career_paths
from taxonomy.services.career_steps import TERMS, THOUSAND, CareerStep, CareerSteps
from taxonomy.services.gap import skill_gap
from taxonomy.services.match import Matcher
from taxonomy.services.profile import NOBODY

MaxStepsArg = Annotated[
    int,
    strawberry.argument(
        description=f"How many steps a path has at most, 1 to {MAX_STEPS}.",
        metadata={FACTS: ArgumentFacts(between("maxSteps", 1, MAX_STEPS))},
    ),
]


class StepAnswer(NamedTuple):
    """A step, and the region that demand is asked of."""

    found: CareerStep
    region: int | None


class PathAnswer(NamedTuple):
    """A path; its cost in thousandths."""

    cost: int
    steps: list[StepAnswer]


class PayFound(NamedTuple):
    """What both ends of a step are paid."""

    before: guidance.Salary | None
    after: guidance.Salary | None


def paths(
    root: None,
    info: Info,
    from_: FromOccupationArg,
    to: OccupationIdArg,
    region: RegionArg = None,
    max_steps: MaxStepsArg = 3,
    first: PathsArg = 3,
) -> list[PathAnswer] | None:
    """The resolver of `careerPaths`."""
    snapshot = info.context.snapshot
    origin, target = (find_kind(snapshot, id_, frozenset({OCCUPATION})) for id_ in (from_, to))
    if origin is None or target is None:
        return None
    place = place_of(info, region)
    found = career_paths(snapshot.derived(CareerSteps), origin, target, max_steps=max_steps, limit=first)
    return [PathAnswer(path.cost, [StepAnswer(step, place) for step in path.steps]) for path in found]


def weight_of_paths(arguments: Arguments) -> int:
    """The cost of the root field, which grows with the paths and, faster, with the steps."""
    weight: int = 100 + 30 * arguments["first"] * arguments["max_steps"] ** 2
    return weight


def _cost(root: Any, info: Info) -> float:
    return float(root.cost / THOUSAND)


def _cost_of_step(root: StepAnswer, info: Info) -> float:
    return root.found.cost / THOUSAND


def _terms(root: StepAnswer, info: Info) -> list[tuple[str, float]]:
    values = zip(TERMS, root.found.terms, strict=True)
    return [(name, value / THOUSAND) for name, value in values if value]


def _gap(root: StepAnswer, info: Info) -> GapFound:
    matcher = info.context.snapshot.derived(Matcher)
    before = NOBODY._replace(occupations=(root.found.origin,))
    coverage = matcher.coverage(before)
    return GapFound(skill_gap(matcher, root.found.target, before, coverage), coverage)


def _outlook(root: StepAnswer, info: Info) -> Any:
    return guidance.outlook(info.context.snapshot, root.found.target, root.region)


def _pay(root: StepAnswer, info: Info) -> PayFound:
    snapshot = info.context.snapshot
    return PayFound(
        guidance.salary(snapshot, root.found.origin), guidance.salary(snapshot, root.found.target)
    )


def _change(root: PayFound, info: Info) -> int | None:
    return guidance.pay_change(root.before, root.after)


@strawberry.type(description="A part of the cost of a step.")
class CostTerm:
    """A name of `TERMS` and its value."""

    name: str = column(
        of(lambda term: term[0]), "STEP, SKILLS, SUBSTITUTABILITY, EDUCATION or LICENCE (docs/matching.md)."
    )
    value: float = column(of(lambda term: term[1]), "What it adds to the cost of the step.")


@strawberry.type(
    description="The levels of education that the two ends of a step ask for: 2 upper secondary or less, 3"
    " shorter, 4 longer higher education; null where none is known (docs/matching.md)."
)
class EducationLevels:
    """The `levels` of a step."""

    from_: int | None = column(of(lambda levels: levels[0]), "That of the occupation left.", name="from")
    to: int | None = column(of(lambda levels: levels[1]), "That of the occupation entered.")


@strawberry.type(description="What both ends of a step are paid, as their SSYK groups are.")
class PayChange:
    """A `PayFound`."""

    change: int | None = column(
        _change, "By how much the median changes; null where one of the two is not known."
    )
    from_: Salary | None = column(of("before"), "Pay in the occupation left.", name="from")
    to: Salary | None = column(of("after"), "Pay in the occupation entered.")


@strawberry.type(name="CareerStep", description="A step of a career path from one occupation to another.")
class CareerStepType:
    """A `StepAnswer`."""

    from_: Occupation = column(of("found.origin"), "The occupation left.", name="from")
    to: Occupation = column(of("found.target"), "The occupation entered.")
    cost: float = column(_cost_of_step, "The sum of `terms`.")
    terms: list[CostTerm] = column(_terms, "What the cost is made of, without what is 0.", size=len(TERMS))
    covered: float = column(
        rounded("found.covered"),
        "The share of the skills of `to`, by value, that one who has held `from` has: of what one who has"
        " held `to` is known to have; 0 to 1.",
    )
    substitutability: int | None = column(
        of("found.substitutability"),
        "How well one who comes from `from` can do this job in an employer's eyes: 75, 25, or null where AF"
        " says nothing.",
    )
    education: EducationLevels = column(of("found.levels"), "The levels of education of both.")
    licences: list[Skill] = column(
        of("found.licences"),
        "The licences of which `to` asks for any one and which one who comes from `from` need not have, by"
        " name; a publisher's skill, not legal advice.",
        size=3,
    )
    gap: SkillGap = computed(_gap, "What is between one who has held `from`, and `to`.", weight=120)
    outlook: Outlook | None = computed(
        _outlook, "The demand for `to` in the region; null where the barometer says nothing.", weight=5
    )
    pay: PayChange = computed(_pay, "What the two are paid.", weight=10)


@strawberry.type(name="CareerPath", description="A way from one occupation to another, in a few steps.")
class CareerPathType:
    """A `PathAnswer`."""

    cost: float = column(_cost, "The sum of the costs of its steps.")
    steps: list[CareerStepType] = column(of("steps"), "Its steps.", size=MAX_STEPS)
