import type { ComponentType } from "preact";
import type { Language } from "../state/state";

/** A view: its name in URLs, what it is called, and the module that draws it, loaded when it is opened. */
export interface View {
  readonly id: string;
  readonly title: Readonly<Record<Language, string>>;
  readonly load: () => Promise<{ readonly default: ComponentType }>;
}
