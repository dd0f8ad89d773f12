import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { ConceptKind } from "../api/generated/schema";
import { useAppState } from "../state/context";
import { useTexts } from "../texts/define";
import { ConceptLink, Label } from "./concept-link";
import { ConceptSearch } from "./concept-search";
import { useNames, type Names } from "./names";
import { CONCEPTS } from "./texts";

interface Props {
  readonly label: string;
  /** What stands before the name of the chosen one: a letter that tells two places apart. */
  readonly mark?: string;
  /** "" when none is chosen. */
  readonly id: string;
  readonly names: Names;
  readonly kinds: readonly ConceptKind[];
  readonly placeholder: string;
  readonly onChange: (id: string) => void;
}

/** A place for one concept: its name and a way to take it out, or a search and what the selection has to offer. */
export function Slot({ label, mark, id, names, kinds, placeholder, onChange }: Props): JSX.Element {
  const t = useTexts(CONCEPTS);
  const [text, setText] = useState("");
  const root = useRef<HTMLDivElement>(null);
  const concept = names.of(id);
  const focusLater = (selector: string): void => void setTimeout(() => root.current?.querySelector<HTMLElement>(selector)?.focus());
  const choose = (chosen: string): void => {
    setText("");
    onChange(chosen);
    focusLater("a, button");
  };
  const clear = (): void => {
    onChange("");
    focusLater("input");
  };
  return (
    <div ref={root} class="slot" role="group" aria-label={label}>
      <p class="slot-label">{mark !== undefined && <span class="mark">{mark}</span>} {label}</p>
      {id === "" ? (
        <>
          <ConceptSearch label={label} text={text} onText={setText} kinds={kinds} placeholder={placeholder} onChoose={(found) => choose(found.id)} />
          <FromSelection kinds={kinds} taken={[]} onChoose={choose} />
        </>
      ) : (
        <p class="slot-chosen">
          {concept === undefined ? <span>{names.ready ? `${id} (${t.unknown})` : id}</span> : <ConceptLink of={concept} />}
          <button type="button" class="button quiet" aria-label={t.changeOne(concept?.label ?? id)} onClick={clear}>{t.change}</button>
        </p>
      )}
    </div>
  );
}

/** What was put aside and would fit here, to be taken by a click. */
export function FromSelection({ kinds, taken, onChoose }: {
  kinds: readonly ConceptKind[]; taken: readonly string[]; onChoose: (id: string) => void;
}): JSX.Element | null {
  const t = useTexts(CONCEPTS);
  const { selection } = useAppState();
  const names = useNames(selection);
  const fitting = selection.map(names.of).filter((one) => one !== undefined).filter(({ id, kind }) => kinds.includes(kind) && !taken.includes(id));
  if (fitting.length === 0) return null;
  return (
    <div class="offers" role="group" aria-label={t.fromSelection}>
      <span class="soft">{t.fromSelection}:</span>
      {fitting.map((one) => (
        <button key={one.id} type="button" class="button offer" onClick={() => onChoose(one.id)}><Label of={one} /></button>
      ))}
    </div>
  );
}
