// SPDX-License-Identifier: Apache-2.0
// Bundles src/graphiql.tsx into taxonomy/web/static/graphiql/ (see README.md).

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const outDir = join(here, "../../taxonomy/web/static/graphiql");

/**
 * Small changes to the packages' own files, made while they are read. Each must
 * still apply (the build fails otherwise), so none can lapse unseen when a
 * version in package.json moves.
 */
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

const rewrite = {
  name: "rewrite",
  setup(build) {
    const modules = join(here, "node_modules") + "/";
    const read = new Set();
    build.onLoad({ filter: /\/node_modules\/.*\.(m?js|css)$/ }, ({ path }) => {
      const name = path.replaceAll("\\", "/").slice(modules.length);
      const rules = REWRITES.filter((rule) => rule.files.includes(name));
      if (rules.length === 0) return undefined;
      let contents = readFileSync(path, "utf8");
      for (const { why, find, put } of rules) {
        const before = contents;
        contents = contents.replace(find, put);
        if (contents === before) throw new Error(`${name}: nothing to rewrite (${why})`);
      }
      read.add(name);
      return { contents, loader: name.endsWith(".css") ? "css" : "js" };
    });
    build.onEnd(() => {
      const missed = REWRITES.flatMap((rule) => rule.files).filter((name) => !read.has(name));
      if (missed.length > 0) throw new Error(`not in the bundle any more: ${missed.join(", ")}`);
    });
  },
};

/** What may not be in the bundle; the namespaces of XML are names, never fetched. */
function assertSelfContained(name, text) {
  const urls = text.match(/https?:\/\/[^"'`\s)]*/g) ?? [];
  const foreign = urls.filter((url) => !url.startsWith("http://www.w3.org/"));
  const code = text.match(/\beval\(|\bFunction\(|\bnew (?:Shared)?Worker\b|createObjectURL|sourceMappingURL/g) ?? [];
  const css = name.endsWith(".css") ? (text.match(/@import|@font-face|url\((?!"?data:)[^)]*\)/g) ?? []) : [];
  const found = [...new Set([...foreign, ...code, ...css])];
  if (found.length > 0) throw new Error(`${name} holds ${found.join(", ")}`);
}

/** The name, version, licence and licence text of every package with code in the bundle. */
function licences(metafile) {
  const roots = new Set();
  for (const output of Object.values(metafile.outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      const root = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
      if (root && bytesInOutput > 0) roots.add(root);
    }
  }
  const entries = [...roots].map((root) => {
    const dir = join(here, root);
    const { name, version, license, author } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
    const texts = readdirSync(dir)
      .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
      .sort()
      .map((file) => readFileSync(join(dir, file), "utf8").replaceAll("\r\n", "\n").trim());
    if (typeof license !== "string") throw new Error(`${name} names no licence`);
    if (texts.length === 0) texts.push(withoutFile(name, license, author));
    return { key: `${name}@${version}`, text: `${name} ${version}\nLicence: ${license}\n\n${texts.join("\n\n")}\n` };
  });
  entries.sort((a, b) => (a.key < b.key ? -1 : 1));
  const rule = `\n${"-".repeat(78)}\n\n`;
  const head =
    "The GraphiQL bundle in this folder is built from browser/graphiql (Apache-2.0,\n" +
    `the licence of this project) and from the ${entries.length} packages below.\n`;
  return [head, ...entries.map(({ text }) => text)].join(rule);
}

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
    const text = readFileSync(join(here, "node_modules", other, "LICENSE"), "utf8").replaceAll("\r\n", "\n").trim();
    return `(Published without a licence file; this is that of ${other}, from the same source.)\n\n${text}`;
  }
  if (license !== "MIT" || !author) throw new Error(`${name} has no licence file`);
  const mit = readFileSync(join(here, "node_modules/react/LICENSE"), "utf8");
  const by = typeof author === "string" ? author : author.name;
  return `(Published without a licence file. Author: ${by}. These are the terms of MIT.)\n\n${mit.slice(mit.indexOf("Permission")).trim()}`;
}

const started = performance.now();
const result = await esbuild.build({
  absWorkingDir: here,
  entryPoints: { graphiql: "src/graphiql.tsx" },
  outdir: "out", // never written: the files are named below
  write: false,
  bundle: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
  define: { "process.env.NODE_ENV": '"production"' },
  alias: { entities: "./src/entities.ts", "framer-motion": "./src/reorder.tsx" },
  plugins: [rewrite],
});

const files = new Map();
const manifest = {};
for (const { path, contents, text } of result.outputFiles) {
  const extension = path.slice(path.lastIndexOf("."));
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 12);
  const name = `graphiql-${hash}${extension}`;
  assertSelfContained(name, text);
  manifest[extension === ".js" ? "script" : "style"] = name;
  files.set(name, Buffer.from(contents));
}
files.set("LICENSES.txt", Buffer.from(licences(result.metafile)));

const { script, style } = manifest;
if (!script || !style || files.size !== 3) throw new Error("expected one script and one style sheet");

if (existsSync(outDir)) rmSync(outDir, { recursive: true });
mkdirSync(outDir, { recursive: true });
for (const [name, bytes] of files) {
  const br = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  const gz = gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION });
  writeFileSync(join(outDir, name), bytes);
  writeFileSync(join(outDir, `${name}.br`), br);
  writeFileSync(join(outDir, `${name}.gz`), gz);
  console.log(`${name}: ${bytes.length} bytes (br ${br.length}, gz ${gz.length})`);
}
writeFileSync(join(outDir, "manifest.json"), `${JSON.stringify({ script, style }, null, 2)}\n`);
console.log(`built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
