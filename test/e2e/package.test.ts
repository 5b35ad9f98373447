import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { EXIT_CODES } from "../../harness/core/exit-codes.ts";
import { runResultSchema } from "../../harness/core/run-result.ts";
import { onlyResult, temporaryFolder } from "./bench.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What becomes part of the package, or is needed to make it. */
const SOURCES = [
  ...["harness", "reference-server", "reports", "scenarios"],
  ...["package.json", "tsconfig.json", "tsconfig.build.json", "pack.ts"],
  ...["README.md", "CHANGELOG.md", "action.yml"],
];

const run = (cwd: string, command: string, ...args: readonly string[]) =>
  execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

/** Packs a copy of the repository: packing changes its description for a moment, which others may read. */
function packed(): string {
  const copy = temporaryFolder();
  for (const source of SOURCES) cpSync(join(ROOT, source), join(copy, source), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  const before = readFileSync(join(copy, "package.json"), "utf8");
  const file = run(copy, "npm", "pack", "--silent").trim().split("\n").at(-1) ?? "";
  expect(readFileSync(join(copy, "package.json"), "utf8")).toBe(before);
  return join(copy, file);
}

const SCENARIO = `
  import { defineScenario, NOTHING_WRONG, PAGE_SIZE, referenceSite, users } from "chat-diff-bench";

  export const scenario = defineScenario({
    name: "ten-inserts",
    question: "Do ten messages come?",
    description: "Ten messages are written.",
    modes: ["stream"],
    parameters: { users: users(5) },
    plan: ({ users: all }: { users: number }) => ({
      browsers: 1,
      rooms: { messagesEach: 20, members: [all] },
      site: referenceSite,
      pageSize: PAGE_SIZE,
      ordered: false,
      steps: [{ kind: "insert", ratePerSec: 10, durationMs: 1000 }],
      thresholds: NOTHING_WRONG,
    }),
  });
`;

test("the package installs in an empty folder, carries no Node, and runs a scenario of that folder", {
  timeout: 300_000,
}, () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "package.json"), "{}\n");
  run(folder, "npm", "install", "--prefer-offline", "--no-audit", "--no-fund", packed());
  expect(existsSync(join(folder, "node_modules/.bin/node"))).toBe(false);

  const bench = join(folder, "node_modules/chat-diff-bench/dist/harness/bin.js");
  writeFileSync(join(folder, "ten-inserts.mts"), SCENARIO);
  const options = ["--quiet", "--out", "results"];
  const { status, stderr } = spawnSync(process.execPath, [bench, "run", "./ten-inserts.mts", ...options], {
    cwd: folder,
    encoding: "utf8",
  });
  // On a machine that is too busy for times the run is void; what is seen is the same.
  expect([EXIT_CODES.passed, EXIT_CODES.void], stderr).toContain(status);
  expect(onlyResult(join(folder, "results"))).toMatchObject({
    scenario: "ten-inserts",
    configuration: { users: 5, browsers: 1 },
    checks: { failed: 0 },
  });

  const init = spawnSync(process.execPath, [bench, "init"], { cwd: folder, encoding: "utf8" });
  expect(init.stderr).toBe("");
  const own = run(folder, process.execPath, bench, "run", "bench/chat.mts", "--help");
  expect(own).toContain("What does one message cost, and does everybody see it?");

  const action = join(folder, "node_modules/chat-diff-bench/action.yml");
  expect(readFileSync(action, "utf8")).toBe(readFileSync(join(ROOT, "action.yml"), "utf8"));

  const schema = join(folder, "node_modules/chat-diff-bench/dist/run-result.schema.json");
  const { properties } = JSON.parse(readFileSync(schema, "utf8"));
  expect(Object.keys(properties)).toEqual(Object.keys(runResultSchema.shape));
  const types = readFileSync(join(folder, "node_modules/chat-diff-bench/dist/harness/index.d.ts"), "utf8");
  expect(types).toContain("defineScenario");
});
