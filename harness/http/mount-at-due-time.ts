import { Agent, type ClientRequest, get, type IncomingMessage } from "node:http";
import { get as getSecurely, Agent as SecureAgent } from "node:https";
import { finished } from "node:stream/promises";
import { type Clock, type Micros, micros } from "../core/units.ts";
import type { Mount } from "./mount.ts";

/** What {@link mountAtDueTime} needs. */
export interface MountAtDueTimeOptions {
  /** The page: http or https. */
  readonly url: string;
  /** `Cookie` headers, used in turn: pages of users who are logged in. */
  readonly cookies?: readonly string[];
  readonly clock: Clock;
  /** Takes each answer, whatever its status. */
  readonly onMount: (mount: Mount) => void;
  /** How long an answer may take. Default: 10,000. */
  readonly timeoutMs?: number;
}

/** Requests of a page that are due at given times. */
export interface DueMounts {
  /**
   * Requests the page once, on a connection that is free or a new one: what an executor of arrivals starts. Rejects where
   * no answer comes, or the signal aborts.
   */
  readonly start: (
    due: { readonly index: number; readonly dueUs: Micros },
    signal: AbortSignal,
  ) => Promise<void>;
  /** Closes the connections. */
  readonly close: () => void;
}

/**
 * Requests a page at due times: an open model, in which latency runs from when a request was due, so that what had to wait
 * since others were slow shows how long it had to. Connections are kept alive.
 */
export function mountAtDueTime(options: MountAtDueTimeOptions): DueMounts {
  const { url, cookies = [], clock, onMount, timeoutMs = 10_000 } = options;
  const isSecure = new URL(url).protocol === "https:";
  const agent = isSecure ? new SecureAgent({ keepAlive: true }) : new Agent({ keepAlive: true });
  const request = isSecure ? getSecurely : get;
  return {
    start: async ({ index, dueUs }, signal) => {
      const sentUs = clock();
      const cookie = cookies[index % cookies.length];
      const asked = request(url, {
        agent,
        timeout: timeoutMs,
        signal,
        headers: cookie === undefined ? {} : { cookie },
      });
      asked.once("timeout", () => asked.destroy(new Error(`no answer from ${url} within ${timeoutMs} ms`)));
      const { response, socket, readBefore } = await answerTo(asked);
      response.resume();
      await finished(response);
      const nowUs = clock();
      onMount({
        latencyUs: micros(nowUs - dueUs),
        fromSendUs: micros(nowUs - sentUs),
        bytes: socket.bytesRead - readBefore,
        status: response.statusCode ?? 0,
      });
    },
    close: () => agent.destroy(),
  };
}

/** The answer, its connection, and how much that had read before: one answer at a time comes over it. */
async function answerTo(asked: ClientRequest) {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  let readBefore = 0;
  asked.once("socket", (socket) => {
    readBefore = socket.bytesRead;
  });
  asked.once("response", resolve);
  asked.on("error", reject);
  const response = await promise;
  return { response, socket: response.socket, readBefore };
}
