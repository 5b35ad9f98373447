import type { Sequence } from "./sequence.ts";

/** A sequence as a test that can be put into `test/e2e/found-sequences.test.ts`, or beside it. */
export function sequenceTest({ mode, start, steps }: Sequence): string {
  const lines = steps.map((step) => `      ${literal(step)},`);
  return [
    `test(${JSON.stringify(`in ${mode}: ${titleOf(steps)}`)}, () =>`,
    "  agreesOn({",
    `    mode: ${JSON.stringify(mode)},`,
    `    start: ${literal(start)},`,
    ...(lines.length === 0 ? ["    steps: [],"] : ["    steps: [", ...lines, "    ],"]),
    "  }));",
    "",
  ].join("\n");
}

/** What is done, each step by its operations: `insert, then delete`. */
function titleOf(steps: Sequence["steps"]): string {
  const named = steps.map((step) =>
    "operations" in step
      ? step.operations.map(({ kind }) => kind.replace("insertAll", "bulk insert")).join(" and ")
      : step.kind,
  );
  return named.length === 0 ? "the page as it begins" : named.join(", then ");
}

/** A value as TypeScript writes it: `{ kind: "insert", at: -1 }`. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, of]) => of !== undefined);
  return entries.length === 0
    ? "{}"
    : `{ ${entries.map(([key, of]) => `${key}: ${literal(of)}`).join(", ")} }`;
}
