import { useEffect, useRef, useState } from "preact/hooks";
import { Crosswalk } from "../../api/generated/Crosswalk";
import { Reconcile } from "../../api/generated/Reconcile";
import type { Problem } from "../../api/problem";
import { useApi } from "../../api/query";
import { useAppState } from "../../state/context";
import { inBatches } from "./batches";
import { beside, type Beside } from "./crosswalk";
import type { Answered } from "./outcome";
import { change, current } from "./session";
import { MEANINGS, type Meaning } from "./settings";

/** Both are well below what the service takes at once (docs/graphql.md, Limits). */
const BATCH = 100;
const TOGETHER = 2;
const CANDIDATES = 20;

/** The crosswalk is asked for as columns are: which concepts somebody's data has is nobody else's business. */
const COLUMN_CROSSWALK = { ...Crosswalk, personal: true };

/** What is under way: how many of how many values have been looked up, and what stopped it. */
export interface Lookup {
  readonly running: boolean;
  readonly done: number;
  readonly of: number;
  readonly problem: Problem | null;
  readonly start: (texts: readonly string[]) => void;
  readonly cancel: () => void;
}

/** Under which key an answer is kept: it is of a release, of a language, of what values stand for. */
export function useKeys(meaning: Meaning): { answer: (text: string) => string; choice: (text: string) => string; beside: (id: string) => string } {
  const { release } = useApi();
  const { language } = useAppState();
  return {
    answer: (text) => `${release} ${language} ${meaning} ${text}`,
    choice: (text) => `${meaning} ${text}`,
    beside: (id) => `${release} ${language} ${id}`,
  };
}

/** Looks values up, many at a time; what is known is not asked again. Leaving the view cancels. */
export function useLookup(meaning: Meaning): Lookup {
  const { client, release } = useApi();
  const locale = useAppState().language === "sv" ? "SV" : "EN";
  const keys = useKeys(meaning);
  const [state, setState] = useState<Pick<Lookup, "running" | "done" | "of" | "problem">>({ running: false, done: 0, of: 0, problem: null });
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), [release, locale, meaning]);

  const start = (texts: readonly string[]): void => {
    controller.current?.abort();
    const { signal } = (controller.current = new AbortController());
    const found = new Map<string, Answered>();
    setState({ running: true, done: 0, of: texts.length, problem: null });
    void inBatches<Answered>(texts, {
      size: BATCH,
      together: TOGETHER,
      ask: async (some) => {
        const answer = await client.ask(Reconcile, { texts: some, kinds: MEANINGS[meaning], first: CANDIDATES, locale }, { signal, release });
        if (!answer.ok) return answer;
        return answer.data.reconcile === null ? { ok: false, problem: { kind: "nothing" } } : { ok: true, found: answer.data.reconcile };
      },
      keep: (text, answer) => found.set(keys.answer(text), answer),
      onProgress: (done) => {
        if (signal.aborted) return;
        change({ answers: new Map([...current().answers, ...found]) });
        found.clear();
        setState((now) => ({ ...now, done }));
      },
    }).then(
      (problem) => !signal.aborted && setState((now) => ({ ...now, running: false, problem })),
      () => setState((now) => (controller.current?.signal === signal ? { ...now, running: false } : now)), // cancelled
    );
  };
  return { ...state, start, cancel: () => controller.current?.abort() };
}

/** What belongs beside these concepts, as it comes in; gives why some is missing, and how to ask again. */
export function useCrosswalk(ids: readonly string[], meaning: Meaning): { problem: Problem | null; again: () => void } {
  const { client, release } = useApi();
  const locale = useAppState().language === "sv" ? "SV" : "EN";
  const keys = useKeys(meaning);
  const [problem, setProblem] = useState<Problem | null>(null);
  const missing = ids.filter((id) => !current().crosswalk.has(keys.beside(id)));
  const wanted = missing.join(" ");
  useEffect(() => {
    if (wanted === "" || problem !== null) return undefined;
    const controller = new AbortController();
    const found = new Map<string, Beside>();
    inBatches<Beside | null>(missing, {
      size: BATCH,
      together: 1,
      ask: async (some) => {
        const answer = await client.ask(COLUMN_CROSSWALK, { ids: some, locale }, { signal: controller.signal, release });
        return answer.ok ? { ok: true, found: (answer.data.nodes ?? []).map((node) => node && beside(node)) } : answer;
      },
      keep: (id, row) => row && found.set(keys.beside(id), row),
      onProgress: () => change({ crosswalk: new Map([...current().crosswalk, ...found]) }),
    }).then(setProblem, () => undefined); // cancelled
    return () => controller.abort();
  }, [wanted, problem === null, release, locale]);
  return { problem, again: () => setProblem(null) };
}
