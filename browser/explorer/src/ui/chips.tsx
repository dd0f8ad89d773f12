import type { JSX } from "preact";
import { useId } from "preact/hooks";

export interface Choice<T extends string> {
  readonly value: T;
  readonly title: string;
  /** How much there is of it, as it is to be read. */
  readonly count?: string;
  readonly hint?: string;
}

/** One of a few. */
export function OneOf<T extends string>({ legend, choices, value, onChange, parts = false }: {
  legend: string; choices: readonly Choice<T>[]; value: T; onChange: (value: T) => void;
  /** The choices are parts of one whole, and look like it. */
  parts?: boolean;
}): JSX.Element {
  const name = useId();
  return (
    <fieldset class={parts ? "chips parts" : "chips"}>
      <legend>{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value} class="chip" title={choice.hint}>
          <input type="radio" name={name} checked={choice.value === value} onChange={() => onChange(choice.value)} />
          <Title of={choice} />
        </label>
      ))}
    </fieldset>
  );
}

/** Any of a few; none stands for all of them. */
export function SomeOf<T extends string>({ legend, choices, values, onChange }: {
  legend: string; choices: readonly Choice<T>[]; values: readonly T[]; onChange: (values: readonly T[]) => void;
}): JSX.Element {
  return (
    <fieldset class="chips named">
      <legend>{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value} class="chip" title={choice.hint}>
          <input
            type="checkbox"
            checked={values.includes(choice.value)}
            onChange={(event) => onChange(event.currentTarget.checked ? [...values, choice.value] : values.filter((one) => one !== choice.value))}
          />
          <Title of={choice} />
        </label>
      ))}
    </fieldset>
  );
}

function Title({ of: { title, count } }: { of: Choice<string> }): JSX.Element {
  return <span>{title}{count !== undefined && <> <span class="chip-count">{count}</span></>}</span>;
}
