import type { JSX } from "preact";
import { ConceptLink, type Named } from "../../concepts/concept-link";
import { useTexts } from "../../texts/define";
import { useWords } from "../../words/words";
import type { Occupation } from "./compare";
import { commonGroup } from "./sides";
import { COMPARE } from "./texts";

interface Both {
  readonly one: Occupation;
  readonly other: Occupation;
}

/** Who can do whose job, each way by itself: what an employer would say, and no equivalence. */
export function Substitution({ one, other }: Both): JSX.Element {
  const t = useTexts(COMPARE);
  return (
    <section class="block" aria-labelledby="compare-substitution">
      <h2 id="compare-substitution">{t.substitution}</h2>
      <ul class="ways">
        <Way from={one} to={other} letters={["A", "B"]} />
        <Way from={other} to={one} letters={["B", "A"]} />
      </ul>
      <p class="soft">{t.employer}</p>
    </section>
  );
}

function Way({ from, to, letters }: { from: Occupation; to: Occupation; letters: readonly [string, string] }): JSX.Element {
  const t = useTexts(COMPARE);
  const words = useWords();
  const level = from.substitutes.edges.find(({ node }) => node.id === to.id)?.level;
  return (
    <li>
      {t.fromTo(...letters)} {level === undefined ? t.unsaid : <strong>{level}, {words.level(level)}</strong>}
    </li>
  );
}

/** Codes, groups and mappings of both; what they have in common is marked. */
export function Places({ one, other }: Both): JSX.Element {
  const t = useTexts(COMPARE);
  const words = useWords();
  const common = commonGroup(one.group, other.group);
  const esco = ({ mappings }: Occupation): Shown[] => mappings.edges.map(({ node, match }) => ({ node, note: words.match(match) }));
  const isco = ({ iscoGroups }: Occupation): Shown[] => iscoGroups.edges.map(({ node }) => ({ node }));
  return (
    <section class="block" aria-labelledby="compare-places">
      <h2 id="compare-places">{t.place}</h2>
      <p>{t.common}: {common === null ? t.noCommon : <ConceptLink of={common} />}</p>
      <table class="places" aria-labelledby="compare-places">
        <thead>
          <tr><td /><th scope="col"><span class="mark">A</span> {one.label}</th><th scope="col"><span class="mark">B</span> {other.label}</th></tr>
        </thead>
        <tbody>
          <Line title={t.group} one={some(one.group)} other={some(other.group)} />
          <Line title={t.fields} one={one.occupationFields.map((node) => ({ node }))} other={other.occupationFields.map((node) => ({ node }))} />
          <Line title={t.isco} one={isco(one)} other={isco(other)} />
          <Line title={t.esco} one={esco(one)} other={esco(other)} />
        </tbody>
      </table>
    </section>
  );
}

interface Shown {
  readonly node: Named;
  readonly note?: string;
}

function some(group: Named | null): readonly Shown[] {
  return group === null ? [] : [{ node: group }];
}

function Line({ title, one, other }: { title: string; one: readonly Shown[]; other: readonly Shown[] }): JSX.Element {
  return (
    <tr>
      <th scope="row">{title}</th>
      <td><List of={one} beside={other} /></td>
      <td><List of={other} beside={one} /></td>
    </tr>
  );
}

function List({ of, beside }: { of: readonly Shown[]; beside: readonly Shown[] }): JSX.Element {
  const t = useTexts(COMPARE);
  const shared = new Set(beside.map(({ node }) => node.id));
  if (of.length === 0) return <span class="soft">{t.nothing}</span>;
  return (
    <ul>
      {of.map(({ node, note }) => (
        <li key={node.id}>
          <ConceptLink of={node} />
          {note !== undefined && <span class="soft"> {note}</span>}
          {shared.has(node.id) && <> <span class="badge native">{t.sharedMark}</span></>}
        </li>
      ))}
    </ul>
  );
}
