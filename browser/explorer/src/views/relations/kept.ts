import { params, someOf, text } from "../../state/params";

export const LEVELS = ["75", "25"] as const;
export type Level = (typeof LEVELS)[number];

/** The concept, the side of a relation (`SUBSTITUTES IN`), the levels. */
export const KEPT = params<{ of: string; rel: string; level: readonly Level[] }>({ of: text(), rel: text(), level: someOf(LEVELS) });
