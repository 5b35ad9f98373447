import type { Site } from "../core/site.ts";
import type { CheckLedger } from "../oracle/check-ledger.ts";
import type { UserChannel } from "../user/application-channels.ts";
import type { Member } from "./member.ts";

/** What channels beside pages are joined with. */
export interface PageChannelOptions {
  /** Which channel there is; undefined: none is joined. */
  readonly channel: Site["channel"];
  readonly mode: string;
  readonly checks: CheckLedger;
}

/**
 * The channel beside each member's page, by which a server names items that it has shown. What it names has to be on the page
 * by then: a page that scrolls to it would not find it.
 */
export class PageChannels {
  readonly #options: PageChannelOptions;
  readonly #joined = new WeakMap<Member, UserChannel>();
  /** The step that is performed, for what is told of failures. */
  step = "mount";

  constructor(options: PageChannelOptions) {
    this.#options = options;
  }

  /**
   * Joins the channel of a member's room, and leaves that of the room where he was on the same page.
   *
   * @throws what `SimulatedUser.joinChannel` throws
   */
  async join(member: Member, roomId: number): Promise<void> {
    const { channel } = this.#options;
    if (channel === undefined) return;
    const topic = channel.topic.replaceAll("{room}", () => String(roomId));
    const former = this.#joined.get(member);
    if (former?.isJoined === true) {
      if (former.topic === topic) return;
      await former.leave();
    }
    const onEvent = (event: string, payload: unknown) => this.#named(member, topic, event, payload);
    this.#joined.set(member, await member.user.joinChannel(topic, {}, onEvent));
  }

  #named({ user }: Member, topic: string, event: string, payload: unknown): void {
    const { channel, checks, mode } = this.#options;
    const item = (payload as Readonly<Record<string, unknown>> | null)?.[channel?.item ?? ""];
    if (typeof item !== "string") return;
    if (user.items.findLast(({ id }) => id === item) !== undefined) return checks.pass("channel-order", mode);
    const { name: who } = user;
    const message = `${who}: the event "${event}" on ${topic} named ${item}, which was not on the page yet`;
    const [expected, actual] = [`${item} on the page`, "not there yet"];
    checks.fail({ kind: "channel-order", mode, step: this.step, who, expected, actual, item, message });
  }
}
