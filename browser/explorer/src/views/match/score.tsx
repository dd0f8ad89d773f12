import type { JSX } from "preact";
import { useAppState } from "../../state/context";
import { useTexts } from "../../texts/define";
import { useWords } from "../../words/words";
import { classOf, reach, stacked, type Stacked, type Term } from "./terms";
import { MATCH } from "./texts";

/** Numbers as the language writes them, with so many decimals. */
export function useDecimals(): (value: number, decimals: number) => string {
  const { language } = useAppState();
  return (value, decimals) => value.toLocaleString(language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** What terms are called: who says so of the skills that they sum up, and how necessary those are. */
export function useTermName(): (name: string) => string {
  const t = useTexts(MATCH);
  const words = useWords();
  return (name) => {
    const found = classOf(name);
    if (found !== null) return `${words.provenance(found.provenance)}, ${words.necessity(found.necessity)}`;
    return name === "EXCLUDED" ? t.excludedTerm : name;
  };
}

/** Where a bar lies, of a scale from `least` to `most`. */
function place({ from, to }: Pick<Stacked, "from" | "to">, { least, most }: { least: number; most: number }): { left: string; width: string } {
  const whole = most - least || 1;
  return { left: `${((Math.min(from, to) - least) / whole) * 100}%`, width: `${(Math.abs(to - from) / whole) * 100}%` };
}

function sort(name: string): string {
  return classOf(name)?.provenance.toLowerCase() ?? "unwanted";
}

/** The terms of a score side by side in one bar; what it says in numbers is beside it. */
export function ScoreBar({ terms, most }: { terms: readonly Term[]; most: number }): JSX.Element {
  const name = useTermName();
  const decimals = useDecimals();
  const bars = stacked(terms);
  const scale = reach(bars, most);
  return (
    <span class="stack" role="img" aria-label={terms.map((term) => `${name(term.name)} ${decimals(term.value, 2)}`).join("; ")} title={terms.map((term) => `${name(term.name)}: ${decimals(term.value, 2)}`).join("\n")}>
      {bars.map((bar) => <span key={bar.name} class={sort(bar.name)} style={place(bar, scale)} />)}
    </span>
  );
}

/** Which colour stands for whom. */
export function Legend({ names }: { names: readonly string[] }): JSX.Element {
  const t = useTexts(MATCH);
  const words = useWords();
  const sorts = new Map(names.map((name) => [sort(name), classOf(name)?.provenance] as const));
  return (
    <ul class="inline legend" aria-label={t.legend}>
      {[...sorts].map(([key, provenance]) => (
        <li key={key} title={provenance && words.meaning(provenance)}>
          <span class="stack" aria-hidden="true"><span class={key} style={{ left: 0, width: "100%" }} /></span> {provenance === undefined ? t.excludedTerm : words.provenance(provenance)}
        </li>
      ))}
    </ul>
  );
}

/** The terms of a score one below the other, each beginning where the one before it ended, down to their sum. */
export function Waterfall({ terms, sum, most }: { terms: readonly Term[]; sum: number; most: number }): JSX.Element {
  const t = useTexts(MATCH);
  const name = useTermName();
  const decimals = useDecimals();
  const bars = stacked(terms);
  const scale = reach(bars, most);
  return (
    <table class="waterfall" aria-labelledby="match-terms">
      <thead>
        <tr><th scope="col">{t.term}</th><th scope="col" class="number">{t.value}</th><th scope="col">{t.barOf}</th></tr>
      </thead>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.name}>
            <th scope="row">{name(bar.name)}</th>
            <td class="number">{decimals(bar.value, 3)}</td>
            <td><span class="stack" aria-hidden="true"><span class={sort(bar.name)} style={place(bar, scale)} /></span></td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t.sum}</th>
          <td class="number">{decimals(sum, 3)}</td>
          <td><span class="stack" aria-hidden="true"><span class="sum" style={place({ from: 0, to: sum }, scale)} /></span></td>
        </tr>
        <tr>
          <th scope="row">{t.reachable}</th>
          <td class="number">{decimals(most, 3)}</td>
          <td><span class="stack" aria-hidden="true"><span class="all" style={place({ from: 0, to: most }, scale)} /></span></td>
        </tr>
      </tfoot>
    </table>
  );
}
