import type { Clock } from "../core/units.ts";
import type { DeliveryLedger } from "../oracle/delivery-ledger.ts";
import type { Member, Reckoning } from "./member.ts";

/** Who is in which room when, as the harness itself has brought it about: by this, deliveries are expected. */
export class Presence {
  readonly #deliveries: DeliveryLedger;
  readonly #reckoning: Reckoning;
  readonly #clock: Clock;

  constructor(deliveries: DeliveryLedger, reckoning: Reckoning, clock: Clock) {
    this.#deliveries = deliveries;
    this.#reckoning = reckoning;
    this.#clock = clock;
  }

  /** Has somebody join his room, by what `arrive` does. */
  async arrive(member: Member, arrive: () => Promise<unknown>): Promise<void> {
    await member.enter(member.roomId, this.#reckoning, arrive);
    this.#deliveries.joined(member.receiver, member.roomId, this.#clock());
  }

  /** Has somebody who is away load the page of his room, and join it. */
  come(member: Member, path: string): Promise<void> {
    return this.arrive(member, async () => {
      await member.user.mount(path);
      await member.user.connect();
    });
  }

  /** Has somebody close his page. */
  async leave(member: Member): Promise<void> {
    this.#left(member);
    member.isPresent = false;
    await member.user.leave();
    await member.user.close();
  }

  /** Notes that somebody loses his connection: from now on nothing is expected to reach him. */
  lost(member: Member): void {
    this.#left(member);
    member.isPresent = false;
  }

  /** Has somebody follow a link to another room. */
  async follow(member: Member, link: string, roomId: number): Promise<void> {
    this.#left(member);
    member.roomId = roomId;
    await this.arrive(member, () => member.user.follow(link));
  }

  #left({ receiver, roomId }: Member): void {
    this.#deliveries.left(receiver, roomId, this.#clock());
  }
}
