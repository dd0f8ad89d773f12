/** Why there is no answer; each kind has a sentence and a way on in the interface. */
export type Problem =
  /** The server did not answer, or what answered is not the service. */
  | { readonly kind: "unreachable" }
  /** It has too much to do, or a question took too long: worth asking again. */
  | { readonly kind: "busy" }
  | { readonly kind: "unknown-release"; readonly message: string }
  /** More than the service computes at once: worth asking for less. */
  | { readonly kind: "too-complex"; readonly message: string }
  /** The question is not one that can be answered; `message` says why, in English. */
  | { readonly kind: "refused"; readonly code: string; readonly message: string }
  /** The question was good and nothing is there: an id that this release does not have. */
  | { readonly kind: "nothing" };

export type Answer<T> =
  | { readonly ok: true; readonly data: T; readonly release: string }
  | { readonly ok: false; readonly problem: Problem };

/** The problem that a coded error of the service is (docs/graphql.md, Errors). */
export function problemOf(code: string, message: string): Problem {
  switch (code) {
    case "TIMEOUT":
    case "UNAVAILABLE":
      return { kind: "busy" };
    case "UNKNOWN_RELEASE":
      return { kind: "unknown-release", message };
    case "TOO_COMPLEX":
    case "TOO_DEEP":
    case "TOO_LONG":
    case "TOO_LARGE":
      return { kind: "too-complex", message };
    default:
      return { kind: "refused", code, message };
  }
}
