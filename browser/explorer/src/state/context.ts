import { createContext } from "preact";
import { useContext, useEffect, useMemo, useReducer } from "preact/hooks";
import { changed, type Codec } from "./params";
import type { AppState } from "./state";
import type { Store } from "./store";

export const StoreContext = createContext<Store | null>(null);

export function useStore(): Store {
  const store = useContext(StoreContext);
  if (store === null) throw new Error("there is no StoreContext above this component");
  return store;
}

/** The state as it is; the component is drawn anew when it changes. */
export function useAppState(): AppState {
  const store = useStore();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => store.subscribe(() => redraw(undefined)), [store]);
  return store.get();
}

/** Some of what the open view keeps in the URL, and how to change it: `replace` for what Back should not undo alone. */
export function useParams<T extends object>(
  codec: Codec<T>,
): [T, (change: Partial<T>, how?: { readonly replace?: boolean }) => void] {
  const store = useStore();
  const { params } = useAppState();
  const values = useMemo(() => codec.read(params), [codec, params]);
  const change = (part: Partial<T>, how?: { readonly replace?: boolean }): void =>
    store.go((state) => ({ ...state, params: changed(codec, state.params, part) }), how);
  return [values, change];
}
