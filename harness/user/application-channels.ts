import { BenchError } from "../core/errors.ts";
import { rejoinAfterMs } from "../protocol/backoff.ts";
import { VIEW_TOPIC } from "../protocol/wire-keys.ts";
import type { Alarms } from "./alarms.ts";
import type { LiveSocket } from "./live-socket.ts";
import type { ActionResult } from "./pending-actions.ts";
import type { Recovery } from "./recovery.ts";
import type { SocketChannel } from "./socket-channel.ts";

/** Told of each event that the server sends on the channel. */
export type OnEvent = (event: string, payload: unknown) => void;

/** A channel of an application's own, beside the views on the same socket. */
export interface UserChannel {
  readonly topic: string;
  /** Whether events can be pushed. */
  readonly isJoined: boolean;
  /**
   * Pushes an event; gives the response as `reply`.
   *
   * @throws BenchError with code `not-joined`, `push-timeout`, `push-refused`, or why the channel ended
   */
  push(event: string, payload: object): Promise<ActionResult>;
  /** Leaves; resolves when the server has confirmed it. */
  leave(): Promise<void>;
}

/** What the channels of a page are joined with. */
export interface ApplicationServices {
  readonly recovery: Recovery;
  readonly alarms: Alarms;
  /** The socket of now. */
  socket(): LiveSocket;
  /** Takes care of what nobody waits for. */
  inBackground(work: Promise<void>): void;
}

/** One channel, over all sockets on which it is joined. */
interface Application {
  readonly topic: string;
  readonly payload: object;
  readonly onEvent: OnEvent;
  channel: SocketChannel | null;
  /** How often it has crashed since it was joined last. */
  failures: number;
}

/** The channels of a page that are not views'. */
export class ApplicationChannels {
  readonly #services: ApplicationServices;
  readonly #joined = new Set<Application>();

  constructor(services: ApplicationServices) {
    this.#services = services;
  }

  /**
   * Joins a topic, for as long as the page is there.
   *
   * @throws BenchError with code `view-topic`, `not-joined`, `join-refused`, `join-timeout`, or why the socket ended
   */
  async join(topic: string, payload: object, onEvent: OnEvent): Promise<UserChannel> {
    if (topic.startsWith(VIEW_TOPIC)) {
      throw new BenchError(`${topic} is the topic of a view`, { code: "view-topic" });
    }
    const application: Application = { topic, payload, onEvent, channel: null, failures: 0 };
    await this.#join(application);
    this.#joined.add(application);
    const joined = () => {
      if (application.channel?.isJoined === true) return application.channel;
      throw new BenchError(`the channel ${topic} is not joined`, { code: "not-joined" });
    };
    return {
      topic,
      get isJoined() {
        return application.channel?.isJoined === true;
      },
      push: async (event, body) => joined().push(event, body),
      leave: async () => {
        const channel = joined();
        this.#joined.delete(application);
        await channel.leave();
      },
    };
  }

  /** Joins all of them on a new socket. */
  joinAgain(): void {
    for (const application of this.#joined) this.#services.inBackground(this.#join(application));
  }

  async #join(application: Application): Promise<void> {
    const socket = this.#services.socket();
    const { topic, payload, onEvent } = application;
    application.channel = socket.channel(topic, "application", {
      navigate: () => {},
      event: onEvent,
      down: (code) => {
        if (this.#services.recovery.reconnect === "none" || code !== "channel-crashed") return;
        application.failures += 1;
        this.#services.inBackground(this.#rejoin(application, socket));
      },
    });
    await application.channel.join(payload);
    application.failures = 0;
  }

  /** Source: the rejoin timer in phoenix/channel.js. */
  async #rejoin(application: Application, socket: LiveSocket): Promise<void> {
    await this.#services.alarms.wait(rejoinAfterMs(application.failures));
    if (socket === this.#services.socket() && socket.isOpen) await this.#join(application);
  }
}
