import { useEffect, useReducer, useRef, useState } from "preact/hooks";
import { TreeBranch } from "../../api/generated/TreeBranch";
import type { Problem } from "../../api/problem";
import { useApi } from "../../api/query";
import { useAppState } from "../../state/context";
import { ordered, type Node } from "./trees";

interface Branches {
  /** The children of a concept in their order, if they are known. */
  readonly below: (id: string) => readonly Node[] | undefined;
  /** Why some could not be had, and how to ask for them again. */
  readonly problem: Problem | null;
  readonly again: () => void;
}

/** The children of the concepts that are open; each is asked for once. */
export function useBranches(open: readonly string[]): Branches {
  const { language } = useAppState();
  const locale = language === "sv" ? "SV" : "EN";
  const { client, release } = useApi();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [problem, setProblem] = useState<Problem | null>(null);
  const asked = useRef(new Set<string>());
  const below = (id: string): readonly Node[] | undefined => {
    const nodes = client.known(TreeBranch, { id, locale }, release)?.concept?.narrower.nodes;
    return nodes && ordered(nodes, language);
  };

  useEffect(() => {
    for (const id of open) {
      const key = `${release} ${locale} ${id}`;
      if (problem !== null || asked.current.has(key) || below(id) !== undefined) continue;
      asked.current.add(key);
      void client.ask(TreeBranch, { id, locale }, { release }).then((found) => {
        if (!found.ok) {
          asked.current.delete(key);
          setProblem(found.problem);
        }
        redraw(undefined);
      });
    }
  });
  return { below, problem, again: () => setProblem(null) };
}
