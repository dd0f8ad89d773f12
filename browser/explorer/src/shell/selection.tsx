import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Label } from "../concepts/concept-link";
import { useNames } from "../concepts/names";
import { useAppState, useStore } from "../state/context";
import { clearSelection, deselect, openCard } from "../state/state";
import { useTexts } from "../texts/define";
import { useAnnounce } from "../ui/announce";
import { StateLink } from "../ui/link";
import { SHELL } from "./texts";

/** The concepts that were put aside, in every view. */
export function Selection(): JSX.Element | null {
  const t = useTexts(SHELL);
  const store = useStore();
  const { selection } = useAppState();
  const announce = useAnnounce();
  const before = useRef(selection.length);
  const names = useNames(selection);

  useEffect(() => {
    if (before.current !== selection.length) announce(t.selected(selection.length));
    before.current = selection.length;
  }, [selection.length]);

  if (selection.length === 0) return null;
  return (
    <section class="selection" aria-label={t.selection}>
      <h2>{t.selectionCount(selection.length)}</h2>
      <ul>
        {selection.map((id) => {
          const concept = names.of(id);
          return (
            <li key={id} class="pill">
              <StateLink to={(state) => openCard(state, id)}>
                {concept !== undefined ? <Label of={concept} /> : names.ready ? `${id} (${t.unknown})` : id}
              </StateLink>
              <button type="button" aria-label={t.remove(concept?.label ?? id)} onClick={(event) => remove(event.currentTarget, () => store.go((state) => deselect(state, id), { replace: true }))}>
                <span aria-hidden="true">✕</span>
              </button>
            </li>
          );
        })}
      </ul>
      <button type="button" class="button quiet" onClick={() => { store.go(clearSelection); document.getElementById("view-title")?.focus(); }}>
        {t.clear}
      </button>
    </section>
  );
}

/** Take a concept out; the focus goes to the next one's button, or to the view when there is none. */
function remove(button: HTMLElement, act: () => void): void {
  const item = button.closest("li");
  const next = item?.nextElementSibling ?? item?.previousElementSibling;
  const heir = next?.querySelector("button") ?? document.getElementById("view-title");
  act();
  heir?.focus();
}
