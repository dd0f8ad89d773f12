import { NECESSITY_VALUES, PROVENANCE_VALUES, type ConceptKind, type Necessity, type Provenance } from "../../api/generated/schema";
import { oneOf, params, someOf, text } from "../../state/params";
import { PARTS, type Part } from "./sides";

/** What can be compared. */
export const OCCUPATIONS: readonly ConceptKind[] = ["OCCUPATION_NAME"];

/** The two, which part of their skills is listed, and what counts as evidence. */
export const KEPT = params<{ a: string; b: string; part: Part | "all"; by: readonly Provenance[]; need: readonly Necessity[] }>({
  a: text(),
  b: text(),
  part: oneOf([...PARTS, "all"], "both"),
  by: someOf(PROVENANCE_VALUES),
  need: someOf(NECESSITY_VALUES),
});
