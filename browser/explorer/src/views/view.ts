import type { ComponentType } from "preact";
import type { ConceptKind } from "../api/generated/schema";
import type { Params } from "../state/params";
import type { Language } from "../state/state";

/** A view: its name in URLs, what it is called, and the module that draws it, loaded when it is opened. */
export interface View {
  readonly id: string;
  readonly title: Readonly<Record<Language, string>>;
  /** Of a view that shows something of one concept: what it keeps when it is opened for that, null for a kind that it does not show. Cards link to it. */
  readonly about?: (id: string, kind: ConceptKind) => Params | null;
  /** What cards call it, where that is not its title. */
  readonly onCards?: Readonly<Record<Language, string>>;
  readonly load: () => Promise<{ readonly default: ComponentType }>;
}
