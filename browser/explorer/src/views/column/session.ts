import { useEffect, useReducer } from "preact/hooks";
import type { Beside } from "./crosswalk";
import type { Answered, Choice } from "./outcome";
import type { Sheet } from "./sheet";

/**
 * What was pasted, what was found for it and what was chosen: in the memory of this tab, while the page is not loaded
 * anew, and nowhere else. Answers and choices are kept under keys that say what they are of.
 */
export interface Session {
  readonly sheet: Sheet | null;
  /** Of which column and settings the reader asked for answers. */
  readonly started: string | null;
  readonly answers: ReadonlyMap<string, Answered>;
  readonly choices: ReadonlyMap<string, Choice>;
  readonly crosswalk: ReadonlyMap<string, Beside>;
}

const NOTHING: Session = { sheet: null, started: null, answers: new Map(), choices: new Map(), crosswalk: new Map() };

let session = NOTHING;
const listeners = new Set<() => void>();

export function change(part: Partial<Session>): void {
  session = { ...session, ...part };
  for (const listener of listeners) listener();
}

/** Forget all of it. */
export function forget(): void {
  change(NOTHING);
}

export function current(): Session {
  return session;
}

/** The session as it is; the component is drawn anew when it changes. */
export function useSession(): Session {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const listener = (): void => redraw(undefined);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, []);
  return session;
}
