import type { ComponentType } from "preact";
import type { Params } from "../state/params";
import type { Language } from "../state/state";

/** A view: its name in URLs, what it is called, and the module that draws it, loaded when it is opened. */
export interface View {
  readonly id: string;
  readonly title: Readonly<Record<Language, string>>;
  /** Of a view that shows something of one concept: what it keeps when it is opened for that. Cards link to it. */
  readonly about?: (id: string) => Params;
  readonly load: () => Promise<{ readonly default: ComponentType }>;
}
