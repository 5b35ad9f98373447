import type { Message } from "../chat/message.ts";
import { Messages, PAGE_SIZE } from "../chat/messages.ts";
import type { Fault } from "../faults.ts";
import { type FaultTime, PROCESS_TIME } from "./fault-time.ts";

const SLOW_MS = 50;

/** Messages whose history is read as the faults have it. */
export class FaultyMessages extends Messages {
  readonly #faults: ReadonlySet<Fault>;
  readonly #time: FaultTime;

  constructor(
    options: ConstructorParameters<typeof Messages>[0],
    faults: ReadonlySet<Fault>,
    time: FaultTime = PROCESS_TIME,
  ) {
    super(options);
    this.#faults = faults;
    this.#time = time;
  }

  override async before(roomId: number, id: number): Promise<Message[]> {
    if (this.#faults.has("slow-history")) await this.#time.wait(SLOW_MS);
    const page = this.#faults.has("skip-page")
      ? await this.#afterNext(roomId, id)
      : await super.before(roomId, id);
    return this.#faults.has("reverse-prepend") ? page.reverse() : page;
  }

  /** The page before the next one; the next one where that is the first of the room. */
  async #afterNext(roomId: number, id: number): Promise<Message[]> {
    const next = await super.before(roomId, id);
    const [oldest] = next;
    return oldest === undefined || next.length < PAGE_SIZE ? next : super.before(roomId, oldest.id);
  }
}
