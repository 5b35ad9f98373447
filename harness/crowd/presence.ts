import type { Clock } from "../core/units.ts";
import type { DeliveryLedger } from "../oracle/delivery-ledger.ts";
import type { Member, Reckoning } from "./member.ts";
import type { PageChannels } from "./page-channels.ts";

/** Who is in which room when, as the harness itself has brought it about: by this, deliveries are expected. */
export class Presence {
  readonly #deliveries: DeliveryLedger;
  readonly #reckoning: Reckoning;
  readonly #clock: Clock;
  readonly #onLeft: (member: Member) => void;
  readonly #channels: Pick<PageChannels, "join"> | null;

  /** @param onLeft told of each member who leaves his page, in whatever way */
  constructor(
    deliveries: DeliveryLedger,
    reckoning: Reckoning,
    clock: Clock,
    onLeft: (member: Member) => void,
    channels: Pick<PageChannels, "join"> | null = null,
  ) {
    this.#deliveries = deliveries;
    this.#reckoning = reckoning;
    this.#clock = clock;
    this.#onLeft = onLeft;
    this.#channels = channels;
  }

  /** Has somebody join his room, by what `arrive` does. */
  async arrive(member: Member, arrive: () => Promise<unknown>): Promise<void> {
    const { receiver, roomId } = member;
    this.#deliveries.joining(receiver, roomId, this.#clock());
    await member.enter(roomId, this.#reckoning, arrive);
    await this.#channels?.join(member, roomId);
    this.#deliveries.joined(receiver, roomId, this.#clock());
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
    const { receiver, roomId, user } = member;
    this.lost(member);
    await user.leave();
    this.#deliveries.gone(receiver, roomId, this.#clock());
    await user.close();
  }

  /** Notes that somebody loses his connection: from now on nothing is expected to reach him. */
  lost(member: Member): void {
    this.#deliveries.left(member.receiver, member.roomId, this.#clock());
    this.#onLeft(member);
    member.isPresent = false;
    member.isTyping = false;
    member.isEditing = false;
  }

  /** Has somebody follow a link to another room. */
  async follow(member: Member, link: string, roomId: number): Promise<void> {
    const { receiver, roomId: former } = member;
    this.lost(member);
    member.roomId = roomId;
    await this.arrive(member, () => member.user.follow(link));
    this.#deliveries.gone(receiver, former, this.#clock());
  }
}
