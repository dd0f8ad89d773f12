import { expect, test } from "vitest";
import { skillsCypher } from "../src/views/compare/cypher";
import { cypherOf } from "../src/views/coverage/lists";
import { gapCypher, matchCypher } from "../src/views/match/cypher";
import { relationsCypher } from "../src/views/relations/cypher";
import { searchCypher } from "../src/views/search/cypher";
import { treeCypher } from "../src/views/tree/cypher";

const ASSISTANT = "PQkQ_Dmk_ZF8";
const NURSE = "bXNH_MNX_dUR";
const DEVELOPER = "rQds_YGd_quU";
const PROFILE = { skills: ["MR4H_FFT_mTj"], occupations: [ASSISTANT], excluded: ["FJjr_4pF_LEY"] };

/** What each view asks of Neo4j; tests/neo4j/test_recipe_of_a_view.py runs these files and knows what must come. `npx vitest run -u` writes them. */
const VIEWS = {
  search: searchCypher("sjuksköterska", 1000),
  tree: treeCypher(["Z8ci_bBE_tmx", "DJh5_yyF_hEM"]),
  relations: relationsCypher(NURSE, null, []),
  substitutes: relationsCypher(DEVELOPER, { relation: "SUBSTITUTES", direction: "IN" }, ["75"]),
  compare: skillsCypher(ASSISTANT, NURSE),
  match: matchCypher(PROFILE),
  gap: gapCypher(PROFILE, NURSE),
  coverage: cypherOf("exact", "DJh5_yyF_hEM"),
};

test.each(Object.entries(VIEWS))("the Cypher of %s is the one that is tested against Neo4j", async (name, text) => {
  await expect(`${text}\n`).toMatchFileSnapshot(`../../../tests/golden/cypher/${name}.cypher`);
});
