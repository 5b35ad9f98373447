import type autocannon from "autocannon";
import { type Clock, type Micros, micros } from "../core/units.ts";
import type { Mount } from "./mount.ts";

/** What {@link loadMounts} needs. */
export interface MountLoadOptions {
  /** The page: http or https. */
  readonly url: string;
  readonly connections: number;
  /** Of each connection its `Cookie` header, in turn if there are fewer: pages of users who are logged in. */
  readonly cookies?: readonly string[];
  readonly durationMs: number;
  readonly clock: Clock;
  /** Takes each answer, whatever its status. */
  readonly onMount: (mount: Mount) => void;
  /** Hears of each request that got no answer: the connection failed, or none came within the timeout. */
  readonly onError: (error: Error) => void;
  /** How long an answer may take, at least 1,000. Default: 10,000. */
  readonly timeoutMs?: number;
  /** Ends it early, within a quarter of a second. */
  readonly signal?: AbortSignal;
}

/** How a load ended. */
export interface MountLoadReport {
  /** From the first request to the end. */
  readonly durationMs: number;
  /** How many requests got no answer. */
  readonly failed: number;
}

/** autocannon connects again at once, so without a server it would do nothing else. */
const MOST_FAILED = 1000;
const LOOKS_EVERY_MS = 250;
/** A timer may come so much too early. */
const TIMER_MS = 10;

/**
 * Requests a page over so many connections at once, on each of them again as soon as the answer is there: a closed model,
 * by autocannon. The first answer of a connection includes its opening. Requests that are under way at the end are not
 * counted.
 *
 * How long an answer takes, and which request got none, is told here, from each connection's latest request. autocannon's
 * own figures go on from the wrong request once a connection was lost (lib/httpClient.js leaves what was asked on it in the
 * queue), and do not count one that the server closed.
 *
 * At a rate use `mountAtDueTime`: autocannon makes a second's requests at the beginning of that second, knows no due time, and
 * its correction for coordinated omission takes seconds for milliseconds.
 */
export async function loadMounts(options: MountLoadOptions): Promise<MountLoadReport> {
  const { url, connections, cookies = [], durationMs, clock, onMount, onError } = options;
  const { timeoutMs = 10_000, signal } = options;
  signal?.throwIfAborted();
  // Loading it takes a tenth of a second, and few runs need it.
  const { default: startLoad } = await import("autocannon");
  const beginUs = clock();
  let failed = 0;
  let clients = 0;

  const setupClient = (client: autocannon.Client) => {
    const cookie = cookies[clients++ % cookies.length];
    if (cookie !== undefined) client.setHeaders({ cookie });
    let sentUs: Micros | null = null;
    let lost: Error | null = null;
    client.on("connError", (error: Error) => {
      lost = error;
    });
    client.on("request", () => {
      const nowUs = clock();
      // It asks anew only after the answer, or on a new connection: then the one before is lost.
      if (sentUs !== null) {
        failed += 1;
        const why =
          nowUs - sentUs < (timeoutMs - TIMER_MS) * 1000
            ? "the connection was closed"
            : `none in ${timeoutMs} ms`;
        onError(lost ?? new Error(`no answer from ${url}: ${why}`));
        if (failed >= MOST_FAILED) tracker.stop();
      }
      sentUs = nowUs;
      lost = null;
    });
    client.on("response", (status: number, bytes: number) => {
      onMount({ latencyUs: micros(clock() - (sentUs ?? beginUs)), fromSendUs: null, bytes, status });
      sentUs = null;
    });
  };

  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const tracker = startLoad(
    {
      url,
      connections,
      duration: durationMs / 1000,
      timeout: timeoutMs / 1000,
      sampleInt: LOOKS_EVERY_MS,
      setupClient,
    },
    (error) => (error === null ? resolve() : reject(error)),
  );
  const stop = () => tracker.stop();
  signal?.addEventListener("abort", stop);
  try {
    await promise;
  } finally {
    signal?.removeEventListener("abort", stop);
  }
  return { durationMs: Math.round((clock() - beginUs) / 1000), failed };
}
