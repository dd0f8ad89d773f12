import type { Named } from "../../concepts/concept-link";
import { useTexts } from "../../texts/define";
import { useWords, type Words } from "../../words/words";
import { partsOf, type Edge, type Line, type Way } from "./model";
import { GRAPH } from "./texts";

interface GraphWords {
  /** What the concepts at the other end of a way are. */
  way(concept: Pick<Named, "kind">, way: Way): string;
  /** What an edge says, from its subject to its object. */
  edge(edge: Edge): string;
  /** How strong an edge is, in a word; "" where the source does not say. */
  strength(edge: Edge): string;
  /** What stands on a line: the strength where there is one to tell, else the relation; nothing on what merely belongs together. */
  line(line: Line): string;
  readonly words: Words;
}

export function useGraphWords(): GraphWords {
  const t = useTexts(GRAPH);
  const words = useWords();
  const edge = ({ relation }: Edge): string => (relation === "SKILLS" ? t.skills : words.relation(relation, "OUT"));
  const strength = ({ necessity, level }: Edge): string => (necessity !== null ? words.necessity(necessity) : level !== null ? String(level) : "");
  return {
    words,
    edge,
    strength,
    way: ({ kind }, way) => {
      const parts = partsOf(way);
      if (!("skills" in parts)) return words.relation(parts.relation, parts.direction);
      return `${kind === "OCCUPATION_NAME" ? t.skills : t.occupationsWith}: ${words.provenance(parts.skills)}`;
    },
    line: ({ edges }) => [...new Set(edges.map((one) => (one.necessity === "RELATED" ? "" : strength(one) || edge(one))))].filter(Boolean).join(", "),
  };
}
