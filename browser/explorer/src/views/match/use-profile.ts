import { useState } from "preact/hooks";
import { useParams } from "../../state/context";
import { KEPT, NOBODY, type Profile } from "./profile";

/** The profile of this page, while it is open: nowhere else, and never in the browser's storage. */
let kept: Profile = NOBODY;

interface Owned {
  readonly profile: Profile;
  readonly setProfile: (profile: Profile) => void;
  readonly inLink: boolean;
  readonly putInLink: (inLink: boolean) => void;
}

/** A profile is personal: it is kept in memory, or in the URL when its owner says so, and is replaced there rather than added to the history. */
export function useProfile(): Owned {
  const [{ inLink, skills, occupations, excluded }, change] = useParams(KEPT);
  const [mine, setMine] = useState(kept);
  const remember = (profile: Profile): void => {
    kept = profile;
    setMine(profile);
  };
  const profile = inLink ? { skills, occupations, excluded } : mine;
  return {
    profile,
    setProfile(next) {
      remember(next);
      if (inLink) change(next, { replace: true });
    },
    inLink,
    putInLink(wanted) {
      remember(profile);
      change({ ...(wanted ? profile : NOBODY), inLink: wanted }, { replace: true });
    },
  };
}
