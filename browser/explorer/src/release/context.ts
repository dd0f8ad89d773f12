import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { ReleasesData } from "../api/generated/Releases";

export type Release = ReleasesData["releases"][number];

export const ReleaseContext = createContext<Release | null>(null);

/** The release that the page shows. */
export function useRelease(): Release {
  const release = useContext(ReleaseContext);
  if (release === null) throw new Error("there is no ReleaseContext above this component");
  return release;
}

/** The title of a source of the release; its id when the release does not say. */
export function sourceTitle(release: Release, id: string): string {
  return release.sources.find((source) => source.id === id)?.title ?? id;
}
