import type { TracedOperation, TraceTotals } from "../core/trace.ts";

type Total = TraceTotals["operations"][number];

/** Adds up operations by name and effect. */
export class OperationTotals {
  readonly #byKind = new Map<string, Total>();

  add({ name, effect, up, down }: TracedOperation): void {
    const key = `${effect} ${name}`;
    const sum = this.#byKind.get(key) ?? {
      name,
      effect,
      times: 0,
      upBytes: 0,
      downBytes: 0,
      mostDownBytes: 0,
    };
    this.#byKind.set(key, {
      ...sum,
      times: sum.times + 1,
      upBytes: sum.upBytes + up.bytes,
      downBytes: sum.downBytes + down.bytes,
      mostDownBytes: Math.max(sum.mostDownBytes, down.bytes),
    });
  }

  /** Those with most bytes first. */
  all(): Total[] {
    const bytes = ({ upBytes, downBytes }: Total) => upBytes + downBytes;
    return [...this.#byKind.values()].toSorted((a, b) => bytes(b) - bytes(a));
  }
}
