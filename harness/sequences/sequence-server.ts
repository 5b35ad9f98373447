import { BenchError } from "../core/errors.ts";

/** What is done on a sequence from beside its page. */
export interface SequenceServer {
  /** Does operations on the list of a sequence, in one render of its page. Resolves when they are on their way to it. */
  push(id: string, operations: readonly unknown[]): Promise<void>;
  /** Resolves once so much was done on the lists of a sequence. */
  reached(id: string, version: number): Promise<void>;
}

/**
 * The sequences of a reference server that is measured: `http://127.0.0.1:4000`.
 *
 * @param timeoutMs how long one wait may take
 */
export function sequenceServer(origin: string, timeoutMs: number): SequenceServer {
  const ask = async (what: string, path: string, init: RequestInit = {}) => {
    const url = `${origin}/debug/sequences/${path}`;
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) }).catch((cause) => {
      throw new BenchError(`the server did not ${what} within ${timeoutMs} ms`, {
        code: "sequence-server",
        cause,
      });
    });
    const text = await response.text();
    if (response.ok) return;
    throw new BenchError(`the server did not ${what}: ${response.status} ${text}`, {
      code: "sequence-server",
    });
  };
  const headers = { "content-type": "application/json" };
  return {
    push: (id, operations) =>
      ask("take a push", id, { method: "POST", headers, body: JSON.stringify(operations) }),
    reached: (id, version) => ask(`do what it was sent, ${version} times`, `${id}?version=${version}`),
  };
}
