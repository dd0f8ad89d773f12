import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { ConceptCard, type ConceptCardData } from "../api/generated/ConceptCard";
import { PROVENANCE_VALUES, type Provenance } from "../api/generated/schema";
import { picked, useQuery } from "../api/query";
import { ConceptLink, useForeign, type Named } from "../concepts/concept-link";
import { sourceTitle, useRelease } from "../release/context";
import { useAppState, useStore } from "../state/context";
import { isSelected, openCard, toggleSelected, toView } from "../state/state";
import { grouped, useTexts } from "../texts/define";
import { useAnnounce } from "../ui/announce";
import { StateLink } from "../ui/link";
import { Loaded } from "../ui/states";
import { useWords } from "../words/words";
import { Onwards } from "./onwards";
import { CARD } from "./texts";

export type Concept = NonNullable<ConceptCardData["concept"]>;

/** What the concept is whose card is open; it takes the focus, and gives it back when it is closed. */
export function Card({ id }: { id: string }): JSX.Element {
  const t = useTexts(CARD);
  const { language } = useAppState();
  const store = useStore();
  const announce = useAnnounce();
  const card = useRef<HTMLElement>(null);
  const opener = useRef<Element | null>(null);
  const found = picked(useQuery(ConceptCard, { id, locale: language === "sv" ? "SV" : "EN" }), (data) => data.concept);
  const label = found.status === "ready" ? found.data.label : null;

  useEffect(() => {
    const active = document.activeElement;
    if (active === document.body) return; // opened by its address: the page begins at its beginning
    if (!card.current?.contains(active)) opener.current = active;
    card.current?.focus();
  }, [id]);
  useEffect(() => {
    if (label !== null) announce(t.opened(label));
  }, [label]);

  const close = (): void => {
    store.go((state) => openCard(state, null));
    const back = opener.current?.isConnected ? opener.current : document.getElementById("view-title");
    if (back instanceof HTMLElement) back.focus();
  };
  return (
    <aside ref={card} class="card" aria-label={label ?? t.card} tabIndex={-1} onKeyDown={(event) => event.key === "Escape" && close()}>
      <button type="button" class="button quiet close" aria-label={t.close} title={t.close} onClick={close}>
        <span aria-hidden="true">✕</span>
      </button>
      <Loaded of={found}>{(concept) => <Content of={concept} />}</Loaded>
    </aside>
  );
}

function Content({ of }: { of: Concept }): JSX.Element {
  const t = useTexts(CARD);
  const words = useWords();
  const store = useStore();
  const state = useAppState();
  const foreign = useForeign();
  const chosen = isSelected(state, of.id);
  const other = state.language === "sv" ? (of.englishLocale === "EN" ? of.english : of.swedish) : of.swedish;
  return (
    <>
      <p class="eyebrow">
        {words.kind(of.kind)}
        {of.codes.map(({ system, value }) => (
          <span key={system + value}> · {words.code(system)} <code>{value}</code></span>
        ))}
      </p>
      <h2 lang={foreign(of.labelLocale)}>{of.label}</h2>
      {other !== of.label && <p class="other" lang={state.language === "sv" ? "en" : "sv"}>{other}</p>}
      {of.deprecated && (
        <div class="notice" role="note">
          <p><strong>{t.deprecated}</strong></p>
          {of.replacedBy.length > 0 ? <p>{t.replacedBy} <Names of={of.replacedBy} />.</p> : <p>{t.noReplacement}</p>}
        </div>
      )}
      <p>
        <button type="button" class={chosen ? "button" : "button main"} aria-pressed={chosen} onClick={() => store.go((now) => toggleSelected(now, of.id), { replace: true })}>
          {chosen ? t.deselect : t.select}
        </button>
      </p>
      <Definition of={of} />
      <dl class="facts">
        {of.alternativeLabels.length > 0 && <Fact title={t.alsoCalled}>{of.alternativeLabels.join("; ")}</Fact>}
        {of.broader.length > 0 && <Fact title={t.broader}><Names of={of.broader} /></Fact>}
        {(of.occupationFields?.length ?? 0) > 0 && <Fact title={t.fields}><Names of={of.occupationFields ?? []} /></Fact>}
        {(of.iscoGroups?.edges.length ?? 0) > 0 && (
          <Fact title={t.isco}>
            {of.iscoGroups?.edges.map(({ node, provenance }) => (
              <div key={node.id}><ConceptLink of={node} /> <span class="badge">{words.provenance(provenance)}</span></div>
            ))}
          </Fact>
        )}
        {of.replaces.length > 0 && <Fact title={t.replaces}><Names of={of.replaces} /></Fact>}
        {of.notes.map((note) => (
          <Fact key={note.kind + note.locale} title={words.note(note.kind)}><span lang={foreign(note.locale)}>{note.text}</span></Fact>
        ))}
      </dl>
      <Skills of={of} />
      <Relations of={of} />
      <Onwards of={of} />
    </>
  );
}

function Definition({ of }: { of: Concept }): JSX.Element {
  const t = useTexts(CARD);
  const foreign = useForeign();
  const release = useRelease();
  if (of.definition === null) return <p class="soft">{t.noDefinition}</p>;
  return (
    <>
      <p class="definition" lang={foreign(of.definition.locale)}>{of.definition.text}</p>
      <p class="soft">{t.says} {sourceTitle(release, of.definition.source)}</p>
    </>
  );
}

function Names({ of }: { of: readonly Named[] }): JSX.Element {
  return <>{of.map((one, number) => <span key={one.id}>{number > 0 && ", "}<ConceptLink of={one} /></span>)}</>;
}

function Fact({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** How many skills (or occupations), and of how many each sort of source says so. */
function Skills({ of }: { of: Concept }): JSX.Element | null {
  const t = useTexts(CARD);
  const words = useWords();
  const { language } = useAppState();
  if (of.occupations !== undefined && of.occupations !== null) {
    return <h3>{t.occupations(grouped(of.occupations.totalCount, language))}</h3>;
  }
  if (of.skills === undefined) return null;
  const counts: Record<Provenance, number> = {
    NATIVE: of.native?.totalCount ?? 0,
    CALCULATED: of.calculated?.totalCount ?? 0,
    MAPPING: of.mapping?.totalCount ?? 0,
    GROUP: of.group?.totalCount ?? 0,
    DERIVED: of.derived?.totalCount ?? 0,
  };
  const said = PROVENANCE_VALUES.filter((provenance) => counts[provenance] > 0);
  return (
    <section>
      <h3>{t.skills(grouped(of.skills.totalCount, language))}</h3>
      {said.length > 0 && (
        <>
          <p class="soft">{t.skillsLead}</p>
          <ul class="counts">
            {said.map((provenance) => (
              <li key={provenance} title={words.meaning(provenance)}>
                <span class={`badge ${provenance.toLowerCase()}`}>{words.provenance(provenance)}</span>
                <span class="count">{grouped(counts[provenance], language)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Relations({ of }: { of: Concept }): JSX.Element {
  const t = useTexts(CARD);
  const words = useWords();
  const { language } = useAppState();
  return (
    <section>
      <h3>{t.relations}</h3>
      {of.relationCounts.length === 0 ? (
        <p class="soft">{t.noRelations}</p>
      ) : (
        <ul class="counts">
          {of.relationCounts.map(({ relation, direction, kind, count }) => (
            <li key={`${relation} ${direction} ${kind}`}>
              <span>
                <StateLink to={(state) => toView(state, "relations", { of: of.id, rel: `${relation} ${direction}` })}>{words.relation(relation, direction)}</StateLink>{" "}
                <span class="soft">{words.kind(kind)}</span>
              </span>
              <span class="count">{grouped(count, language)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
