// SPDX-License-Identifier: Apache-2.0
// Bundles src/yasgui.ts into taxonomy/web/static/yasgui/ (see README.md).

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";
import { licencesOf, publishBundle, rewriting, termsOfMit } from "../bundling.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const YASGUI = "@zazuko/yasgui/build/yasgui.esm.js";

/** What `rewriting` changes in the packages. */
const REWRITES = [
  {
    why: "prefixes of the page in place of a list of everybody's, with addresses of all sorts",
    files: [YASGUI],
    find: /Promise\.resolve\(prefixes_default\)/g,
    put: "Promise.resolve(globalThis.yasguiPrefixes ?? {})",
  },
  {
    why: "the same, where another list could not be fetched",
    files: [YASGUI],
    find: /\(console\.warn\("Could not fetch prefixes[^)]*\), prefixes_default\)/g,
    put: "({})",
  },
  {
    why: "no endpoint but ours",
    files: [YASGUI],
    find: /"https:\/\/(dbpedia\.org|query\.wikidata\.org)[^"]*"/g,
    put: '""',
  },
  {
    why: "no link to the manual of another version",
    files: [YASGUI],
    find: /"https:\/\/docs\.triply\.cc\/yasgui\/[^"]*"/g,
    put: '"#yasgui"',
  },
  {
    why: "no link in a warning about addresses that this page never asks",
    files: [YASGUI],
    find: /<br>This is not allowed in modern browsers, see <a [^>]*>[^<]*<\/a>\./g,
    put: "",
  },
  {
    why: "no link in a message about endpoints that this page never asks",
    files: [YASGUI],
    find: /"http:\/\/enable-cors\.org\/"/g,
    put: '"#yasgui"',
  },
  {
    why: "plain words in place of addresses in warnings",
    files: [YASGUI],
    find: /(?:For more information about this error, please see )?https:\/\/datatables\.net\//g,
    put: "datatables.net/",
  },
  {
    why: "no terms of Linked Open Vocabularies are asked for",
    files: [YASGUI],
    find: /return fetch\(s\)\.then/g,
    put: "return Promise.reject(Error(s)).then",
  },
  {
    why: "nor is their address put together",
    files: [YASGUI],
    find: /"https:\/\/" : "http:\/\/"/g,
    put: '"" : ""',
  },
  {
    why: "no program out of a text: every browser has JSON",
    files: [YASGUI],
    find: /eval\("\(" \+ text \+ "\)"\)/g,
    put: "undefined",
  },
  {
    why: "the same: every browser has globalThis",
    files: [YASGUI],
    find: /Function\("return this"\)\(\)/g,
    put: "globalThis",
  },
  {
    why: "no workers, which the page's policy forbids",
    files: [YASGUI],
    find: /new t\.Worker\(n\)/g,
    put: "{}",
  },
  {
    why: "the same",
    files: [YASGUI],
    find: /s\.BLOB_URL = n\.createObjectURL\([\s\S]*?\{ type: "text\/javascript" \}\)\)/g,
    put: 's.BLOB_URL = ""',
  },
  {
    why: "a picture without metadata, and without the namespaces that only they need",
    files: [YASGUI],
    find: / xmlns:(?:cc|dc|rdf)=\\"[^"\\]*\\"|<metadata>(?:(?!<\/metadata>).)*<\/metadata>/g,
    put: "",
  },
  {
    why: "tabs hold a button to close them and stand beside one that adds: a group of links, then",
    files: [YASGUI],
    find: /\.setAttribute\("role", "tablist"\)/g,
    put: '.setAttribute("role", "group")',
  },
  {
    why: "the same",
    files: [YASGUI],
    find: /n\.setAttribute\("role", "tab"\), /g,
    put: "",
  },
  {
    why: "the same",
    files: [YASGUI],
    find: /\.setAttribute\("role", "tabpanel"\)/g,
    put: '.setAttribute("role", "region")',
  },
  {
    why: "the same",
    files: [YASGUI],
    find: /\.setAttribute\("aria-selected", "(true|false)"\), this\.tabEl\.children/g,
    put: '.setAttribute("aria-current", "$1"), this.tabEl.children',
  },
];

/** The packages in the bundle. YASGUI comes bundled already: what is in it, its source map tells. */
function packages() {
  const map = JSON.parse(readFileSync(join(here, "node_modules", `${YASGUI}.map`), "utf8"));
  const names = new Set(["@zazuko/yasgui", "@zazuko/yasqe", "@zazuko/yasr", "@zazuko/yasgui-utils"]);
  for (const source of map.sources) {
    const name = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1];
    if (name) names.add(name);
  }
  return [...names].map((name) => join("node_modules", name));
}

function head(count) {
  return (
    "The YASGUI bundle in this folder is built from browser/yasgui (Apache-2.0,\n" +
    `the licence of this project) and from the ${count} packages below.\n`
  );
}

/** Licences that stand in the sources of a package and not in its package.json. */
const SAID_ELSEWHERE = { jsuri: "MIT" };

function withoutFile(...named) {
  return termsOfMit(join(here, "node_modules/sortablejs/LICENSE"), ...named);
}

await publishBundle(esbuild, "yasgui", here, {
  entry: "src/yasgui.ts",
  allowed: { blobs: true },
  plugins: [rewriting(here, REWRITES)],
  terms: () => licencesOf(packages(), here, head, withoutFile, SAID_ELSEWHERE),
});
