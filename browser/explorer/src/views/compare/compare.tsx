import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { CompareOccupations, type CompareOccupationsData } from "../../api/generated/CompareOccupations";
import { picked, useQuery } from "../../api/query";
import { useNames } from "../../concepts/names";
import { Slot } from "../../concepts/slot";
import { useAppState, useParams } from "../../state/context";
import { toView } from "../../state/state";
import { useTexts } from "../../texts/define";
import { StateLink } from "../../ui/link";
import { Loaded } from "../../ui/states";
import { KEPT, OCCUPATIONS } from "./kept";
import { Places, Substitution } from "./places";
import { Counts, Skills } from "./skills";
import { COMPARE } from "./texts";

export type Occupation = NonNullable<CompareOccupationsData["one"]>;

const EXAMPLE = { a: "PQkQ_Dmk_ZF8", b: "bXNH_MNX_dUR" };

/** Two occupations side by side: what they share, what only one of them has, and where each belongs. */
export default function CompareView(): JSX.Element {
  const t = useTexts(COMPARE);
  const { language } = useAppState();
  const [{ a, b }, change] = useParams(KEPT);
  const names = useNames(useMemo(() => [a, b].filter((id) => id !== ""), [a, b]));
  const variables = { one: a, other: b, locale: language === "sv" ? "SV" : "EN" } as const;
  const both = a !== "" && b !== "" && a !== b;
  const found = picked(useQuery(CompareOccupations, both ? variables : null), ({ one, other }) => one && other && { one, other });
  return (
    <>
      <div class="two-slots">
        <Slot label={t.first} mark="A" id={a} names={names} kinds={OCCUPATIONS} placeholder={t.choose} onChange={(id) => change({ a: id })} />
        <button type="button" class="button swap" disabled={a === "" && b === ""} onClick={() => change({ a: b, b: a })}>
          <span aria-hidden="true">⇄</span> {t.swap}
        </button>
        <Slot label={t.second} mark="B" id={b} names={names} kinds={OCCUPATIONS} placeholder={t.choose} onChange={(id) => change({ b: id })} />
      </div>
      {!both && (
        <div class="state">
          <p>{a === "" && b === "" ? t.lead : a === b ? t.same : t.more}</p>
          {a === "" && b === "" && <p>{t.example}: <StateLink to={(state) => toView(state, state.view, EXAMPLE)}>{t.exampleOf}</StateLink></p>}
        </div>
      )}
      <Loaded of={found}>
        {({ one, other }) => (
          <div class="compared">
            <Skills one={one} other={other} variables={variables} />
            <Substitution one={one} other={other} />
            <div class="beside">
              <Counts one={one.skills.edges} other={other.skills.edges} />
              <Places one={one} other={other} />
            </div>
          </div>
        )}
      </Loaded>
    </>
  );
}
