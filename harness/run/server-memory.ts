import { z } from "zod";
import { BenchError } from "../core/errors.ts";
import type { SlopeMetric } from "../core/metric.ts";
import { processMemory } from "../measure/process-memory.ts";
import { type Point, slopeMetric } from "../measure/slope.ts";

/**
 * Where the memory of a server can be read: from its own report after a collection of garbage (`/debug/memory`, which a
 * server may not have), or from its process, whose garbage nobody can have collected. Null: nowhere.
 */
export type MemorySource =
  | { readonly kind: "report" }
  | { readonly kind: "process"; readonly pid: number }
  | null;

/** How often a server is asked at most for one reading. */
const MOST_ASKED = 6;
/** What is allocated by being asked. */
const NO_LESS_BYTES = 4096;

const report = z.object({ connections: z.int(), heapUsedBytes: z.int(), externalBytes: z.int() });

/**
 * Reads what a server holds, at different numbers of connections. Of a server that does not tell there are no readings,
 * and no metric.
 */
export class ServerMemory {
  readonly #source: MemorySource;
  readonly #url: URL;
  readonly #points: Point[] = [];

  constructor({ origin, memory }: { readonly origin: string; readonly memory: MemorySource }) {
    this.#source = memory;
    this.#url = new URL("/debug/memory", origin);
  }

  /**
   * Takes a reading, and gives what is held in bytes; null where that cannot be told.
   *
   * @param users how many are connected, where the server itself does not tell
   * @throws BenchError `no-process` where the process of a target is not there
   */
  async read(users: number, signal: AbortSignal): Promise<number | null> {
    const point = await this.#reading(users, signal);
    if (point !== null) this.#points.push(point);
    return point?.y ?? null;
  }

  /** What one more connection costs; undefined without readings at two different numbers. */
  metric(name: string, mode: string): SlopeMetric | undefined {
    return slopeMetric(name, "bytes", this.#points, { mode });
  }

  async #reading(users: number, signal: AbortSignal): Promise<Point | null> {
    const source = this.#source;
    switch (source?.kind) {
      case "report":
        return this.#leastReported(signal);
      case "process": {
        const memory = await processMemory(source.pid);
        if (memory === null) {
          throw new BenchError(`there is no process ${source.pid} whose memory could be read`, {
            code: "no-process",
          });
        }
        return { x: users, y: memory.privateBytes ?? memory.rssBytes };
      }
      case undefined:
        return null;
      default:
        return source satisfies never;
    }
  }

  /**
   * Asks until nothing more is given back. What is just being done, or was a moment ago, holds 0.03 to 0.5 MB through one
   * collection of garbage now and then, which would be several KB of each of a hundred connections.
   */
  async #leastReported(signal: AbortSignal): Promise<Point | null> {
    let least = await this.#reported(signal);
    for (let asked = 1; least !== null && asked < MOST_ASKED; asked += 1) {
      const next = await this.#reported(signal);
      if (next === null) return null;
      const isSameCrowd = next.x === least.x;
      const isLess = next.y <= least.y - NO_LESS_BYTES;
      if (!isSameCrowd || next.y < least.y) least = next;
      if (isSameCrowd && !isLess) break;
    }
    return least;
  }

  async #reported(signal: AbortSignal): Promise<Point | null> {
    const response = await fetch(this.#url, { signal, redirect: "manual" });
    if (!response.ok) {
      await response.body?.cancel();
      return null;
    }
    const parsed = report.safeParse(await response.json().catch(() => undefined));
    if (!parsed.success) return null;
    const { connections, heapUsedBytes, externalBytes } = parsed.data;
    return { x: connections, y: heapUsedBytes + externalBytes };
  }
}
