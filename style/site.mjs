// Packs the files that the server sends beside its pages:
//
//   node style/site.mjs --wasm <app.wasm from cargo> --out <site folder>
//
//   <out>/pkg/app.<hash>.{js,wasm,css}   names change with the content, so browsers may keep them for ever
//   <out>/*                              a copy of style/public
//   <out>/**/*.{br,gz}                   compressed copies, made here once instead of for every request
//   <out>/manifest.json                  the names, for the server
//
// Steps whose inputs have not changed since the last run are skipped.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import zlib from "node:zlib";
import * as esbuild from "esbuild";

/** Wasm and glue together, compressed: what a browser fetches before handlers work (architecture.md). */
const BUDGET_BYTES = 400 * 1024;

/** Browsers of 2023 and later; older ones get the pages without the newest comforts. */
const TARGETS = ["chrome109", "edge109", "firefox115", "safari16"];

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);

function main() {
  const { wasm, out } = options();
  const pkg = path.join(out, "pkg");
  fs.mkdirSync(pkg, { recursive: true });

  const names = { ...packCode(wasm, pkg), css: write(pkg, "css", bundleCss()) };
  dropOld(pkg, Object.values(names));
  fs.cpSync(path.join(here, "public"), out, { recursive: true, preserveTimestamps: true });
  for (const file of [...files(pkg), ...files(out)]) compress(file);

  const manifest = {
    css: `/pkg/${names.css}`,
    script: `/pkg/${names.script}`,
    wasm: `/pkg/${names.wasm}`,
    wasm_brotli_bytes: fs.statSync(path.join(pkg, `${names.wasm}.br`)).size,
    script_brotli_bytes: fs.statSync(path.join(pkg, `${names.script}.br`)).size,
  };
  fs.writeFileSync(path.join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  report(manifest);
}

function options() {
  const { values } = parseArgs({ options: { wasm: { type: "string" }, out: { type: "string" } } });
  if (!values.wasm || !values.out) fail("usage: node style/site.mjs --wasm <app.wasm> --out <site folder>");
  if (!fs.existsSync(values.wasm)) fail(`${values.wasm} does not exist: build the app for wasm32-unknown-unknown first`);
  return values;
}

/** Glue and Wasm, made anew only when cargo's output or wasm-bindgen changed; answers their file names. */
function packCode(wasm, pkg) {
  const tool = process.env.WASM_BINDGEN ?? "wasm-bindgen";
  const version = run(tool, ["--version"]);
  const input = hash(fs.readFileSync(wasm), version, ...["site.mjs", "start.mjs"].map((name) => fs.readFileSync(path.join(here, name))));
  const stamp = path.join(pkg, ".code.json");
  const last = fs.existsSync(stamp) ? JSON.parse(fs.readFileSync(stamp, "utf8")) : {};
  const kept = last.input === input && fs.existsSync(path.join(pkg, last.script)) && fs.existsSync(path.join(pkg, last.wasm));
  if (kept) return { script: last.script, wasm: last.wasm };

  const work = fs.mkdtempSync(path.join(tmpdir(), "site-"));
  try {
    const flags = ["--target", "web", "--remove-name-section", "--no-typescript", "--out-name", "app"];
    run(tool, [...flags, "--out-dir", work, wasm]);
    // One module, snippets included. The page passes the Wasm's address, so the glue need not know its name.
    fs.copyFileSync(path.join(here, "start.mjs"), path.join(work, "start.mjs"));
    const glue = esbuild.buildSync({
      entryPoints: [path.join(work, "start.mjs")],
      bundle: true,
      minify: true,
      format: "esm",
      legalComments: "none",
      target: TARGETS,
      write: false,
    });
    const names = {
      script: write(pkg, "js", glue.outputFiles[0].contents),
      wasm: write(pkg, "wasm", fs.readFileSync(path.join(work, "app_bg.wasm"))),
    };
    fs.writeFileSync(stamp, JSON.stringify({ input, ...names }));
    return names;
  } finally {
    fs.rmSync(work, { recursive: true });
  }
}

function bundleCss() {
  const result = esbuild.buildSync({
    entryPoints: [path.join(here, "main.css")],
    bundle: true,
    minify: true,
    target: TARGETS,
    write: false,
  });
  return result.outputFiles[0].contents;
}

/** Writes `app.<hash>.<extension>` unless it is there; answers its name. */
function write(folder, extension, content) {
  const name = `app.${hash(content).slice(0, 16)}.${extension}`;
  const file = path.join(folder, name);
  if (!fs.existsSync(file)) fs.writeFileSync(file, content);
  return name;
}

/** Brotli and gzip copies, unless they are newer than the file itself. */
function compress(file) {
  const { mtimeMs } = fs.statSync(file);
  const fresh = (copy) => fs.existsSync(copy) && fs.statSync(copy).mtimeMs >= mtimeMs;
  if (fresh(`${file}.br`) && fresh(`${file}.gz`)) return;
  const content = fs.readFileSync(file);
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_SIZE_HINT]: content.length };
  fs.writeFileSync(`${file}.br`, zlib.brotliCompressSync(content, { params }));
  fs.writeFileSync(`${file}.gz`, zlib.gzipSync(content, { level: 9 }));
}

/** The files of a folder that are worth compressing. */
function files(folder) {
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  const wanted = entries.filter((entry) => entry.isFile() && /\.(js|wasm|css|svg|txt)$/.test(entry.name));
  return wanted.map((entry) => path.join(folder, entry.name));
}

/** Removes packs of earlier builds. */
function dropOld(pkg, names) {
  for (const file of fs.readdirSync(pkg)) {
    const current = file === ".code.json" || names.some((name) => file.startsWith(name));
    if (!current) fs.rmSync(path.join(pkg, file));
  }
}

function hash(...parts) {
  const digest = createHash("sha256");
  parts.forEach((part) => digest.update(part));
  return digest.digest("hex");
}

function run(tool, args) {
  try {
    return execFileSync(tool, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  } catch (error) {
    if (error.code !== "ENOENT") fail(`${tool} failed`);
    fail(`${tool} was not found: install wasm-bindgen-cli of the version in Cargo.toml, or name it in WASM_BINDGEN`);
  }
}

function report({ wasm_brotli_bytes, script_brotli_bytes }) {
  const total = wasm_brotli_bytes + script_brotli_bytes;
  const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
  const text = `${kilobytes(total)} brotli (Wasm ${kilobytes(wasm_brotli_bytes)}, glue ${kilobytes(script_brotli_bytes)})`;
  if (total > BUDGET_BYTES) fail(`the app is ${text}: over its budget of ${kilobytes(BUDGET_BYTES)}`);
  console.log(`site packed: ${text} of ${kilobytes(BUDGET_BYTES)}`);
}

function fail(message) {
  console.error(`site: ${message}`);
  process.exit(1);
}

main();
