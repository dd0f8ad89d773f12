// SPDX-License-Identifier: Apache-2.0
// What the builds of all pages share: what may be in a bundle, whose code is in it, and how it is written.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Where the service serves built pages from; each has a folder of its own. */
export const STATIC = join(dirname(fileURLToPath(import.meta.url)), "../taxonomy/web/static");

/** Fails for a bundle that would fetch or evaluate anything; the namespaces of XML are names, never fetched. `blobs`: it saves files of its own; `workers`: it starts workers, of its own files. */
export function assertSelfContained(name, text, { blobs = false, workers = false } = {}) {
  const urls = text.match(/https?:\/\/[^"'`\s)]*/g) ?? [];
  const foreign = urls.filter((url) => !url.startsWith("http://www.w3.org/"));
  const code = text.match(/\beval\(|\bFunction\(|\bnew SharedWorker\b|sourceMappingURL/g) ?? [];
  if (!workers && /\bnew Worker\b/.test(text)) code.push("new Worker");
  if (!blobs && text.includes("createObjectURL")) code.push("createObjectURL");
  const css = name.endsWith(".css") ? (text.match(/@import|@font-face|url\((?!"?data:)[^)]*\)/g) ?? []) : [];
  const found = [...new Set([...foreign, ...code, ...css])];
  if (found.length > 0) throw new Error(`${name} holds ${found.join(", ")}`);
}

/**
 * The name, version, licence and licence text of every package with code in a bundle, under `head`. A package may
 * be published without its licence file: `otherwise(name, license, author)` gives the text then.
 */
export function licences(metafile, folder, head, otherwise = refuse) {
  return licencesOf(packagesIn(metafile), folder, head, otherwise);
}

function packagesIn(metafile) {
  const roots = new Set();
  for (const output of Object.values(metafile.outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      const root = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
      if (root && bytesInOutput > 0) roots.add(root);
    }
  }
  return roots;
}

/** The same of packages by their folders; `said` names the licences that no package.json does. */
export function licencesOf(roots, folder, head, otherwise = refuse, said = {}) {
  const entries = [...roots].map((root) => {
    const dir = join(folder, root);
    const { name, version, license: named, author } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8"));
    const license = named ?? said[name];
    const texts = readdirSync(dir)
      .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
      .sort()
      .map((file) => textOf(join(dir, file)));
    if (typeof license !== "string") throw new Error(`${name} names no licence`);
    if (texts.length === 0) texts.push(otherwise(name, license, author));
    return { key: `${name}@${version}`, text: `${name} ${version}\nLicence: ${license}\n\n${texts.join("\n\n")}\n` };
  });
  entries.sort((a, b) => (a.key < b.key ? -1 : 1));
  const rule = `\n${"-".repeat(78)}\n\n`;
  return [head(entries.length), ...entries.map(({ text }) => text)].join(rule);
}

function refuse(name) {
  throw new Error(`${name} has no licence file`);
}

/** A licence text without Windows line ends and space around it. */
export function textOf(file) {
  return readFileSync(file, "utf8").replaceAll("\r\n", "\n").trim();
}

/** The terms of a package under MIT that was published without its licence file, from the file of another one. */
export function termsOfMit(file, name, license, author) {
  const by = typeof author === "string" ? author : author?.name;
  if (license !== "MIT" || !by) refuse(name);
  const mit = textOf(file);
  return `(Published without a licence file. Author: ${by}. These are the terms of MIT.)\n\n${mit.slice(mit.indexOf("Permission")).trim()}`;
}

/**
 * A plugin that makes small changes to the packages' own files while they are read. Each must still apply (the build
 * fails otherwise), so none can lapse unseen when a version in package.json moves.
 */
export function rewriting(folder, rewrites) {
  return {
    name: "rewrite",
    setup(build) {
      const modules = join(folder, "node_modules") + "/";
      const read = new Set();
      build.onLoad({ filter: /\/node_modules\/.*\.(m?js|css)$/ }, ({ path }) => {
        const name = path.replaceAll("\\", "/").slice(modules.length);
        const rules = rewrites.filter((rule) => rule.files.includes(name));
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
        const missed = rewrites.flatMap((rule) => rule.files).filter((name) => !read.has(name));
        if (missed.length > 0) throw new Error(`not in the bundle any more: ${missed.join(", ")}`);
      });
    },
  };
}

/** Compressed as brotli does best; what a reader of this page downloads. */
export function brotli(bytes) {
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

/** Write a page's files in place of its older ones: each as it is, as `.br` and as `.gz`, and `manifest.json`. */
export function publish(page, files, manifest) {
  const outDir = join(STATIC, page);
  if (existsSync(outDir)) rmSync(outDir, { recursive: true });
  mkdirSync(outDir, { recursive: true });
  for (const [name, bytes] of files) {
    const br = brotli(bytes);
    const gz = gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION });
    writeFileSync(join(outDir, name), bytes);
    writeFileSync(join(outDir, `${name}.br`), br);
    writeFileSync(join(outDir, `${name}.gz`), gz);
    console.log(`${name}: ${bytes.length} bytes (br ${br.length}, gz ${gz.length})`);
  }
  writeFileSync(join(outDir, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

/**
 * Bundle an entry of a folder into one script and one style sheet, and write the page. `esbuild` is the folder's own;
 * `allowed` is what `assertSelfContained` may find, and `terms(metafile)` the text of LICENSES.txt.
 */
export async function publishBundle(esbuild, page, folder, { entry, allowed, terms, ...options }) {
  const started = performance.now();
  const result = await esbuild.build({
    absWorkingDir: folder,
    entryPoints: { [page]: entry },
    outdir: "out", // never written: the files are named below
    write: false,
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    define: { "process.env.NODE_ENV": '"production"' },
    ...options,
  });
  const files = new Map();
  const manifest = {};
  for (const { path, contents, text } of result.outputFiles) {
    const extension = path.slice(path.lastIndexOf("."));
    const hash = createHash("sha256").update(contents).digest("hex").slice(0, 12);
    const name = `${page}-${hash}${extension}`;
    assertSelfContained(name, text, allowed);
    manifest[extension === ".js" ? "script" : "style"] = name;
    files.set(name, Buffer.from(contents));
  }
  files.set("LICENSES.txt", Buffer.from(terms(result.metafile)));
  const { script, style } = manifest;
  if (!script || !style || files.size !== 3) throw new Error("expected one script and one style sheet");
  publish(page, files, { script, style });
  console.log(`built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
