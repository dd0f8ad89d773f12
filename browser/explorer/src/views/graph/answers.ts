import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import { NeighbourhoodCounts } from "../../api/generated/NeighbourhoodCounts";
import { NeighbourhoodRelations } from "../../api/generated/NeighbourhoodRelations";
import { NeighbourhoodSkills } from "../../api/generated/NeighbourhoodSkills";
import type { Locale } from "../../api/generated/schema";
import type { Answer, Problem } from "../../api/problem";
import { useApi } from "../../api/query";
import { question, type Question } from "../../export/tools";
import { foundRelations, foundSkills, type Counts } from "./groups";
import { partsOf, writeExpansion, type Expansion, type Found } from "./model";

/** The question behind an expansion. */
export function questionOf({ concept: id, way, first }: Expansion, locale: Locale): Question {
  const parts = partsOf(way);
  return "skills" in parts
    ? question(NeighbourhoodSkills, { id, provenance: parts.skills, first, locale })
    : question(NeighbourhoodRelations, { id, ...parts, first, locale });
}

interface Asked {
  /** What an expansion brings, if that is known; nothing for a concept that the release does not have. */
  readonly found: (expansion: Expansion) => Found | undefined;
  /** What a concept could be expanded by, if that is known. */
  readonly counts: (id: string) => Counts | undefined;
  readonly problem: Problem | null;
  readonly again: () => void;
}

const NOTHING: Found = { total: 0, ends: [] };

/** Asks for expansions, and for the counts of some concepts; each once. */
export function useAnswers(expansions: readonly Expansion[], counted: readonly string[], locale: Locale): Asked {
  const { client, release } = useApi();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [problem, setProblem] = useState<Problem | null>(null);
  const asked = useRef(new Set<string>());
  // What is shown may be more than the client keeps: it must not go, nor be asked for twice, while it is shown.
  const kept = useRef(new Map<string, Found>());
  const keptCounts = useRef(new Map<string, Counts>());

  const found = (expansion: Expansion): Found | undefined => {
    const key = `${release} ${locale} ${writeExpansion(expansion)}`;
    const before = kept.current.get(key);
    if (before) return before;
    const { operation, variables } = questionOf(expansion, locale);
    const data = client.known(operation, variables, release);
    if (data === undefined) return undefined;
    const parts = partsOf(expansion.way);
    const answer = ("skills" in parts ? foundSkills(data as never, parts.skills) : foundRelations(data as never)) ?? NOTHING;
    kept.current.set(key, answer);
    return answer;
  };
  const counts = (id: string): Counts | undefined => {
    const key = `${release} ${locale} ${id}`;
    const before = keptCounts.current.get(key);
    if (before !== undefined) return before;
    const answer = client.known(NeighbourhoodCounts, { id, locale }, release)?.concept ?? undefined;
    if (answer) keptCounts.current.set(key, answer);
    return answer;
  };

  const ask = (key: string, question: () => Promise<Answer<unknown>>): void => {
    if (problem !== null || asked.current.has(key)) return;
    asked.current.add(key);
    void question().then((answer) => {
      if (!answer.ok) {
        asked.current.delete(key);
        setProblem(answer.problem);
      }
      redraw(undefined);
    });
  };
  useEffect(() => {
    for (const expansion of expansions) {
      if (found(expansion) !== undefined) continue;
      const { operation, variables } = questionOf(expansion, locale);
      ask(`${release} ${locale} ${writeExpansion(expansion)}`, () => client.ask(operation, variables, { release }));
    }
    for (const id of counted) {
      if (counts(id) === undefined) ask(`${release} ${locale} ${id}`, () => client.ask(NeighbourhoodCounts, { id, locale }, { release }));
    }
  });
  return { found, counts, problem, again: () => setProblem(null) };
}
