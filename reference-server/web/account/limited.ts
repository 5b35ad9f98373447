import type { FastifyReply } from "fastify";

/**
 * Answers that there were too many failed attempts, and gives what to say.
 *
 * @param retryAtMs milliseconds since the epoch.
 */
export function limited(reply: FastifyReply, retryAtMs: number, nowMs: number): string {
  const seconds = Math.max(1, Math.ceil((retryAtMs - nowMs) / 1000));
  reply.code(429).header("retry-after", String(seconds));
  return limitProblem(retryAtMs, nowMs);
}

/** What is said of an account that had too many failed log-ins. Times in milliseconds since the epoch. */
export function limitProblem(retryAtMs: number, nowMs: number): string {
  const minutes = Math.max(1, Math.ceil((retryAtMs - nowMs) / 60_000));
  const at = new Date(Math.ceil(retryAtMs / 60_000) * 60_000).toISOString().slice(11, 16);
  return `Too many failed attempts for this account. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}, at ${at} UTC.`;
}
