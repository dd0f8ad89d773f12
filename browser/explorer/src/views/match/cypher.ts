import type { Profile } from "./profile";

const HELD = `MATCH (had:Concept) WHERE had.id IN occupations
OPTIONAL MATCH (had)-[:BROADER*0..1]->()-[:RELATED_SKILL]->(learned:Concept)
RETURN collect(DISTINCT learned.id) AS learned`;

function lists({ skills, occupations, excluded }: Profile): string {
  return `WITH ${list(skills)} AS skills, ${list(occupations)} AS occupations, ${list(excluded)} AS excluded`;
}

function list(ids: readonly string[]): string {
  return `[${ids.map((id) => JSON.stringify(id)).join(", ")}]`;
}

/** Occupations by how many of the skills they have: a count, where the service weighs. */
export function matchCypher(profile: Profile): string {
  return `// Counts what the publisher says; the service weighs it, adds ESCO's skills, and lets near ones count in part.
${lists(profile)}
CALL (occupations) {
  ${HELD.replaceAll("\n", "\n  ")}
}
WITH occupations, excluded, [id IN skills + learned WHERE NOT id IN excluded] AS held
MATCH (o:Occupation:Concept)-[:BROADER*0..1]->()-[:RELATED_SKILL]->(skill:Concept)
WHERE NOT o.deprecated AND NOT o.id IN occupations + excluded
WITH o, held, excluded, collect(DISTINCT skill.id) AS needed
WITH o, size([id IN needed WHERE id IN held]) AS matched, size([id IN needed WHERE id IN excluded]) AS unwanted, size(needed) AS needs
WHERE matched > 0
RETURN o.id AS id, o.label AS occupation, matched, unwanted, needs
ORDER BY matched - unwanted DESC, occupation, id
LIMIT 100`;
}

/** The skills that an occupation needs, and which of them are there. */
export function gapCypher(profile: Profile, to: string): string {
  return `// What the publisher says of the occupation and its group; the service weighs it, adds ESCO's skills, and lets near ones count in part.
${lists(profile)}
CALL (occupations) {
  ${HELD.replaceAll("\n", "\n  ")}
}
WITH [id IN skills + learned WHERE NOT id IN excluded] AS held
MATCH (:Concept {id: ${JSON.stringify(to)}})-[:BROADER*0..1]->()-[r:RELATED_SKILL]->(skill:Concept)
RETURN skill.id AS id, skill.label AS skill, skill.id IN held AS matched, collect(DISTINCT r.provenance) AS provenances, collect(DISTINCT r.necessity) AS necessities
ORDER BY matched DESC, skill, id`;
}
