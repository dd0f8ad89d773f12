import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Label } from "../../concepts/concept-link";
import { useAppState, useStore } from "../../state/context";
import { openCard, toggleSelected } from "../../state/state";
import { grouped, useTexts } from "../../texts/define";
import { TREE } from "./texts";
import type { Item } from "./trees";

interface Props {
  readonly label: string;
  readonly items: readonly Item[];
  readonly toggle: (item: Item) => void;
}

/** The items in sight as a tree (WAI-ARIA APG): one of them takes the focus, arrow keys go from it. */
export function Items({ label, items, toggle }: Props): JSX.Element {
  const store = useStore();
  const { concept } = useAppState();
  const [active, setActive] = useState<string | null>(null);
  const root = useRef<HTMLUListElement>(null);
  const wanted = useRef<string | null>(null);
  const current = items.find(({ key }) => key === active) ?? items.find(({ node }) => node.id === concept) ?? items[0];

  useEffect(() => {
    if (wanted.current === null) return;
    root.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(wanted.current)}"]`)?.focus();
    wanted.current = null;
  });
  const shown = items.some(({ node }) => node.id === concept);
  useEffect(() => {
    if (shown) root.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }, [concept, shown]);

  const focus = (item: Item | undefined): void => {
    if (item === undefined) return;
    wanted.current = item.key;
    setActive(item.key);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (current === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const number = items.indexOf(current);
    const act: Record<string, () => void> = {
      ArrowDown: () => focus(items[number + 1]),
      ArrowUp: () => focus(items[number - 1]),
      Home: () => focus(items[0]),
      End: () => focus(items.at(-1)),
      ArrowRight: () => (current.expanded ? focus(items[number + 1]) : current.node.narrower.totalCount > 0 && toggle(current)),
      ArrowLeft: () => (current.expanded ? toggle(current) : focus(items.find(({ key }) => key === current.parent))),
      Enter: () => store.go((state) => openCard(state, current.node.id)),
      " ": () => store.go((state) => toggleSelected(state, current.node.id), { replace: true }),
    };
    const action = act[event.key] ?? (event.key.length === 1 ? () => focus(startingWith(items, number, event.key)) : undefined);
    if (action === undefined) return;
    event.preventDefault();
    action();
  };
  return (
    <ul ref={root} class="tree" role="tree" aria-label={label} onKeyDown={onKeyDown}>
      {items.map((item) => (
        <Row key={item.key} item={item} active={item === current} open={item.node.id === concept} toggle={toggle} onFocus={() => setActive(item.key)} />
      ))}
    </ul>
  );
}

/** The next item whose code or name begins with a letter, from below the place to above it. */
function startingWith(items: readonly Item[], place: number, letter: string): Item | undefined {
  const turned = [...items.slice(place + 1), ...items.slice(0, place)];
  const begins = (text: string | null): boolean => text?.toLowerCase().startsWith(letter.toLowerCase()) ?? false;
  return turned.find(({ node }) => begins(node.label) || begins(node.code));
}

function Row({ item, active, open, toggle, onFocus }: {
  item: Item; active: boolean; open: boolean; toggle: (item: Item) => void; onFocus: () => void;
}): JSX.Element {
  const t = useTexts(TREE);
  const store = useStore();
  const { language, selection } = useAppState();
  const { node, level, expanded } = item;
  const branches = node.narrower.totalCount > 0;
  return (
    <li
      role="treeitem"
      data-key={item.key}
      aria-level={level}
      aria-posinset={item.place}
      aria-setsize={item.siblings}
      aria-selected={selection.includes(node.id)}
      aria-label={[node.code, node.label].filter(Boolean).join(" ")}
      {...(branches ? { "aria-expanded": expanded } : {})}
      {...(open ? { "aria-current": "true" as const } : {})}
      tabIndex={active ? 0 : -1}
      style={{ paddingInlineStart: `${(level - 1) * 1.5}rem` }}
      onFocus={onFocus}
      onClick={() => store.go((state) => openCard(state, node.id))}
    >
      <span class="twig" aria-hidden="true" onClick={(event) => { event.stopPropagation(); if (branches) toggle(item); }}>
        {branches ? (expanded ? "▾" : "▸") : ""}
      </span>
      <span class="tree-label">
        {node.code !== null && <span class="code">{node.code} </span>}
        <Label of={node} />
      </span>
      {branches && <span class="soft below">{item.waiting ? t.waiting : grouped(node.narrower.totalCount, language)}</span>}
      {selection.includes(node.id) && <span class="chosen" aria-hidden="true">✓</span>}
    </li>
  );
}
