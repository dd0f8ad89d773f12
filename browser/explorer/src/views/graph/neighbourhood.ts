import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ConceptNames } from "../../api/generated/ConceptNames";
import { useQuery, type Loadable } from "../../api/query";
import type { Locale } from "../../api/generated/schema";
import type { Problem } from "../../api/problem";
import type { Named } from "../../concepts/concept-link";
import { useAppState, useParams } from "../../state/context";
import { grouped, useTexts } from "../../texts/define";
import { useAnnounce } from "../../ui/announce";
import { useAnswers } from "./answers";
import { groupsOf, type Group } from "./groups";
import { KEPT, type Pin } from "./kept";
import { collapsed, EMPTY, expanded, grown, MOST, same, STEP, supported, type Expansion, type Graph, type Way } from "./model";
import { GRAPH } from "./texts";
import { useGraphWords } from "./words";

/** More would neither be legible nor quick. */
export const MOST_NODES = 1500;
/** Groups that are shown at once, by a single button. */
export const SMALL = 25;

/** The neighbourhood that the URL describes, and what can be done with it. */
export interface Neighbourhood {
  /** Why the concepts to begin with cannot be had. */
  readonly begin: Loadable<unknown>;
  readonly unknown: readonly string[];
  readonly whole: Graph;
  /** What the provenances that are not hidden support. */
  readonly graph: Graph;
  readonly expansions: readonly Expansion[];
  readonly pins: readonly Pin[];
  readonly problem: Problem | null;
  readonly again: () => void;
  /** The concept that the reader is at. */
  readonly active: Named | null;
  readonly choose: (id: string) => void;
  readonly groups: (id: string) => readonly Group[] | undefined;
  readonly toggle: (concept: Named, group: Group) => void;
  readonly more: (expansion: Expansion) => void;
  readonly expandSmall: (concept: Named) => void;
  readonly pin: (concept: Named, at?: readonly [number, number]) => void;
  readonly remove: (concept: Named) => void;
}

/** `listed` are the concepts whose groups the list shows. */
export function useNeighbourhood(listed: readonly string[]): Neighbourhood {
  const t = useTexts(GRAPH);
  const { language } = useAppState();
  const { way: nameOf } = useGraphWords();
  const announce = useAnnounce();
  const locale: Locale = language === "sv" ? "SV" : "EN";
  const [{ from, open, pin, hide, at }, change] = useParams(KEPT);
  const [active, choose] = useActive(at);

  const kept = [...new Set([...from, ...pin.map(({ id }) => id)])];
  const names = useQuery(ConceptNames, kept.length === 0 ? null : { ids: kept, locale });
  const nodes = names.status === "ready" || names.status === "loading" ? names.data?.nodes : undefined;
  const begin = useMemo(() => (nodes ?? []).flatMap((node): Named[] => (node && "kind" in node ? [node as Named] : [])), [nodes]);
  const unknown = names.status === "ready" ? kept.filter((_, number) => names.data.nodes?.[number] === null) : [];

  const counted = [...new Set([...from, ...listed, ...(active ? [active] : [])])];
  const answers = useAnswers(open, counted, locale);
  const there = open.map((expansion) => answers.found(expansion));
  const whole = useMemo(() => (begin.length === 0 ? EMPTY : grown(begin, open, answers.found)), [begin, open, ...there.length ? [there.filter(Boolean).length] : [0]]);
  const graph = useMemo(() => supported(whole, hide), [whole, hide]);

  const came = useRef<Expansion | null>(null);
  useEffect(() => {
    const step = came.current && whole.steps.find(({ expansion }) => expansion === came.current || (came.current && same(expansion, came.current) && expansion.first === came.current.first));
    const concept = step && whole.nodes.get(step.expansion.concept)?.concept;
    if (!step || !concept) return;
    came.current = null;
    announce(t.came(nameOf(concept, step.expansion.way), grouped(step.found.ends.length, language), grouped(step.nodes.length, language)));
  }, [whole]);

  const groups = (id: string): readonly Group[] | undefined => {
    const counts = answers.counts(id);
    return counts && groupsOf(counts);
  };
  const full = (count: number): boolean => {
    const many = graph.nodes.size + Math.min(count, STEP) > MOST_NODES;
    if (many) announce(t.tooMany(grouped(MOST_NODES, language)));
    return many;
  };
  const expand = (expansion: Expansion): void => {
    came.current = expansion;
    change({ open: expanded(open, expansion) });
  };
  const collapse = (concept: Named, way: Way): void => {
    change({ open: collapsed(begin, open, { concept: concept.id, way }, answers.found) });
    announce(t.went(nameOf(concept, way)));
  };
  const shown = active !== null && graph.nodes.has(active) ? active : (begin[0]?.id ?? null);
  return {
    begin: names, unknown, whole, graph, expansions: open, pins: pin, problem: answers.problem, again: answers.again,
    active: (shown !== null && graph.nodes.get(shown)?.concept) || null,
    choose, groups,
    toggle: (concept, { way, count }) => {
      if (open.some((one) => same(one, { concept: concept.id, way }))) collapse(concept, way);
      else if (!full(count)) expand({ concept: concept.id, way, first: STEP });
    },
    more: (expansion) => {
      if (!full(STEP)) expand({ ...expansion, first: Math.min(expansion.first + STEP, MOST) });
    },
    expandSmall: (concept) => {
      const small = (groups(concept.id) ?? []).filter(({ way, count }) => count <= SMALL && !open.some((one) => same(one, { concept: concept.id, way })));
      if (full(small.reduce((sum, { count }) => sum + count, 0))) return;
      came.current = null;
      change({ open: [...open, ...small.map(({ way }): Expansion => ({ concept: concept.id, way, first: STEP }))] });
    },
    pin: (concept, place) => {
      const others = pin.filter(({ id }) => id !== concept.id);
      const off = place === undefined && others.length < pin.length;
      change({ pin: off ? others : [...others, { id: concept.id, at: place ?? null }] }, { replace: true });
      announce(off ? t.unpinned(concept.label) : t.pinned(concept.label));
    },
    remove: ({ id }) => change({ from: from.filter((one) => one !== id), pin: pin.filter((one) => one.id !== id), at: "" }),
  };
}

/** The concept that the reader is at. It follows arrow keys at once, and the URL a moment later: browsers refuse to change it at every key. */
function useActive(at: string): [string | null, (id: string) => void] {
  const [, change] = useParams(KEPT);
  const [active, setActive] = useState(at);
  useEffect(() => setActive(at), [at]);
  useEffect(() => {
    if (active === at) return undefined;
    const timer = setTimeout(() => change({ at: active }, { replace: true }), 400);
    return () => clearTimeout(timer);
  }, [active]);
  return [active === "" ? null : active, setActive];
}
