// SPDX-License-Identifier: Apache-2.0

export interface Texts {
  readonly lang: string;
  /** No answer came at all. */
  unreachable(url: string, reason: string): string;
  /** An answer came, but not one of GraphQL's. */
  notGraphQL(status: string): string;
  broken(reason: string): string;
}

const en: Texts = {
  lang: "en",
  unreachable: (url, reason) => `No answer from ${url} (${reason}). Check the connection, and that the service runs.`,
  notGraphQL: (status) => `The service answered ${status}, not with a GraphQL response.`,
  broken: (reason) => `GraphiQL stopped: ${reason}. Reload the page to start again.`,
};

const sv: Texts = {
  lang: "sv",
  unreachable: (url, reason) =>
    `Inget svar från ${url} (${reason}). Kontrollera anslutningen och att tjänsten är igång.`,
  notGraphQL: (status) => `Tjänsten svarade ${status}, inte med ett GraphQL-svar.`,
  broken: (reason) => `GraphiQL avbröts: ${reason}. Läs in sidan på nytt för att börja om.`,
};

export function textsFor(lang: string | undefined): Texts {
  return lang?.toLowerCase().startsWith("sv") ? sv : en;
}
