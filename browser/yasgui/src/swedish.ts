// SPDX-License-Identifier: Apache-2.0
// What YASGUI says in English, and what mending.ts does, in Swedish.

import type { Words } from "./mending";

export const SWEDISH: Words = {
  "SPARQL query": "SPARQL-fråga",
  Queries: "Frågor",
  Results: "Resultat",
  Table: "Tabell",
  Response: "Svar",
  Boolean: "Sant eller falskt",
  "Shows Table view": "Visa som tabell",
  "Shows Response view": "Visa svaret som det kom",
  "Simple view": "Enkel vy",
  Ellipse: "Korta av",
  "Filter query results": "Sök i resultatet",
  "Page size:": "Rader:",
  "Page size": "Rader",
  All: "Alla",
  "Download result": "Ladda ner resultatet",
  "Run query": "Kör frågan",
  "Share query": "Dela frågan",
  "Add tab": "Ny flik",
  "Add a new tab": "Ny flik",
  "Close tab": "Stäng fliken",
  "No data available in table": "Inget svarar mot frågan",
  "No matching records found": "Inget i resultatet passar",
  "{} results in {} seconds": "{} rader på {} sekunder",
  "Showing {} to {} of {}": "{}–{} av {}",
};
