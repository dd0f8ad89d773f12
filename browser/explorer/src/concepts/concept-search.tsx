import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Search, type SearchData } from "../api/generated/Search";
import type { ConceptKind, Scheme } from "../api/generated/schema";
import { useQuery } from "../api/query";
import { useAppState } from "../state/context";
import { grouped, useTexts } from "../texts/define";
import { useAnnounce } from "../ui/announce";
import { useWords } from "../words/words";
import { Label } from "./concept-link";
import { CONCEPTS } from "./texts";

type Hit = NonNullable<SearchData["search"]>["nodes"][number];

const MOST = 8;
/** Milliseconds without a key after which is asked: a word that is typed quickly is one question. */
const PAUSE = 70;

interface Props {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onChoose: (concept: Hit["concept"]) => void;
  /** Enter without a choice. */
  readonly onSubmit?: (text: string) => void;
  readonly kinds?: readonly ConceptKind[];
  readonly schemes?: readonly Scheme[];
  readonly placeholder?: string;
}

/** Choose a concept by its name: a combobox with a list (WAI-ARIA APG), which offers what is found from the first letter. */
export function ConceptSearch({ label, text, onText, onChoose, onSubmit, kinds = [], schemes = [], placeholder }: Props): JSX.Element {
  const t = useTexts(CONCEPTS);
  const { language } = useAppState();
  const announce = useAnnounce();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const list = useRef<HTMLUListElement>(null);
  const asked = usePaused(text.trim());
  const found = useQuery(
    Search,
    open && asked !== ""
      ? { text: asked, first: MOST, locale: language === "sv" ? "SV" : "EN", kinds: kinds.length > 0 ? kinds : null, schemes: schemes.length > 0 ? schemes : null }
      : null,
  );
  const search = found.status === "ready" || found.status === "loading" ? found.data?.search : null;
  const hits = open && text.trim() !== "" ? (search?.nodes ?? []) : [];
  const none = open && found.status === "ready" && hits.length === 0 && asked !== "";
  const total = found.status === "ready" ? found.data.search?.totalCount : undefined;

  useEffect(() => {
    if (total !== undefined) announce(total === 0 ? t.none : t.found(grouped(total, language)));
  }, [total, asked]);
  useEffect(() => list.current?.children[active]?.scrollIntoView({ block: "nearest" }), [active]);

  const choose = (hit: Hit): void => {
    setOpen(false);
    setActive(-1);
    onChoose(hit.concept);
  };
  const move = (step: number): void => {
    setOpen(true);
    if (hits.length > 0) setActive((now) => (now + step + hits.length + (now < 0 && step < 0 ? 1 : 0)) % hits.length);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const hit = hits[active];
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter" && hit) choose(hit);
    else if (event.key === "Enter") {
      setOpen(false);
      onSubmit?.(text.trim());
    } else if (event.key === "Escape" && (hits.length > 0 || none)) setOpen(false);
    else if (event.key === "Escape" && text !== "") onText("");
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="search" onFocusOut={(event) => {
      if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setOpen(false);
    }}>
      <label class="unseen" for={`${id}-input`}>{label}</label>
      <input
        id={`${id}-input`}
        type="text"
        role="combobox"
        enterkeyhint="search"
        autocomplete="off"
        spellcheck={false}
        maxLength={200}
        placeholder={placeholder ?? t.placeholder}
        aria-autocomplete="list"
        aria-expanded={hits.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={active >= 0 && active < hits.length ? `${id}-${active}` : undefined}
        value={text}
        onInput={(event) => {
          setOpen(true);
          setActive(-1);
          onText(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
      />
      <ul ref={list} id={`${id}-list`} role="listbox" aria-label={label} class="options" hidden={hits.length === 0}>
        {hits.map((hit, number) => (
          <Option key={hit.concept.id} id={`${id}-${number}`} hit={hit} active={number === active} choose={() => choose(hit)} />
        ))}
      </ul>
      {none && <p class="options none">{t.none}</p>}
    </div>
  );
}

function Option({ id, hit, active, choose }: { id: string; hit: Hit; active: boolean; choose: () => void }): JSX.Element {
  const t = useTexts(CONCEPTS);
  const words = useWords();
  const { concept, matchedText } = hit;
  const another = matchedText !== concept.label && matchedText !== concept.code;
  return (
    // The input keeps the focus: what is pressed here must not take it.
    <li id={id} role="option" aria-selected={active} class="option" onPointerDown={(event) => event.preventDefault()} onClick={choose}>
      <span class="option-label">
        {concept.code !== null && <span class="code">{concept.code} </span>}
        <Label of={concept} />
      </span>
      <span class="option-kind">{words.kind(concept.kind)}</span>
      {(another || concept.deprecated) && (
        <span class="option-note">
          {another && `${t.matched} ${matchedText}`}
          {concept.deprecated && ` (${t.deprecated})`}
        </span>
      )}
    </li>
  );
}

/** A text when it has not changed for a moment. */
function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}
