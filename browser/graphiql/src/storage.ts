// SPDX-License-Identifier: Apache-2.0

import type { GraphiQLProps } from "graphiql";

type Store = NonNullable<GraphiQLProps["storage"]>;

/** What GraphiQL keeps its state in where the browser denies the page its storage: for this visit only. */
export function fallbackStorage(): Store | undefined {
  try {
    void localStorage.length;
    return undefined;
  } catch {
    const items = new Map<string, string>();
    return {
      getItem: (key) => items.get(key) ?? null,
      setItem: (key, value) => void items.set(key, value),
      removeItem: (key) => void items.delete(key),
      clear: () => items.clear(),
      get length() {
        return items.size;
      },
    };
  }
}
