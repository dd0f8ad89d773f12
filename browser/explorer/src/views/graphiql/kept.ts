import { params, text } from "../../state/params";

/** What GraphiQL opens with; "" for what it had when it was last left, or its examples. */
export const KEPT = params({ query: text(), variables: text() });
