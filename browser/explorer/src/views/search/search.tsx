import type { JSX } from "preact";
import { Search, type SearchData, type SearchVariables } from "../../api/generated/Search";
import { SCHEME_VALUES } from "../../api/generated/schema";
import { picked, useQuery } from "../../api/query";
import { ConceptLink } from "../../concepts/concept-link";
import { question } from "../../export/tools";
import { useAppState, useParams } from "../../state/context";
import { Table, type Column } from "../../table/table";
import { useTexts } from "../../texts/define";
import { StateLink } from "../../ui/link";
import { Empty, Loaded } from "../../ui/states";
import { useWords } from "../../words/words";
import { searchCypher } from "./cypher";
import { KIND_GROUP_NAMES, kindsOf, SEARCHED } from "./filters";
import { SEARCH } from "./texts";

type Hit = NonNullable<SearchData["search"]>["nodes"][number];

const MOST = 1000;
const EXAMPLES = ["sjuksköterska", "mjukvaruutvecklare", "2512", "CNC"];

/** Everything that has a name with what was typed, the best first. */
export default function SearchView(): JSX.Element {
  const t = useTexts(SEARCH);
  const { language } = useAppState();
  const [{ q, kinds, scheme }, change] = useParams(SEARCHED);
  const variables: SearchVariables = {
    text: q,
    kinds: kinds.length > 0 ? kindsOf(kinds) : null,
    schemes: scheme === "" ? null : [scheme],
    first: MOST,
    locale: language === "sv" ? "SV" : "EN",
  };
  const columns = useColumns();
  const found = picked(useQuery(Search, q === "" ? null : variables), (data) => data.search);
  return (
    <>
      <Filters />
      {q === "" && <Welcome />}
      <Loaded of={found}>
        {({ nodes, totalCount }) =>
          nodes.length === 0 ? (
            <Empty title={t.none(q)}>
              <p>{t.noneHint}</p>
              {(kinds.length > 0 || scheme !== "") && (
                <p>
                  <button type="button" class="button" onClick={() => change({ kinds: [], scheme: "" })}>{t.dropFilters}</button>
                </p>
              )}
            </Empty>
          ) : (
            <Table
              title={t.title(q)}
              columns={columns}
              rows={nodes}
              concept={({ concept }) => concept}
              total={totalCount}
              questions={[question(Search, variables)]}
              cypher={searchCypher(q, MOST)}
            />
          )
        }
      </Loaded>
    </>
  );
}

function useColumns(): readonly Column<Hit>[] {
  const t = useTexts(SEARCH);
  const words = useWords();
  return [
    { key: "label", title: t.name, value: ({ concept }) => concept.label, cell: ({ concept }) => <ConceptLink of={concept} showCode={false} /> },
    { key: "kind", title: t.kind, value: ({ concept }) => words.kind(concept.kind), width: "12rem" },
    { key: "code", title: t.code, value: ({ concept }) => concept.code, width: "6.5rem" },
    { key: "foundAs", title: t.foundAs, value: ({ matchedText, concept }) => (matchedText === concept.label ? "" : matchedText), width: "12rem", wideOnly: true },
    { key: "scheme", title: t.inScheme, value: ({ concept }) => words.scheme(concept.scheme), width: "11rem", wideOnly: true },
    { key: "id", title: t.id, value: ({ concept }) => concept.id, width: "10rem", wideOnly: true },
  ];
}

function Filters(): JSX.Element {
  const t = useTexts(SEARCH);
  const words = useWords();
  const [{ kinds, scheme }, change] = useParams(SEARCHED);
  return (
    <div class="filters">
      <fieldset class="chips">
        <legend>{t.kinds}</legend>
        {KIND_GROUP_NAMES.map((group) => (
          <label key={group} class="chip">
            <input
              type="checkbox"
              checked={kinds.includes(group)}
              onChange={(event) => change({ kinds: event.currentTarget.checked ? [...kinds, group] : kinds.filter((other) => other !== group) })}
            />
            {t[group]}
          </label>
        ))}
      </fieldset>
      <label class="field">
        {t.scheme}
        <select value={scheme} onChange={(event) => change({ scheme: SCHEME_VALUES.find((one) => one === event.currentTarget.value) ?? "" })}>
          <option value="">{t.allSchemes}</option>
          {SCHEME_VALUES.map((one) => (
            <option key={one} value={one}>{words.scheme(one)}</option>
          ))}
        </select>
      </label>
    </div>
  );
}

function Welcome(): JSX.Element {
  const t = useTexts(SEARCH);
  return (
    <div class="state">
      <p>{t.lead}</p>
      <p>{t.examples}:</p>
      <ul class="inline">
        {EXAMPLES.map((example) => (
          <li key={example}>
            <StateLink to={(state) => ({ ...state, params: { ...state.params, ...SEARCHED.write({ ...SEARCHED.read(state.params), q: example }) } })}>{example}</StateLink>
          </li>
        ))}
      </ul>
    </div>
  );
}
