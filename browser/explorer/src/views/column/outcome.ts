import type { ReconcileData } from "../../api/generated/Reconcile";
import type { Named } from "../../concepts/concept-link";

export type Answered = NonNullable<ReconcileData["reconcile"]>[number];
export type Candidate = Answered["candidates"][number];

/** How a concept came to stand for a value. */
export type How = Candidate["matchedBy"] | "SEARCHED" | "COMMON_GROUP";

/** What the reader decided about a value: a concept, or that none is meant. */
export interface Choice {
  readonly concept: Named | null;
  readonly how: How;
}

/** What became of a value. */
export type Outcome =
  | { readonly status: "empty" | "waiting" }
  | { readonly status: "matched"; readonly concept: Named; readonly how: How; readonly chosen: boolean; readonly found: string }
  | { readonly status: "ambiguous" | "unknown"; readonly candidates: readonly Candidate[]; readonly set: boolean };

export type Status = Outcome["status"];

const SUGGESTED: readonly How[] = ["MAPPED", "SEARCH", "RESEMBLANCE"];

/** What became of a text: what was chosen goes before what was found. Several names are ambiguous, suggestions alone unknown. */
export function outcome(text: string, answered: Answered | undefined, choice: Choice | undefined): Outcome {
  if (text === "") return { status: "empty" };
  if (choice?.concept) return { status: "matched", concept: choice.concept, how: choice.how, chosen: true, found: choice.concept.label };
  if (answered === undefined) return { status: "waiting" };
  const { candidates, match } = answered;
  const matched = candidates.find(({ concept }) => concept.id === match?.concept.id);
  const set = choice !== undefined;
  if (matched !== undefined && !set) {
    return { status: "matched", concept: matched.concept, how: matched.matchedBy, chosen: false, found: matched.matchedText };
  }
  const named = candidates.some(({ matchedBy }) => !SUGGESTED.includes(matchedBy));
  return { status: named && !set ? "ambiguous" : "unknown", candidates, set };
}

/** The SSYK group that all candidates of an ambiguous value are in; null if they differ, or are no occupations. */
export function commonGroup(candidates: readonly Candidate[]): Named | null {
  const groups = candidates.map(({ concept }) => concept.group ?? null);
  const [first] = groups;
  return first && groups.length > 1 && groups.every((group) => group?.id === first.id) ? first : null;
}

/** Values that are equal are decided together: each text once, in the order in which they come, with the rows that it has. */
export function distinct(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== "") counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
