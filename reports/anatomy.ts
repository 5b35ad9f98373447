import type { ExactMetric } from "../harness/core/metric.ts";
import { payloadBytes } from "../harness/core/metric-names.ts";
import type { RunResult } from "../harness/core/run-result.ts";
import { caseOf } from "../harness/core/step.ts";

/** Some of the bytes of an operation: what they are there for, and in which slot of which template. */
export interface AnatomyShare {
  readonly part: string;
  readonly slot?: string;
  readonly source?: string;
  readonly near?: string;
  readonly bytes: number;
  /** How many of them the page had already. */
  readonly again?: number;
}

/** Where the bytes of one operation went, in each mode that tells. */
export interface OperationAnatomy {
  /** `insert`, or what its case is called: `edit it again`. */
  readonly title: string;
  /** Whether it is a case, which is in the operation too. */
  readonly isCase: boolean;
  readonly modes: readonly {
    readonly mode: string;
    /** Where it is in the run's modes. */
    readonly at: number;
    /** How many frames the bytes are of. */
    readonly samples: number;
    /** Largest first within a part, and so the parts. */
    readonly parts: readonly {
      readonly part: string;
      readonly bytes: number;
      readonly shares: readonly AnatomyShare[];
    }[];
  }[];
}

/** The operations whose bytes were taken apart; none where none were. */
export function anatomies({ metrics, configuration: { modes, steps } }: RunResult): OperationAnatomy[] {
  const taken = metrics.flatMap((metric) => {
    const shares = metric.kind === "exact" ? sharesOf(metric) : null;
    return metric.kind === "exact" && shares !== null ? [{ metric, ...shares }] : [];
  });
  const cases = steps.flatMap((step) => caseOf(step) ?? []);
  const titles = new Map(cases.map(({ operation, name, title }) => [payloadBytes(operation, name), title]));
  const byName = Map.groupBy(taken, ({ metric }) => metric.name);
  return [...byName.values()].map((group) => {
    const metric = group[0]?.metric;
    return {
      title: titles.get(metric?.name ?? "") ?? metric?.operation ?? "",
      isCase: metric?.case !== undefined,
      modes: modes.flatMap((mode, at) => {
        const own = group.find((one) => one.metric.mode === mode);
        return own === undefined ? [] : [{ mode, at, samples: own.samples, parts: partsOf(own.shares) }];
      }),
    };
  });
}

function sharesOf(
  metric: ExactMetric,
): { readonly samples: number; readonly shares: readonly AnatomyShare[] } | null {
  const { anatomy } = metric as { readonly anatomy?: unknown };
  if (Array.isArray(anatomy)) return { samples: metric.values.count, shares: anatomy };
  if (typeof anatomy !== "object" || anatomy === null || !("parts" in anatomy)) return null;
  return anatomy.parts === undefined || !("samples" in anatomy)
    ? null
    : { samples: Number(anatomy.samples), shares: anatomy.parts as readonly AnatomyShare[] };
}

function partsOf(shares: readonly AnatomyShare[]) {
  const parts = [...Map.groupBy(shares, ({ part }) => part)].map(([part, own]) => ({
    part,
    bytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
    shares: own.toSorted((a, b) => b.bytes - a.bytes),
  }));
  return parts.toSorted((a, b) => b.bytes - a.bytes || (a.part < b.part ? -1 : 1));
}
