// SPDX-License-Identifier: Apache-2.0
// Bundles src/yasgui.ts into taxonomy/web/static/yasgui/ (see README.md).

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const outDir = join(here, "../../taxonomy/web/static/yasgui");

/**
 * Small changes to the packages' own files, made while they are read. Each must
 * still apply (the build fails otherwise), so none can lapse unseen when a
 * version in package.json moves.
 */
const YASGUI = "@zazuko/yasgui/build/yasgui.esm.js";
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

/** What may not be in the bundle; the namespaces of XML and of pictures' metadata are names, never fetched. */
const NAMESPACES = ["http://www.w3.org/", "http://creativecommons.org/ns#", "http://purl.org/dc/"];

function assertSelfContained(name, text) {
  const urls = text.match(/https?:\/\/[^"'`\s)]+/g) ?? [];
  const foreign = urls.filter((url) => !NAMESPACES.some((namespace) => url.startsWith(namespace)));
  const code = text.match(/\beval\(|\bFunction\(|\bnew (?:Shared)?Worker\b|sourceMappingURL/g) ?? [];
  const css = name.endsWith(".css") ? (text.match(/@import|@font-face|url\((?!"?data:)[^)]*\)/g) ?? []) : [];
  const found = [...new Set([...foreign, ...code, ...css])];
  if (found.length > 0) throw new Error(`${name} holds ${found.join(", ")}`);
}

/**
 * The name, licence and licence text of every package in the bundle. YASGUI comes bundled already: what is in it, its
 * source map tells.
 */
function licences() {
  const map = JSON.parse(readFileSync(join(here, "node_modules", `${YASGUI}.map`), "utf8"));
  const names = new Set(["@zazuko/yasgui", "@zazuko/yasqe", "@zazuko/yasr", "@zazuko/yasgui-utils"]);
  for (const source of map.sources) {
    const name = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1];
    if (name) names.add(name);
  }
  const entries = [...names].sort().map((name) => {
    const dir = join(here, "node_modules", name);
    const { license: named, author } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
    const license = named ?? SAID_ELSEWHERE[name];
    if (typeof license !== "string") throw new Error(`${name} names no licence`);
    const texts = readdirSync(dir)
      .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
      .sort()
      .map((file) => readFileSync(join(dir, file), "utf8").replaceAll("\r\n", "\n").trim());
    if (texts.length === 0) texts.push(withoutFile(name, license, author));
    return `${name}\nLicence: ${license}\n\n${texts.join("\n\n")}\n`;
  });
  const rule = `\n${"-".repeat(78)}\n\n`;
  const head =
    "The YASGUI bundle in this folder is built from browser/yasgui (Apache-2.0,\n" +
    `the licence of this project) and from the ${entries.length} packages below.\n`;
  return [head, ...entries].join(rule);
}

/** Licences that stand in the sources of a package and not in its package.json. */
const SAID_ELSEWHERE = { jsuri: "MIT" };

/** The terms of a package that was published without its licence file. */
function withoutFile(name, license, author) {
  const by = typeof author === "string" ? author : author?.name;
  if (license !== "MIT" || !by) throw new Error(`${name} has no licence file`);
  const mit = readFileSync(join(here, "node_modules/sortablejs/LICENSE"), "utf8");
  return `(Published without a licence file. Author: ${by}. These are the terms of MIT.)\n\n${mit.slice(mit.indexOf("Permission")).trim()}`;
}

const started = performance.now();
const result = await esbuild.build({
  absWorkingDir: here,
  entryPoints: { yasgui: "src/yasgui.ts" },
  outdir: "out", // never written: the files are named below
  write: false,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
  define: { "process.env.NODE_ENV": '"production"' },
  plugins: [rewrite],
});

const files = new Map();
const manifest = {};
for (const { path, contents, text } of result.outputFiles) {
  const extension = path.slice(path.lastIndexOf("."));
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 12);
  const name = `yasgui-${hash}${extension}`;
  assertSelfContained(name, text);
  manifest[extension === ".js" ? "script" : "style"] = name;
  files.set(name, Buffer.from(contents));
}
files.set("LICENSES.txt", Buffer.from(licences()));

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
