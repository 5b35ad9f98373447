import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { describe, expect, test } from "vitest";
import { type Module, readModule } from "./architecture/read-module.ts";
import { problemsOf } from "./architecture/rules.ts";

const root = join(import.meta.dirname, "..");

/** All TypeScript of the repository. */
function sources(): string[] {
  const files = ["harness", "reference-server", "reports", "scenarios", "test"]
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
    );
  return files.filter((file) => file.endsWith(".ts"));
}

test("dependencies point only the way that the design allows", () => {
  const modules = sources().map((file) =>
    readModule(relative(root, file).split(sep).join("/"), readFileSync(file, "utf8")),
  );
  expect(modules.map(({ path }) => path)).toContain("harness/core/units.ts");
  expect(problemsOf(modules)).toEqual([]);
});

describe("a module is read", () => {
  test.each([
    ["a static import", 'import { a } from "./a.ts";', { imports: ["harness/user/a.ts"] }],
    [
      "an import of types",
      'import type { A } from "../core/a.ts";',
      { imports: ["harness/core/a.ts"], loads: [] },
    ],
    ["an import for its effect", 'import "ws";', { imports: ["ws"] }],
    [
      "a re-export of types",
      'export type { A } from "./a.ts";',
      { imports: ["harness/user/a.ts"], loads: [] },
    ],
    ["a re-export", 'export { a } from "../page/a.ts";', { imports: ["harness/page/a.ts"] }],
    [
      "a dynamic import",
      'const a = await import("../../reports/index.ts");',
      { imports: ["reports/index.ts"] },
    ],
    ["a file of a package", 'import "yargs/helpers"; import "@a/b/c";', { imports: ["yargs", "@a/b"] }],
    ["a module of node", 'import { join } from "node:path/posix";', { imports: ["node:path/posix"] }],
    ["a barrel", 'export * from "./a.ts";', { imports: ["harness/user/a.ts"], isBarrel: true }],
    [
      "a barrel with a name",
      'export * as a from "./a.ts";',
      { imports: ["harness/user/a.ts"], isBarrel: true },
    ],
    ["a default export", "export default 1;", { hasDefaultExport: true }],
    ["a default export by name", "const a = 1; export { a as default };", { hasDefaultExport: true }],
    ["a global", 'if (process.argv) { console.log("x"); }', { globals: ["process.argv", "console.log"] }],
    ["a word in a comment or a text", '// import "ws"\nexport const a = "console.log process.exit";', {}],
  ])("with %s", (_, source, facts) => {
    const nothing = { imports: [], loads: [], hasDefaultExport: false, isBarrel: false, globals: [] };
    const path = "harness/user/module.ts";
    const loads = "imports" in facts ? { loads: facts.imports } : {};
    expect(readModule(path, source)).toEqual({ path, ...nothing, ...loads, ...facts });
  });

  test("or refused, where it cannot be parsed", () => {
    expect(() => readModule("harness/core/a.ts", "const = ;")).toThrow("harness/core/a.ts: ");
  });
});

describe("the rules can fail:", () => {
  const module = (path: string, imports: string[] = [], facts: Partial<Module> = {}): Module => ({
    path,
    imports,
    loads: imports,
    hasDefaultExport: false,
    isBarrel: false,
    globals: [],
    ...facts,
  });

  test.each<[string, Module[], string[]]>([
    [
      "an arrow that points up",
      [module("harness/core/a.ts", ["harness/user/b.ts"])],
      ["harness/core/a.ts imports harness/user/b.ts, but harness/core may import nothing else"],
    ],
    [
      "the gate that looks at samples",
      [module("harness/gate/a.ts", ["harness/measure/b.ts"])],
      ["harness/gate/a.ts imports harness/measure/b.ts, but harness/gate may import harness/core"],
    ],
    [
      "the halves that meet",
      [
        module("harness/load/a.ts", ["reference-server/server.ts"]),
        module("reference-server/server.ts", ["harness/core/units.ts"]),
      ],
      [
        "harness/load/a.ts imports reference-server/server.ts, but harness/load may import harness/user, " +
          "harness/oracle, harness/page, harness/protocol, harness/core",
        "reference-server/server.ts imports harness/core/units.ts, but reference-server may import nothing else",
      ],
    ],
    [
      "a scenario that does more than declare",
      [module("scenarios/quickstart.ts", ["harness/run/a.ts"])],
      ["scenarios/quickstart.ts imports harness/run/a.ts, but scenarios may import harness/core"],
    ],
    [
      "a command that is imported",
      [module("harness/run/a.ts", ["harness/commands/b.ts"])],
      [
        "harness/run/a.ts imports harness/commands/b.ts, but harness/run may import harness/crowd, harness/target, " +
          "harness/browser, harness/http, harness/gate, harness/load, harness/measure, harness/user, harness/oracle, " +
          "harness/page, harness/protocol, harness/core",
      ],
    ],
    [
      "packages outside of their folders",
      [
        module("harness/commands/a.ts", ["puppeteer"]),
        module("harness/load/a.ts", ["autocannon"]),
        module("harness/page/a.ts", ["ws"]),
        module("harness/core/a.ts", ["node:sqlite"]),
        module("reports/a.ts", ["vitest"]),
      ],
      [
        "harness/commands/a.ts imports puppeteer, which is for harness/browser alone",
        "harness/core/a.ts imports node:sqlite, which is for harness/oracle, reference-server/chat/store alone",
        "harness/load/a.ts imports autocannon, which is for harness/http alone",
        "harness/page/a.ts imports ws, which is for harness/user, harness/replay, reference-server alone",
        "reports/a.ts imports vitest, which is for tests alone",
      ],
    ],
    [
      "a folder that nobody thought of",
      [module("elsewhere/a.ts")],
      ["elsewhere/a.ts is in a folder without a rule in test/architecture/rules.ts"],
    ],
    [
      "a test that is imported",
      [module("harness/core/a.ts", ["test/reports/sample-result.ts"])],
      ["harness/core/a.ts imports test/reports/sample-result.ts, but harness/core may import nothing else"],
    ],
    [
      "barrels and default exports, in tests too",
      [module("reports/a.ts", [], { isBarrel: true }), module("test/a.ts", [], { hasDefaultExport: true })],
      ['reports/a.ts is a barrel: it has an "export *"', "test/a.ts has a default export"],
    ],
    [
      "what ends the process or prints, below the commands",
      [
        module("harness/commands/a.ts", [], { globals: ["process.exit", "console.log"] }),
        module("harness/main.ts", [], { globals: ["process.exitCode"] }),
        module("harness/run/a.ts", [], { globals: ["console.error"] }),
      ],
      [
        "harness/commands/a.ts uses process.exit, which loses what is not yet written",
        "harness/main.ts sets process.exitCode, which is for harness/bin.ts alone",
        "harness/run/a.ts uses console.error below the commands",
      ],
    ],
    [
      "cycles, long and short",
      [
        module("reports/c.ts", ["reports/a.ts"]),
        module("reports/a.ts", ["reports/b.ts"]),
        module("reports/b.ts", ["reports/c.ts"]),
        module("reports/d.ts", ["reports/d.ts"]),
        module("reports/e.ts", ["reports/a.ts"]),
      ],
      [
        "a cycle: reports/a.ts -> reports/b.ts -> reports/c.ts -> reports/a.ts",
        "a cycle: reports/d.ts -> reports/d.ts",
      ],
    ],
  ])("%s", (_, modules, problems) => {
    expect(problemsOf(modules)).toEqual(problems);
  });

  test("and hold for what is allowed", () => {
    expect(
      problemsOf([
        module("harness/bin.ts", ["harness/main.ts"], { globals: ["process.exitCode", "process.exit"] }),
        module("harness/main.ts", ["harness/commands/index.ts", "yargs"]),
        module("harness/commands/index.ts", [
          "harness/run/a.ts",
          "reports/index.ts",
          "scenarios/index.ts",
          "yargs",
        ]),
        module("harness/run/a.ts", ["harness/load/a.ts", "harness/gate/a.ts", "harness/core/units.ts"]),
        module("harness/load/a.ts", ["harness/user/a.ts", "node:child_process"]),
        module("harness/user/a.ts", ["harness/page/a.ts", "ws"]),
        module("harness/browser/a.ts", ["puppeteer"]),
        module("reference-server/web/a.ts", ["reference-server/live/view.ts", "fastify"]),
        module("reports/a.ts", ["reports/b.ts"]),
        module("reports/b.ts", ["reports/a.ts"], { loads: [] }),
        module("vitest.config.ts", ["vitest"], { hasDefaultExport: true }),
        module("test/a.test.ts", ["vitest", "harness/gate/a.ts", "reference-server/web/a.ts"]),
      ]),
    ).toEqual([]);
  });
});
