import type { Module } from "./read-module.ts";

const PROTOCOL = ["harness/core"];
const PAGE = ["harness/protocol", ...PROTOCOL];
const USER = ["harness/page", ...PAGE];
const LOAD = ["harness/user", "harness/oracle", ...USER];
const TARGET = ["harness/user", ...USER];
const CROWD = ["harness/load", "harness/measure", ...LOAD];
const RUN = ["harness/crowd", "harness/target", "harness/browser", "harness/http", "harness/gate", ...CROWD];

/**
 * The folders of the program, and which others each may import: the arrows of harness/README.md. A folder that is
 * not listed belongs to the nearest one above it. `test` may import anything.
 */
export const LAYERS: Readonly<Record<string, readonly string[]>> = {
  "harness/core": [],
  "harness/protocol": PROTOCOL,
  "harness/page": PAGE,
  "harness/user": USER,
  "harness/oracle": USER,
  "harness/load": LOAD,
  "harness/crowd": CROWD,
  "harness/browser": LOAD,
  "harness/http": LOAD,
  "harness/target": TARGET,
  "harness/measure": ["harness/core"],
  "harness/gate": ["harness/core"],
  "harness/compare": ["harness/gate", "harness/core"],
  "harness/history": ["harness/gate", "harness/core"],
  "harness/run": RUN,
  "harness/self-test": ["harness/load", "harness/core"],
  // A scenario of cases has a runner of its own, which takes a run's result file and progress.
  "harness/cases": ["harness/run", ...RUN],
  "harness/sequences": ["harness/run", ...RUN],
  "harness/replay": ["harness/browser", ...LOAD],
  // Where templates are written is asked as a run asks it.
  "harness/trace": ["harness/run", ...RUN],
  "harness/commands": [
    "harness/run",
    "harness/replay",
    "harness/trace",
    "harness/compare",
    "harness/history",
    "reports",
    "scenarios",
    ...RUN,
  ],
  // Its files at the top, which put the program together: bin.ts, main.ts.
  harness: [
    "harness/commands",
    "harness/run",
    "harness/cases",
    "harness/self-test",
    "harness/sequences",
    "reports",
    "scenarios",
    "harness/core",
  ],
  reports: ["harness/core"],
  scenarios: ["harness/core"],
  // The other half shares nothing but the wire.
  "reference-server": [],
};

/** The packages that are the business of a few folders, and these folders. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  puppeteer: ["harness/browser"],
  "puppeteer-core": ["harness/browser"],
  "@puppeteer/browsers": ["harness/browser"],
  autocannon: ["harness/http"],
  ws: ["harness/user", "harness/replay", "reference-server"],
  yargs: ["harness/commands", "harness/main.ts"],
  "node:sqlite": ["harness/oracle", "reference-server/chat/store"],
  kysely: ["reference-server/chat"],
  pg: ["harness/oracle", "reference-server/chat/store"],
  fastify: ["reference-server"],
  vitest: [],
  "fast-check": ["harness/sequences"],
  "oxc-parser": [],
  rolldown: [],
  yaml: [],
  "@action-validator/core": [],
};

/** Where somebody speaks to the person at the terminal. */
const MAY_PRINT = ["harness/commands", "harness/bin.ts", "harness/main.ts"];

/** Where the process ends: with an exit code, or at once at a second Ctrl-C. */
const MAY_EXIT = "harness/bin.ts";

/** What is wrong with the program's modules: a sentence a problem, sorted; none where all is well. */
export function problemsOf(modules: readonly Module[]): string[] {
  const problems = modules.flatMap((module) => [...ownProblems(module), ...importProblems(module)]);
  const product = modules.filter(({ path }) => !isTest(path));
  return [...problems, ...cycles(product)].sort();
}

function ownProblems({ path, hasDefaultExport, isBarrel, globals }: Module): string[] {
  const found: string[] = [];
  // Tools read their configuration from a default export.
  if (hasDefaultExport && !path.endsWith(".config.ts")) found.push(`${path} has a default export`);
  if (isBarrel) found.push(`${path} is a barrel: it has an "export *"`);
  if (isTest(path)) return found;
  for (const used of globals) {
    if (used === "process.exit" && path !== MAY_EXIT)
      found.push(`${path} uses process.exit, which loses what is not yet written`);
    if (used === "process.exitCode" && path.startsWith("harness/") && path !== MAY_EXIT) {
      found.push(`${path} sets process.exitCode, which is for ${MAY_EXIT} alone`);
    }
    if (used.startsWith("console.") && !MAY_PRINT.some((place) => isWithin(path, place))) {
      found.push(`${path} uses ${used} below the commands`);
    }
  }
  return found;
}

function importProblems({ path, imports }: Module): string[] {
  if (isTest(path)) return [];
  const layer = layerOf(path);
  const allowed = layer === undefined ? undefined : LAYERS[layer];
  if (!allowed) return [`${path} is in a folder without a rule in test/architecture/rules.ts`];
  return imports.flatMap((imported) => {
    const places = PACKAGES[imported];
    if (places) {
      if (places.some((place) => isWithin(path, place))) return [];
      return [
        `${path} imports ${imported}, which is for ${places.length === 0 ? "tests" : places.join(", ")} alone`,
      ];
    }
    if (!imported.endsWith(".ts")) return [];
    const target = layerOf(imported);
    if (target === layer || (target !== undefined && allowed.includes(target))) return [];
    const may = allowed.length === 0 ? "nothing else" : allowed.join(", ");
    return [`${path} imports ${imported}, but ${layer} may import ${may}`];
  });
}

/** The listed folder with the longest name that a file is in. */
function layerOf(path: string): string | undefined {
  return Object.keys(LAYERS)
    .filter((layer) => isWithin(path, layer))
    .sort((a, b) => b.length - a.length)[0];
}

function isWithin(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}/`);
}

function isTest(path: string): boolean {
  return path.startsWith("test/") || path.endsWith(".config.ts");
}

/**
 * Every cycle that a walk along what is loaded closes, from its alphabetically first module. Types are erased, so
 * a view and its template may know each other's.
 */
function cycles(modules: readonly Module[]): string[] {
  const loadsOf = new Map(modules.map(({ path, loads }) => [path, loads]));
  const done = new Set<string>();
  const trail: string[] = [];
  const found = new Set<string>();
  const walk = (path: string) => {
    const at = trail.indexOf(path);
    if (at !== -1) {
      found.add(described(trail.slice(at)));
      return;
    }
    if (done.has(path)) return;
    trail.push(path);
    for (const imported of loadsOf.get(path) ?? []) walk(imported);
    trail.pop();
    done.add(path);
  };
  for (const { path } of modules) walk(path);
  return [...found];
}

function described(cycle: readonly string[]): string {
  const first = cycle.toSorted()[0] ?? "";
  const at = cycle.indexOf(first);
  return `a cycle: ${[...cycle.slice(at), ...cycle.slice(0, at), first].join(" -> ")}`;
}
