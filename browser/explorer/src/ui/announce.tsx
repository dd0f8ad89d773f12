import { createContext, type ComponentChildren, type JSX } from "preact";
import { useContext, useState } from "preact/hooks";

const AnnounceContext = createContext<(text: string) => void>(() => undefined);

/** Say a text to those who do not see the page change. */
export function useAnnounce(): (text: string) => void {
  return useContext(AnnounceContext);
}

export function Announcer({ children }: { children: ComponentChildren }): JSX.Element {
  const [text, setText] = useState("");
  return (
    <AnnounceContext.Provider value={setText}>
      {children}
      <p class="unseen" role="status" aria-live="polite">
        {text}
      </p>
    </AnnounceContext.Provider>
  );
}
