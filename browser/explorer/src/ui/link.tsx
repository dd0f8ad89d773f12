import type { AnchorHTMLAttributes, ComponentChildren, JSX } from "preact";
import { useAppState, useStore } from "../state/context";
import type { Change } from "../state/store";

type Attributes = Pick<AnchorHTMLAttributes, "class" | "aria-current"> & { readonly "data-concept"?: string };

/** A link to another state of the page: a plain click goes there without loading, all else is as with any link. */
export function StateLink({ to, label, children, ...attributes }: Attributes & { to: Change; label?: string; children: ComponentChildren }): JSX.Element {
  const store = useStore();
  useAppState();
  const onClick = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    store.go(to);
  };
  return (
    <a {...attributes} {...(label === undefined ? {} : { "aria-label": label })} href={store.href(to)} onClick={onClick}>
      {children}
    </a>
  );
}
