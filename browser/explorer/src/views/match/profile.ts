import type { ConceptKind, ProfileInput } from "../../api/generated/schema";
import { flag, ids, params, text } from "../../state/params";

/** What a person has and does not want, as ids; each in one part only. */
export interface Profile {
  readonly skills: readonly string[];
  readonly occupations: readonly string[];
  readonly excluded: readonly string[];
}

export type ProfilePart = keyof Profile;
export const PROFILE_PARTS: readonly ProfilePart[] = ["skills", "occupations", "excluded"];
export const NOBODY: Profile = { skills: [], occupations: [], excluded: [] };

const SKILLS: readonly ConceptKind[] = ["SKILL", "ESCO_SKILL", "LANGUAGE"];
const OCCUPATIONS: readonly ConceptKind[] = ["OCCUPATION_NAME", "ESCO_OCCUPATION"];
/** What each part takes (docs/matching.md). */
export const TAKEN: Readonly<Record<ProfilePart, readonly ConceptKind[]>> = {
  skills: SKILLS, occupations: OCCUPATIONS, excluded: [...SKILLS, ...OCCUPATIONS],
};

/** The occupation that the gap is to, and the profile: that one only when its owner has put it into the link. */
export const KEPT = params<Profile & { to: string; inLink: boolean }>({ to: text(), inLink: flag(), skills: ids(), occupations: ids(), excluded: ids() });

/** With a concept in a part, out of the others: the service takes nothing that is both held and excluded. */
export function added(profile: Profile, part: ProfilePart, id: string): Profile {
  const without = PROFILE_PARTS.reduce((rest, one) => removed(rest, one, id), profile);
  return { ...without, [part]: [...without[part], id] };
}

export function removed(profile: Profile, part: ProfilePart, id: string): Profile {
  return { ...profile, [part]: profile[part].filter((other) => other !== id) };
}

/** Whether there is something to match: what is not wanted alone says nothing. */
export function isEnough({ skills, occupations }: Profile): boolean {
  return skills.length + occupations.length > 0;
}

export function inputOf({ skills, occupations, excluded }: Profile): ProfileInput {
  return { skills, occupations, excluded };
}
