import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Label, type Named } from "../../concepts/concept-link";
import { useAppState, useStore } from "../../state/context";
import { openCard, toggleSelected } from "../../state/state";
import { grouped, useTexts } from "../../texts/define";
import { FamilySign } from "./legend";
import { familyOf } from "./look";
import type { Neighbourhood } from "./neighbourhood";
import type { End } from "./model";
import { itemOf, type Item } from "./outline";
import { GRAPH } from "./texts";
import { useGraphWords } from "./words";
import type { Words } from "../../words/words";

interface Props {
  readonly of: Neighbourhood;
  readonly items: readonly Item[];
  readonly fold: (key: string, unfolded: boolean) => void;
}

/** What the graph shows, as a tree (WAI-ARIA APG) for keyboard and screen reader; the concept that has the focus is marked in the graph. */
export function List({ of, items, fold }: Props): JSX.Element {
  const t = useTexts(GRAPH);
  const store = useStore();
  const root = useRef<HTMLUListElement>(null);
  const wanted = useRef<string | null>(null);
  const [at, setAt] = useState<string | null>(null);
  const current = itemOf(items, at, of.active?.id ?? null);

  useEffect(() => {
    if (wanted.current === null) return;
    root.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(wanted.current)}"]`)?.focus();
    wanted.current = null;
  });
  // When what has the focus goes, because it was removed elsewhere, what takes its place has it.
  const focused = useRef(false);
  useEffect(() => {
    if (focused.current && document.activeElement === document.body && current) root.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [items]);
  const key = current?.key;
  useEffect(() => {
    const list = root.current;
    const item = list?.querySelector<HTMLElement>('[tabindex="0"]');
    if (!list || !item || document.activeElement === item) return;
    // Only the list scrolls, not the page.
    if (item.offsetTop < list.scrollTop || item.offsetTop + item.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = item.offsetTop - list.clientHeight / 3;
  }, [key]);

  const go = (item: Item | undefined): void => {
    if (item === undefined) return;
    wanted.current = item.key;
    setAt(item.key);
    of.choose(item.concept.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (current === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const number = items.indexOf(current);
    const act: Record<string, () => void> = {
      ArrowDown: () => go(items[number + 1]),
      ArrowUp: () => go(items[number - 1]),
      Home: () => go(items[0]),
      End: () => go(items.at(-1)),
      ArrowRight: () => (isOpen(current) ? go(items[number + 1]) : open(current)),
      ArrowLeft: () => (isOpen(current) ? close(current) : go(items.find((item) => item.key === current.parent))),
      Enter: () => (current.type === "concept" ? store.go((state) => openCard(state, current.concept.id)) : isOpen(current) ? close(current) : open(current)),
      " ": () => (current.type === "concept" ? store.go((state) => toggleSelected(state, current.concept.id), { replace: true }) : isOpen(current) ? close(current) : open(current)),
      p: () => of.pin(current.concept),
    };
    const action = act[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  };
  const open = (item: Item): void => {
    wanted.current = item.key;
    if (item.type === "concept") fold(item.key, true);
    else if (item.type === "group" && item.shown === null) of.toggle(item.concept, item.group);
    else if (item.type === "more") of.more(item.expansion);
  };
  const close = (item: Item): void => {
    wanted.current = item.key;
    if (item.type === "concept") fold(item.key, false);
    else if (item.type === "group") of.toggle(item.concept, item.group);
  };
  return (
    <ul
      ref={root} class="tree outline" role="tree" aria-label={t.list} onKeyDown={onKeyDown}
      onFocusIn={() => (focused.current = true)}
      onFocusOut={(event) => { if (event.relatedTarget !== null) focused.current = false; }}
    >
      {items.map((item) => (
        <Row
          key={item.key} item={item} active={item === current} pinned={of.pins.some(({ id }) => id === item.concept.id)}
          onFocus={() => { setAt(item.key); of.choose(item.concept.id); }} onClick={() => (isOpen(item) ? close(item) : open(item))}
          onChoose={() => go(item)}
        />
      ))}
    </ul>
  );
}

function isOpen(item: Item): boolean {
  return (item.type === "concept" && item.unfolded) || (item.type === "group" && item.shown !== null);
}

function Row({ item, active, pinned, onFocus, onClick, onChoose }: {
  item: Item; active: boolean; pinned: boolean; onFocus: () => void; onClick: () => void; onChoose: () => void;
}): JSX.Element {
  const t = useTexts(GRAPH);
  const { language, selection } = useAppState();
  const { way, words } = useGraphWords();
  const { concept, level } = item;
  const chosen = item.type === "concept" && selection.includes(concept.id);
  const says = item.type === "concept" && item.end ? edgeWords(item.end, words.necessity) : "";
  const count = item.type === "group" ? (item.shown === null ? grouped(item.group.count, language) : t.shownOf(grouped(item.shown, language), grouped(item.group.count, language))) : "";
  const name =
    item.type === "concept" ? [concept.code, concept.label, says].filter(Boolean).join(" ")
    : item.type === "group" ? `${way(concept, item.group.way)} ${count}`
    : moreOf(item, t.showMore, language);
  return (
    <li
      role="treeitem" data-key={item.key} data-type={item.type} aria-level={level} aria-posinset={item.place} aria-setsize={item.siblings} aria-label={name}
      aria-selected={chosen} {...(item.type === "more" ? {} : { "aria-expanded": isOpen(item) })}
      tabIndex={active ? 0 : -1} style={{ paddingInlineStart: `${(level - 1) * 0.9}rem` }} onFocus={onFocus}
      onClick={item.type === "concept" ? onChoose : onClick}
    >
      <span class="twig" aria-hidden="true" onClick={(event) => { event.stopPropagation(); onClick(); }}>{item.type === "more" ? "+" : isOpen(item) ? "▾" : "▸"}</span>
      {item.type === "concept" && <FamilySign family={familyOf(concept.kind)} />}
      <span class="tree-label">
        {item.type === "concept" ? <>{concept.code !== null && <span class="code">{concept.code} </span>}<Label of={concept} /></> : item.type === "group" ? way(concept, item.group.way) : name}
      </span>
      {says && <span class="soft below">{says}</span>}
      {pinned && item.type === "concept" && <span class="chosen" title={t.pin} aria-hidden="true">📌</span>}
      {chosen && <span class="chosen" aria-hidden="true">✓</span>}
      {item.type === "group" && <span class="soft below">{item.waiting ? t.waiting : count}</span>}
    </li>
  );
}

function edgeWords({ necessity, level }: End, word: Words["necessity"]): string {
  return necessity !== null ? word(necessity) : level !== null ? String(level) : "";
}

function moreOf({ total, expansion }: Extract<Item, { type: "more" }>, text: (count: string) => string, language: "sv" | "en"): string {
  return text(grouped(Math.min(total - expansion.first, 100), language));
}

/** What can be walked from the concept that the reader is at. */
export function Panel({ of, concept }: { of: Neighbourhood; concept: Named }): JSX.Element {
  const t = useTexts(GRAPH);
  const store = useStore();
  const { language } = useAppState();
  const { way, words } = useGraphWords();
  const groups = of.groups(concept.id);
  const pinned = of.pins.some(({ id }) => id === concept.id);
  const begun = of.graph.nodes.get(concept.id)?.parent === null;
  const others = [...of.graph.nodes.values()].filter(({ parent }) => parent === null).length > 1;
  return (
    <section class="at" aria-label={concept.label}>
      <p class="eyebrow"><FamilySign family={familyOf(concept.kind)} /> {words.kind(concept.kind)}{concept.code !== null && <> <code>{concept.code}</code></>}</p>
      <h2><Label of={concept} /></h2>
      <p class="at-tools">
        <button type="button" class="button" onClick={() => store.go((state) => openCard(state, concept.id))}>{t.card}</button>
        <button type="button" class="button" aria-pressed={pinned} title={t.pinHint} onClick={() => of.pin(concept)}>{t.pin}</button>
        <button type="button" class="button" onClick={() => store.go((state) => ({ ...state, params: { from: concept.id } }))}>{t.alone}</button>
        {begun && others && <button type="button" class="button" onClick={() => { of.remove(concept); document.getElementById("view-title")?.focus(); }}>{t.remove}</button>}
      </p>
      <h3>{t.expandTitle}</h3>
      {groups === undefined ? <p class="soft">{t.waiting}</p> : groups.length === 0 ? <p class="soft">{t.nothing}</p> : (
        <>
          <p class="soft">{t.expandLead}</p>
          <ul class="ways">
            {groups.map((group) => {
              const open = of.expansions.some((one) => one.concept === concept.id && one.way === group.way);
              return (
                <li key={group.way}>
                  <button type="button" class="way" aria-pressed={open} onClick={() => of.toggle(concept, group)}>
                    {way(concept, group.way)} <span class="count">{grouped(group.count, language)}</span>
                  </button>
                </li>
              );
            })}
          </ul>
          {groups.some(({ count }) => count <= 25) && <p><button type="button" class="button quiet" onClick={() => of.expandSmall(concept)}>{t.small(25)}</button></p>}
        </>
      )}
    </section>
  );
}
