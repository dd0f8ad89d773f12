import type { ConceptKind, Provenance } from "../../api/generated/schema";
import type { Edge, Line } from "./model";

/** Concepts that look alike; colours and shapes are both different, so that either suffices. */
export type Family = "occupation" | "escoOccupation" | "skill" | "escoSkill" | "group" | "collection" | "name" | "other";
export const FAMILIES: readonly Family[] = ["occupation", "escoOccupation", "skill", "escoSkill", "group", "collection", "name", "other"];

export const SHAPES = ["circle", "square", "triangle", "hexagon", "diamond", "pentagon"] as const;
export type Shape = (typeof SHAPES)[number];

/** Hollow shapes are ESCO's. Colours are those of Okabe and Ito, which people with any colour vision tell apart; yellow has no contrast to paper and is not among them. */
export interface Look {
  readonly shape: Shape;
  readonly hollow: boolean;
  readonly color: string;
  readonly size: number;
}

export const LOOKS: Readonly<Record<Family, Look>> = {
  occupation: { shape: "circle", hollow: false, color: "#0072b2", size: 8 },
  escoOccupation: { shape: "circle", hollow: true, color: "#3a9fd8", size: 8 },
  skill: { shape: "square", hollow: false, color: "#009e73", size: 7 },
  escoSkill: { shape: "square", hollow: true, color: "#c98500", size: 7 },
  group: { shape: "triangle", hollow: false, color: "#d55e00", size: 8 },
  collection: { shape: "hexagon", hollow: false, color: "#c2679b", size: 8 },
  name: { shape: "diamond", hollow: false, color: "#6b7680", size: 5.5 },
  other: { shape: "pentagon", hollow: true, color: "#6b7680", size: 7 },
};

const KINDS: Partial<Record<ConceptKind, Family>> = {
  OCCUPATION_NAME: "occupation", ESCO_OCCUPATION: "escoOccupation",
  SKILL: "skill", GENERIC_SKILL: "skill", SWEDISH_RETAIL_AND_WHOLESALE_COUNCIL_SKILL: "skill", ESCO_SKILL: "escoSkill",
  JOB_TITLE: "name", KEYWORD: "name",
  OCCUPATION_FIELD: "collection", OCCUPATION_COLLECTION: "collection", SKILL_HEADLINE: "collection", SKILL_GROUP: "collection",
  SKILL_COLLECTION: "collection", GENERIC_SKILL_GROUP: "collection", ESCO_SKILL_GROUP: "collection", ESCO_COLLECTION: "collection",
  ESCO_SKILL_COLLECTION: "collection",
};

/** The family of a kind: classifications are groups, and what is newer than this page is other. */
export function familyOf(kind: ConceptKind): Family {
  return KINDS[kind] ?? (/^(SSYK|ISCO|ESCO_ISCO)_LEVEL_/.test(kind) ? "group" : "other");
}

/** Strokes by provenance, as lengths of stroke and gap in pixels; at most two pairs. */
export const DASHES: Readonly<Record<Provenance, readonly number[]>> = {
  NATIVE: [],
  CALCULATED: [9, 4],
  MAPPING: [2, 3.5],
  GROUP: [9, 3.5, 2, 3.5],
  DERIVED: [2, 8],
};

export const THIN = 1.25;
export const THICK = 3;

/** Whether an edge says that two concepts belong closely together: essential, substitutable at 75, an exact match. */
export function isStrong({ necessity, level, relation }: Edge): boolean {
  return necessity === "ESSENTIAL" || level === 75 || relation === "EXACT_MATCH";
}

/** How a line is drawn: thick if any of its edges is strong, with the stroke of the strongest provenance. */
export function strokeOf({ edges }: Line): { readonly width: number; readonly provenance: Provenance } {
  const order = Object.keys(DASHES) as Provenance[];
  const provenance = order.find((one) => edges.some(({ provenances }) => provenances.includes(one))) ?? "DERIVED";
  return { width: edges.some(isStrong) ? THICK : THIN, provenance };
}
