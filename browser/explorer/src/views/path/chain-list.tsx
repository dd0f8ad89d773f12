import type { JSX } from "preact";
import { ConceptLink, type Named } from "../../concepts/concept-link";
import { useTexts } from "../../texts/define";
import { useWords } from "../../words/words";
import { FamilySign } from "../graph/legend";
import { familyOf } from "../graph/look";
import type { Step, Way } from "./chains";
import { PATH } from "./texts";

const BOTH_WAYS = ["EXACT_MATCH", "CLOSE_MATCH", "RELATED_MATCH"];

/** Each way as a chain: concept, relation, concept, and so on. The arrow points as the relation reads, the word reads with the chain. */
export function Chains({ ways }: { ways: readonly Way[] }): JSX.Element {
  const t = useTexts(PATH);
  return (
    <ol class="chains" aria-label={t.chains}>
      {ways.map(({ steps }, number) => (
        <li key={number}>
          <span class="way-number" aria-hidden="true">{number + 1}</span>
          <ol class="chain">
            {steps[0] && <li><Bead of={steps[0].from} /></li>}
            {steps.map((step, place) => <li key={place}><Link of={step} /><Bead of={step.to} /></li>)}
          </ol>
        </li>
      ))}
    </ol>
  );
}

function Bead({ of }: { of: Named }): JSX.Element {
  const words = useWords();
  return <span class="bead" title={words.kind(of.kind)}><FamilySign family={familyOf(of.kind)} /> <ConceptLink of={of} /></span>;
}

function Link({ of: { relation, direction } }: { of: Step }): JSX.Element {
  const words = useWords();
  const both = BOTH_WAYS.includes(relation);
  return (
    <span class={`link ${both ? "both" : direction === "OUT" ? "along" : "against"}`}>
      <span class="link-word">{words.relation(relation, direction)}</span>
    </span>
  );
}
