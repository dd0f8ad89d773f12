import type { JSX } from "preact";
import { PROVENANCE_VALUES, type Provenance } from "../../api/generated/schema";
import { useAppState, useParams } from "../../state/context";
import { grouped, useTexts } from "../../texts/define";
import { useWords } from "../../words/words";
import { KEPT } from "./kept";
import { DASHES, familyOf, FAMILIES, LOOKS, type Family } from "./look";
import type { Graph } from "./model";
import { outline } from "./shapes";
import { GRAPH } from "./texts";

/** The shape and colour of a family. */
export function FamilySign({ family }: { family: Family }): JSX.Element {
  const { shape, hollow, color } = LOOKS[family];
  return (
    <svg class="sign" viewBox="-8 -8 16 16" width="16" height="16" aria-hidden="true">
      <path d={outline(shape, hollow ? 4.6 : 5.8)} fill={hollow ? "none" : color} stroke={color} stroke-width={hollow ? 2.4 : 0} />
    </svg>
  );
}

/** The families that a graph has, in their order. */
export function familiesOf(graph: Graph): readonly Family[] {
  const present = new Set([...graph.nodes.values()].map(({ concept }) => familyOf(concept.kind)));
  return FAMILIES.filter((family) => present.has(family));
}

/** The provenances that a graph's relations have, in their order. */
export function provenancesOf(graph: Graph): readonly Provenance[] {
  const present = new Set([...graph.edges.values()].flatMap(({ provenances }) => provenances));
  return PROVENANCE_VALUES.filter((provenance) => present.has(provenance));
}

/** What shapes and strokes mean, always beside the picture; a stroke that is switched off hides the relations of its provenance. */
export function Legend({ whole, graph }: { whole: Graph; graph: Graph }): JSX.Element {
  const t = useTexts(GRAPH);
  const words = useWords();
  const { language } = useAppState();
  const [{ hide }, change] = useParams(KEPT);
  const listed = PROVENANCE_VALUES.filter((provenance) => hide.includes(provenance) || provenancesOf(whole).includes(provenance));
  const hidden = whole.nodes.size - graph.nodes.size;
  return (
    <div class="legend" role="group" aria-label={t.legend}>
      <ul class="inline">
        {familiesOf(whole).map((family) => <li key={family}><FamilySign family={family} /> {t[family]}</li>)}
      </ul>
      {listed.length > 0 && (
        <fieldset class="chips">
          <legend>{t.strokes}</legend>
          {listed.map((provenance) => (
            <label key={provenance} class="chip" title={words.meaning(provenance)}>
              <input
                type="checkbox" checked={!hide.includes(provenance)}
                onChange={(event) => change({ hide: event.currentTarget.checked ? hide.filter((one) => one !== provenance) : [...hide, provenance] })}
              />
              <svg class="stroke" viewBox="0 0 28 8" width="28" height="8" aria-hidden="true">
                <path d="M0 4H28" stroke="currentColor" stroke-width="2" stroke-dasharray={DASHES[provenance].join(" ") || "none"} />
              </svg>
              {words.provenance(provenance)}
            </label>
          ))}
        </fieldset>
      )}
      <p class="soft">{graph.edges.size > 0 ? t.widths : t.empty}{hidden > 0 && <> <strong role="status">{t.hiddenCount(grouped(hidden, language))}</strong></>}</p>
    </div>
  );
}
