import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { FastifyInstance } from "fastify";
import type { LiveEndpoint } from "./live-endpoint.ts";

/**
 * What `GET /debug/memory` answers, after a full collection of garbage. Memory outside the heap is given back by the collection
 * after the one that finds it unused: who wants to know what is held asks until it is no less.
 */
export interface MemoryReport {
  readonly connections: number;
  /** Live objects on the JavaScript heap. */
  readonly heapUsedBytes: number;
  /** Memory of objects outside the heap that belongs to JavaScript objects, buffers included. */
  readonly externalBytes: number;
  /** Physical memory of the process. */
  readonly rssBytes: number;
}

/** Lets the harness read what the process holds; only on a server that was started for measuring. */
export function registerMemoryReport(server: FastifyInstance, endpoint: LiveEndpoint): void {
  const collectGarbage = exposedGc();
  server.get("/debug/memory", (): MemoryReport => {
    collectGarbage();
    const { heapUsed, external, rss } = process.memoryUsage();
    return {
      connections: endpoint.connections,
      heapUsedBytes: heapUsed,
      externalBytes: external,
      rssBytes: rss,
    };
  });
}

function exposedGc(): () => void {
  setFlagsFromString("--expose-gc");
  const gc: unknown = runInNewContext("gc");
  if (typeof gc !== "function") throw new Error("this runtime exposes no garbage collector");
  return () => gc();
}
