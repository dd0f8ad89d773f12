import type { JSX } from "preact";
import { useAppState, useStore } from "../state/context";
import { isSelected, toggleSelected } from "../state/state";
import { useTexts } from "../texts/define";
import { CONCEPTS } from "./texts";

/** Puts a concept into the selection, and takes it out. */
export function SelectBox({ id, label }: { id: string; label: string }): JSX.Element {
  const t = useTexts(CONCEPTS);
  const store = useStore();
  const state = useAppState();
  return (
    <input
      type="checkbox"
      aria-label={t.selectOne(label)}
      checked={isSelected(state, id)}
      onChange={() => store.go((now) => toggleSelected(now, id), { replace: true })}
    />
  );
}
