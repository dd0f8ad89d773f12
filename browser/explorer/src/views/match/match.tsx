import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { useNames } from "../../concepts/names";
import { Slot } from "../../concepts/slot";
import { useParams } from "../../state/context";
import { useTexts } from "../../texts/define";
import { Editor } from "./editor";
import { GapTo } from "./gap";
import { isEnough, KEPT, NOBODY } from "./profile";
import { Ranking } from "./ranking";
import { MATCH } from "./texts";
import { useProfile } from "./use-profile";

const EXAMPLE = "PQkQ_Dmk_ZF8";

/** Occupations for a profile that is typed in, or the gap between it and one occupation; with all reasons. */
export default function MatchView(): JSX.Element {
  const t = useTexts(MATCH);
  const [{ to }, change] = useParams(KEPT);
  const owned = useProfile();
  const { profile, setProfile } = owned;
  const names = useNames(useMemo(() => (to === "" ? [] : [to]), [to]));
  return (
    <>
      <Editor {...owned} />
      {isEnough(profile) || to !== "" ? (
        <div class="gap-to">
          <Slot label={t.to} id={to} names={names} kinds={["OCCUPATION_NAME"]} placeholder={t.occupationsHint} onChange={(id) => change({ to: id })} />
          {to !== "" && <button type="button" class="button" onClick={() => change({ to: "" })}>{t.back}</button>}
        </div>
      ) : null}
      {isEnough(profile) ? (
        to === "" ? <Ranking profile={profile} /> : <GapTo to={to} profile={profile} />
      ) : (
        <div class="state">
          <p>{t.lead}</p>
          <p>{t.example}: <button type="button" class="button" onClick={() => setProfile({ ...NOBODY, occupations: [EXAMPLE] })}>{t.exampleOf}</button></p>
        </div>
      )}
    </>
  );
}
