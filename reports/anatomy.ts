import type { AnatomyPart } from "../harness/core/anatomy.ts";
import { payloadBytes } from "../harness/core/metric-names.ts";
import type { RunResult } from "../harness/core/run-result.ts";
import { caseOf } from "../harness/core/step.ts";

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
      readonly shares: readonly AnatomyPart[];
    }[];
  }[];
}

/** The operations whose bytes were taken apart; none where none were. */
export function anatomies({ metrics, configuration: { modes, steps } }: RunResult): OperationAnatomy[] {
  const taken = metrics.flatMap((metric) =>
    metric.kind === "exact" && metric.anatomy !== undefined ? [{ metric, anatomy: metric.anatomy }] : [],
  );
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
        return own === undefined
          ? []
          : [{ mode, at, samples: own.anatomy.samples, parts: partsOf(own.anatomy.parts) }];
      }),
    };
  });
}

function partsOf(shares: readonly AnatomyPart[]) {
  const parts = [...Map.groupBy(shares, ({ part }) => part)].map(([part, own]) => ({
    part,
    bytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
    shares: own.toSorted((a, b) => b.bytes - a.bytes),
  }));
  return parts.toSorted((a, b) => b.bytes - a.bytes || (a.part < b.part ? -1 : 1));
}
