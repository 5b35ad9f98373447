/** How many messages a connection takes of its client. */
export interface MessageRate {
  /** So many at once. */
  readonly burst: number;
  /** So many in each second that follows. */
  readonly perSec: number;
}

/** Far more than anybody can type or click. */
export const DEFAULT_MESSAGE_RATE: MessageRate = { burst: 300, perSec: 100 };

/** A message counts once more for each so many characters that it has. */
const CHARACTERS_PER_TOKEN = 16_384;
/** A join reads from the database and renders a whole page. */
const TOKENS_OF_A_JOIN = 5;

/** What becomes of a message. `flood`: the client goes on although it was told, and is to be cut off. */
export type MessageVerdict = "taken" | "too many" | "flood";

/**
 * Limits the messages of one connection by a token bucket. What is refused is paid for too, so that a client that goes on
 * gets into debt; one that is as deep in debt as the bucket is high floods the server.
 */
export class MessageLimit {
  readonly #rate: MessageRate;
  readonly #monotonicMs: () => number;
  #tokens: number;
  #atMs: number;

  /** @param monotonicMs milliseconds since any moment. */
  constructor(rate: MessageRate, monotonicMs: () => number) {
    this.#rate = rate;
    this.#monotonicMs = monotonicMs;
    this.#tokens = rate.burst;
    this.#atMs = monotonicMs();
  }

  /** Counts a message of so many characters. */
  take(event: string, characters: number): MessageVerdict {
    const { burst, perSec } = this.#rate;
    const nowMs = this.#monotonicMs();
    const refilled = this.#tokens + ((nowMs - this.#atMs) / 1000) * perSec;
    const cost =
      Math.floor(characters / CHARACTERS_PER_TOKEN) + (event === "phx_join" ? TOKENS_OF_A_JOIN : 1);
    this.#atMs = nowMs;
    this.#tokens = Math.min(burst, refilled) - cost;
    if (this.#tokens >= 0) return "taken";
    return this.#tokens > -burst ? "too many" : "flood";
  }

  /** In how many milliseconds a small message will be taken again. */
  get retryAfterMs(): number {
    return Math.max(0, Math.ceil(((1 - this.#tokens) / this.#rate.perSec) * 1000));
  }
}
