import type { JSX } from "preact";
import { useId, useMemo, useRef, useState } from "preact/hooks";
import { Label } from "../../concepts/concept-link";
import { ConceptSearch } from "../../concepts/concept-search";
import { useNames, type Names } from "../../concepts/names";
import { FromSelection } from "../../concepts/slot";
import { openCard } from "../../state/state";
import { useTexts } from "../../texts/define";
import { useAnnounce } from "../../ui/announce";
import { StateLink } from "../../ui/link";
import { added, NOBODY, PROFILE_PARTS, removed, TAKEN, type Profile, type ProfilePart } from "./profile";
import { MATCH } from "./texts";

interface Props {
  readonly profile: Profile;
  readonly setProfile: (profile: Profile) => void;
  readonly inLink: boolean;
  readonly putInLink: (inLink: boolean) => void;
}

/** A profile to be typed in: three lists, each with a search; and whether it may be in the link. */
export function Editor({ profile, setProfile, inLink, putInLink }: Props): JSX.Element {
  const t = useTexts(MATCH);
  const id = useId();
  const root = useRef<HTMLElement>(null);
  const ids = useMemo(() => PROFILE_PARTS.flatMap((part) => profile[part]), [profile]);
  const names = useNames(ids, { personal: true });
  const clear = (): void => {
    setProfile(NOBODY);
    root.current?.querySelector("input")?.focus();
  };
  return (
    <section ref={root} class="profile" aria-label={t.profile}>
      <div class="profile-parts">
        {PROFILE_PARTS.map((part) => <Part key={part} part={part} profile={profile} names={names} setProfile={setProfile} />)}
      </div>
      <div class="profile-terms">
        {!inLink && <p class="soft">{t.private}</p>}
        <div class="profile-acts">
          <label class="check"><input type="checkbox" checked={inLink} aria-describedby={id} onChange={(event) => putInLink(event.currentTarget.checked)} /> {t.inLink}</label>
          {ids.length > 0 && <button type="button" class="button quiet" onClick={clear}>{t.clear}</button>}
        </div>
        <p id={id} class="soft">{inLink ? t.inLinkNow : t.inLinkMeans}</p>
      </div>
    </section>
  );
}

function Part({ part, profile, names, setProfile }: { part: ProfilePart; profile: Profile; names: Names; setProfile: (profile: Profile) => void }): JSX.Element {
  const t = useTexts(MATCH);
  const announce = useAnnounce();
  const [text, setText] = useState("");
  const root = useRef<HTMLDivElement>(null);
  const add = (id: string, label?: string): void => {
    setText("");
    setProfile(added(profile, part, id));
    if (label !== undefined) announce(t.addedTo(label, t[part]));
  };
  const remove = (id: string, label: string, button: HTMLElement): void => {
    const item = button.closest("li");
    const next = item?.nextElementSibling ?? item?.previousElementSibling;
    const heir = next?.querySelector("button") ?? root.current?.querySelector("input");
    setProfile(removed(profile, part, id));
    announce(t.removed(label));
    heir?.focus();
  };
  const hint = { skills: t.skillsHint, occupations: t.occupationsHint, excluded: t.excludedHint }[part];
  return (
    <div ref={root} class="profile-part" role="group" aria-label={t[part]}>
      <h2>{t[part]}</h2>
      <ConceptSearch label={t.addTo(t[part])} text={text} onText={setText} kinds={TAKEN[part]} placeholder={hint} onChoose={({ id, label }) => add(id, label)} />
      {profile[part].length > 0 && (
        <ul class="tokens">
          {profile[part].map((id) => {
            const concept = names.of(id);
            const label = concept?.label ?? id;
            return (
              <li key={id} class={part === "excluded" ? "pill unwanted" : "pill"}>
                <StateLink to={(state) => openCard(state, id)}>{concept === undefined ? (names.ready ? `${id} (${t.unknown})` : id) : <Label of={concept} />}</StateLink>
                <button type="button" aria-label={t.remove(label)} onClick={(event) => remove(id, label, event.currentTarget)}>
                  <span aria-hidden="true">✕</span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
      {part !== "excluded" && <FromSelection kinds={TAKEN[part]} taken={profile[part]} onChoose={(id) => add(id)} />}
    </div>
  );
}
