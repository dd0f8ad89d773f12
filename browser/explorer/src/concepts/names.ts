import { ConceptNames, type ConceptNamesData } from "../api/generated/ConceptNames";
import { useQuery } from "../api/query";
import { useAppState } from "../state/context";
import type { Named } from "./concept-link";

type Node = NonNullable<NonNullable<ConceptNamesData["nodes"]>[number]>;

export interface Names {
  /** The concept of an id; undefined while it is not known, or when the release does not have it. */
  readonly of: (id: string) => Named | undefined;
  /** The answer is there: what has no name is unknown. */
  readonly ready: boolean;
}

/** The same question by POST, kept nowhere: ids that say something of a person do not belong into a URL. */
const PERSONAL_NAMES = { ...ConceptNames, personal: true };

/** What concepts are called of which only the ids are at hand; `personal` for those of a profile. */
export function useNames(ids: readonly string[], { personal = false } = {}): Names {
  const { language } = useAppState();
  const found = useQuery(personal ? PERSONAL_NAMES : ConceptNames, ids.length > 0 ? { ids, locale: language === "sv" ? "SV" : "EN" } : null);
  const nodes = found.status === "ready" || found.status === "loading" ? (found.data?.nodes ?? []) : [];
  const known = new Map(nodes.flatMap((node) => (node === null ? [] : [[node.id, namedOf(node)] as const])));
  return { of: (id) => known.get(id), ready: found.status === "ready" };
}

function namedOf({ id, kind, code, label, labelLocale }: Node): Named | undefined {
  if (kind === undefined || label === undefined || labelLocale === undefined) return undefined;
  return { id, kind, code: code ?? null, label, labelLocale };
}
