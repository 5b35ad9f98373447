import { z } from "zod";
import type { SlopeMetric } from "../core/metric.ts";
import { type Point, slopeMetric } from "../measure/slope.ts";

const report = z.object({ connections: z.int(), heapUsedBytes: z.int(), externalBytes: z.int() });

/**
 * Reads what an instrumented server holds after a collection of garbage, at different numbers of connections. Of a
 * server that does not tell, there are no readings, and no metric.
 */
export class ServerMemory {
  readonly #url: URL;
  readonly #points: Point[] = [];

  /** @param origin of the server */
  constructor(origin: string) {
    this.#url = new URL("/debug/memory", origin);
  }

  /** Takes a reading. */
  async read(signal: AbortSignal): Promise<void> {
    const response = await fetch(this.#url, { signal, redirect: "manual" });
    if (!response.ok) {
      await response.body?.cancel();
      return;
    }
    const parsed = report.safeParse(await response.json().catch(() => undefined));
    if (!parsed.success) return;
    const { connections, heapUsedBytes, externalBytes } = parsed.data;
    this.#points.push({ x: connections, y: heapUsedBytes + externalBytes });
  }

  /** What one more connection costs; undefined without readings at two different numbers. */
  metric(name: string, mode: string): SlopeMetric | undefined {
    return slopeMetric(name, "bytes", this.#points, { mode });
  }
}
