import type { FastifyInstance } from "fastify";
import type { LiveEndpoint } from "./live-endpoint.ts";

/** What `GET /debug` answers: nothing is collected for it, so it may be asked for under load. */
export interface DebugReport {
  readonly connections: number;
  /** What the process has used so far, of the user and of the system, in microseconds. */
  readonly cpuUs: number;
  /** Physical memory of the process. */
  readonly rssBytes: number;
  /** What sockets have been given and clients have not taken yet: of all, and of the one with most. */
  readonly bufferedBytes: number;
  readonly mostBufferedBytes: number;
  /** Text frames that were given to sockets since the start. */
  readonly framesSent: number;
}

/** What `POST /debug/crash-views` answers. */
export interface CrashReport {
  /** How many views were told to crash. */
  readonly views: number;
}

/** Lets the harness see what the server does, and have its views crash; only on one that was started for measuring. */
export function registerDebugReport(server: FastifyInstance, endpoint: LiveEndpoint): void {
  server.get("/debug", (): DebugReport => {
    const { user, system } = process.cpuUsage();
    const buffered = endpoint.bufferedBytes();
    return {
      connections: endpoint.connections,
      cpuUs: user + system,
      rssBytes: process.memoryUsage.rss(),
      bufferedBytes: buffered.reduce((sum, bytes) => sum + bytes, 0),
      mostBufferedBytes: buffered.reduce((most, bytes) => Math.max(most, bytes), 0),
      framesSent: endpoint.framesSent,
    };
  });
  server.post("/debug/crash-views", (): CrashReport => ({ views: endpoint.crashViews() }));
}
