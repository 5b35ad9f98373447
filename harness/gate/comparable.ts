import type { Baseline } from "../core/baseline.ts";
import type { RunResult } from "../core/run-result.ts";

/** What of a run is to be the same for its figures to be compared. */
export type Compared = Pick<Baseline, "scenario" | "seed" | "configuration">;

/** What is compared of a run. The address of its server is not. */
export function comparedOf({ scenario, seed, configuration }: RunResult): Compared {
  const { target: _, ...compared } = configuration;
  return { scenario, seed, configuration: compared };
}

/**
 * Why figures of one and the other cannot be compared: a line each, `seed: 1 and 2`. None where they can. Modes are no reason:
 * metrics of one that was not run are missing.
 */
export function differences(one: Compared, other: Compared): string[] {
  const [a, b] = [flat(one), flat(other)];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((key) => JSON.stringify(a[key]) !== JSON.stringify(b[key]))
    .map((key) => `${key}: ${shown(a[key])} and ${shown(b[key])}`);
}

function flat({ scenario, seed, configuration }: Compared): Readonly<Record<string, unknown>> {
  const { modes: _, steps, ...settings } = configuration;
  const numbered = steps.map((step, at) => [`step ${at + 1}`, step]);
  return { scenario, seed, ...settings, ...Object.fromEntries(numbered) };
}

function shown(value: unknown): string {
  return value === undefined ? "none" : typeof value === "string" ? value : JSON.stringify(value);
}

/** Why the figures of a run are not to be gated, or kept as a baseline; null where they may be. */
export function whyUnfit({ verdict, checks, endedBy, generator }: RunResult): string | null {
  switch (verdict) {
    case "void":
      return `it is void: ${generator.reasons.map((reason) => reason.replace(/\.$/, "")).join("; ")}`;
    case "interrupted":
      return `it ended before its end${endedBy === undefined ? "" : `: ${endedBy}`}`;
    case "failed":
      return checks.failed > 0 || checks.made === 0
        ? `it failed ${checks.failed} of ${checks.made} checks: what wrong pages cost is no figure`
        : null;
    case "passed":
      return null;
    default:
      return verdict satisfies never;
  }
}
