/**
 * Makes the package that `npm pack` packs: `prepack` builds it and writes its description in place of the repository's,
 * `postpack` puts that back. The package has JavaScript with types, and carries no Node: as a dependency of others its
 * `node` would take over theirs.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { extname } from "node:path";
import { z } from "zod";
import { runResultSchema } from "./harness/core/run-result.ts";

const MANIFEST = "package.json";
const KEPT_MANIFEST = "dist/package.source.json";
const FOLDERS = ["harness", "scenarios", "reference-server", "reports"];
/** What programs and pages read beside the modules. */
const ASSETS = new Set([".js", ".css", ".svg", ".json"]);

function build(): void {
  rmSync("dist", { recursive: true, force: true });
  execFileSync("npm", ["exec", "--", "tsc", "-p", "tsconfig.build.json"], { stdio: "inherit" });
  for (const folder of FOLDERS) {
    cpSync(folder, `dist/${folder}`, {
      recursive: true,
      filter: (path) => extname(path) === "" || ASSETS.has(extname(path)),
    });
  }
  chmodSync("dist/harness/bin.js", 0o755);
  writeFileSync(
    "dist/run-result.schema.json",
    `${JSON.stringify(z.toJSONSchema(runResultSchema), undefined, 2)}\n`,
  );
}

/** Puppeteer downloads a Chrome when it is installed, and fails where it cannot; `bench` finds or installs one by itself. */
function withoutDownload({ puppeteer = "", ...others }: Readonly<Record<string, string>>) {
  return { ...others, puppeteer: `npm:puppeteer-core@${puppeteer}`, "puppeteer-core": puppeteer };
}

interface Manifest extends Record<string, unknown> {
  readonly dependencies: Readonly<Record<string, string>>;
}

/** What the package says of itself. */
function published(manifest: Manifest): Record<string, unknown> {
  const {
    private: _private,
    scripts: _scripts,
    devDependencies: _devDependencies,
    optionalDependencies: _ownNode,
    allowScripts: _allowScripts,
    overrides: _overrides,
    puppeteer: _puppeteer,
    dependencies,
    ...rest
  } = manifest;
  return {
    ...rest,
    bin: { bench: "dist/harness/bin.js" },
    engines: { node: ">=24" },
    dependencies: withoutDownload(dependencies),
  };
}

function prepack(): void {
  build();
  const text = readFileSync(MANIFEST, "utf8");
  writeFileSync(KEPT_MANIFEST, text);
  const manifest = `${JSON.stringify(published(JSON.parse(text)), undefined, 2)}\n`;
  writeFileSync(MANIFEST, manifest);
  // The program reads its own version beside its folders.
  writeFileSync("dist/package.json", manifest);
}

function postpack(): void {
  if (existsSync(KEPT_MANIFEST)) renameSync(KEPT_MANIFEST, MANIFEST);
}

const steps: Readonly<Record<string, () => void>> = { prepack, postpack };
const step = steps[process.argv[2] ?? ""];
if (step === undefined) throw new Error(`node pack.ts ${Object.keys(steps).join("|")}`);
step();
