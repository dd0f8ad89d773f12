// SPDX-License-Identifier: Apache-2.0
// Bundles src/graphiql.tsx into taxonomy/web/static/graphiql/ (see README.md).

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";
import { licences, publishBundle, rewriting, termsOfMit, textOf } from "../bundling.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** What `rewriting` changes in the packages. */
const REWRITES = [
  {
    why: "name React's error page without a URL",
    files: [
      "react-dom/cjs/react-dom-client.production.js",
      "react-dom/cjs/react-dom.production.js",
    ],
    find: /"https:\/\/react\.dev\/errors\/"/g,
    put: '"react.dev/errors/"',
  },
  {
    why: "the production branch only, whose check would otherwise stay in the bundle",
    files: ["graphql/jsutils/instanceOf.mjs"],
    find: /\bisProduction\s+\? function/g,
    put: "true ? function",
  },
  {
    why: "plain words in place of a link in the built-in types' descriptions",
    files: ["graphql/type/scalars.mjs", "graphql/type/directives.mjs"],
    find: /\[([^\]]+)\]\(https:\/\/[^)]*\)/g,
    put: "$1",
  },
  {
    why: "the scheme put before a bare domain in a description, spelled without '//'",
    files: ["markdown-it/lib/rules_core/linkify.mjs"],
    find: /'http:\/\/' \+ urlText/g,
    put: "'http:' + '/'.repeat(2) + urlText",
  },
  {
    why: "the same",
    files: ["linkify-it/index.mjs"],
    find: /`http:\/\/\$\{match\.url\}`/g,
    put: "'http:' + '/'.repeat(2) + match.url",
  },
  {
    why: "descriptions load no images",
    files: ["@graphiql/react/dist/markdown.js"],
    find: /export \{\s*markdown\s*\};/g,
    put: 'markdown.disable("image");\n$&',
  },
  {
    why: "hovering over a URL in a result loads nothing",
    files: ["@graphiql/react/dist/editor/components/image-preview.js"],
    find: /^[\s\S]*$/g,
    put: "export const ImagePreview = Object.assign(() => null, { shouldRender: () => false });\n",
  },
  {
    why: "the icons' names, taken from functions that minifying renames",
    files: ["@graphiql/react/dist/icons/index.js"],
    find: /= generateIcon\((Svg\w+)\);/g,
    put: '= generateIcon($1, "$1");',
  },
  {
    why: "the same",
    files: ["@graphiql/react/dist/icons/index.js"],
    find: /generateIcon\(RawComponent\) \{\s+const title = RawComponent\.name\./g,
    put: "generateIcon(RawComponent, name) {\n  const title = name.",
  },
  {
    why: "no link to codemirror.net in the list of keys",
    files: ["graphiql/dist/GraphiQL.js"],
    find: /jsx\("a", \{ href: "https:\/\/codemirror[^"]*", target: "_blank", rel: "[^"]*", /g,
    put: 'jsx("span", { ',
  },
  {
    why: "no link to github.com in the logo",
    files: ["graphiql/dist/GraphiQL.js"],
    find: /jsxs\("a", \{ className: "graphiql-logo-link", href: "https:[^"]*", target: "_blank", rel: "[^"]*", /g,
    put: 'jsxs("span", { className: "graphiql-logo-link", ',
  },
  {
    why: "src/reorder.tsx makes the tabs a list of buttons, so their panel is a region",
    files: ["graphiql/dist/GraphiQL.js"],
    find: /role: "tabpanel"/g,
    put: 'role: "region"',
  },
  {
    why: "no web fonts (360 kB): src/style.css names the system's",
    files: ["graphiql/dist/style.css"],
    find: /@font-face \{[^}]*\}\n/g,
    put: "",
  },
];

/** Packages published without their licence file, and one from the same repository or author that has it. */
const LICENCE_FILE_OF = {
  "@graphiql/plugin-doc-explorer": "graphiql",
  "@graphiql/plugin-history": "graphiql",
  "react-compiler-runtime": "react",
  "react-remove-scroll-bar": "react-remove-scroll",
};

function withoutFile(name, license, author) {
  const other = LICENCE_FILE_OF[name];
  if (other) {
    const text = textOf(join(here, "node_modules", other, "LICENSE"));
    return `(Published without a licence file; this is that of ${other}, from the same source.)\n\n${text}`;
  }
  return termsOfMit(join(here, "node_modules/react/LICENSE"), name, license, author);
}

function head(count) {
  return (
    "The GraphiQL bundle in this folder is built from browser/graphiql (Apache-2.0,\n" +
    `the licence of this project) and from the ${count} packages below.\n`
  );
}

await publishBundle(esbuild, "graphiql", here, {
  entry: "src/graphiql.tsx",
  jsx: "automatic",
  alias: { entities: "./src/entities.ts", "framer-motion": "./src/reorder.tsx" },
  plugins: [rewriting(here, REWRITES)],
  terms: (metafile) => licences(metafile, here, head, withoutFile),
});
