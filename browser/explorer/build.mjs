// SPDX-License-Identifier: Apache-2.0
// Bundles src/main.tsx into taxonomy/web/static/explorer/ (see README.md): one script and style sheet for the first
// view, and a chunk for each part that is loaded when it is opened.

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";
import { assertSelfContained, brotli, licences, publish } from "../bundling.mjs";

const here = dirname(fileURLToPath(import.meta.url));
/** What the first view may weigh: compressed bytes of JavaScript. */
const BUDGET = 150_000;

const started = performance.now();
const common = {
  absWorkingDir: here,
  outdir: "out", // never written
  entryNames: "[name]-[hash]",
  write: false,
  bundle: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
  define: { "process.env.NODE_ENV": '"production"' },
};
/** The layout of the graph, which reckons beside the page; the page finds it by its name. */
const worker = await esbuild.build({ ...common, entryPoints: { layout: "src/views/graph/layout-worker.ts" } });
const [workerName] = Object.keys(worker.metafile.outputs).map((path) => path.slice("out/".length));
const result = await esbuild.build({
  ...common,
  entryPoints: { explorer: "src/main.tsx" },
  chunkNames: "[name]-[hash]",
  splitting: true,
  define: { ...common.define, LAYOUT_WORKER: JSON.stringify(workerName) },
});
const metafile = { outputs: { ...result.metafile.outputs, ...worker.metafile.outputs } };

const files = new Map();
for (const { path, contents, text } of [...result.outputFiles, ...worker.outputFiles]) {
  const name = path.slice(path.lastIndexOf("/") + 1);
  assertSelfContained(name, text, { blobs: true, workers: true });
  files.set(name, Buffer.from(contents));
}
const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [path.slice("out/".length), output]));
const [script] = [...outputs].find(([, { entryPoint }]) => entryPoint === "src/main.tsx");
const style = outputs.get(script).cssBundle?.slice("out/".length);
if (!style) throw new Error("src/main.tsx brings no style sheet");
const sheets = [...files.keys()].filter((name) => name.endsWith(".css"));
if (sheets.length !== 1) throw new Error(`${sheets}: styles belong to src/style.css, for a chunk's own are never loaded`);

/** A script and what it imports before it runs. */
function withImports(name, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  for (const { path, kind } of outputs.get(name).imports) {
    if (kind === "import-statement") withImports(path.slice("out/".length), found);
  }
  return found;
}

const first = [...withImports(script)].reduce((sum, name) => sum + brotli(files.get(name)).length, 0);
if (first > BUDGET) throw new Error(`the first view weighs ${first} bytes of JavaScript, more than ${BUDGET}`);

const head = (count) =>
  "The graph browser in this folder is built from browser/explorer (Apache-2.0,\n" +
  `the licence of this project) and from the packages below: ${count}.\n`;
files.set("LICENSES.txt", Buffer.from(licences(metafile, here, head)));
publish("explorer", files, { script, style });
console.log(`first view: ${first} bytes of JavaScript; built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
