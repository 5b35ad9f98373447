import { BenchError } from "../core/errors.ts";
import type { Micros } from "../core/units.ts";
import { reconnectAfterMs } from "../protocol/backoff.ts";
import type { Alarms } from "./alarms.ts";
import { LiveSocket } from "./live-socket.ts";
import { PageLoad } from "./page-load.ts";
import type { Population } from "./population.ts";
import { isLoss, type Recovery } from "./recovery.ts";
import type { ReceivedFrame, SocketEnd, SocketOwner } from "./socket-owner.ts";

/** What a page's connection is kept up with. */
export interface ConnectionOptions {
  /** Of the user, for errors. */
  readonly name: string;
  readonly recovery: Recovery;
  readonly alarms: Alarms;
  /** Where the next socket leads. */
  url(): string;
  /** The `Cookie` header for it. */
  cookie(): string | null;
  /** Takes a frame in, as `SocketOwner.take`. */
  take(received: ReceivedFrame): Micros;
  /** Joins on an open socket what the page has. */
  join(): Promise<void>;
  /** The page is to be loaded anew after a while. */
  reload(): Promise<never>;
  /** The user is cut off. */
  down(code: string, message: string): void;
  /** Another page is to be loaded in place of this one. */
  load(load: PageLoad): void;
}

/** The socket of a page, or several one after the other: opened again after a loss, if the user is to. */
export class Connection implements SocketOwner {
  readonly #population: Population;
  readonly #options: ConnectionOptions;
  #socket: LiveSocket | null = null;
  /** Whether somebody waits for the socket and for what is joined on it, and hears of what goes wrong. */
  #isComingUp = false;
  /** Whether the socket was closed on purpose: then it is not lost. */
  #isClosed = false;
  /** Settled when nobody waits for the socket any more. Never rejects. */
  #comingUp: Promise<void> = Promise.resolve();

  constructor(population: Population, options: ConnectionOptions) {
    this.#population = population;
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  /** Whether there is a socket, or will be one without being asked for it. */
  get isUp(): boolean {
    return this.#isComingUp || this.#socket?.end === null;
  }

  /** Whether frames can be sent. */
  get isOpen(): boolean {
    return this.#socket?.isOpen === true;
  }

  /** See {@link LiveSocket.heartbeatSentUs}. */
  get heartbeatSentUs(): Micros | null | undefined {
    return this.#socket?.heartbeatSentUs;
  }

  /**
   * The socket of now.
   *
   * @throws BenchError with code `not-joined` if there was none yet
   */
  get socket(): LiveSocket {
    if (this.#socket !== null) return this.#socket;
    throw new BenchError(`${this.#options.name} is not connected`, { code: "not-joined" });
  }

  /**
   * Opens a socket, joins, and makes sure of what is asked for beyond that. Rejects with why that failed, or with a
   * {@link PageLoad}.
   */
  open(check: () => void): Promise<void> {
    const opening = this.#open(check);
    this.#comingUp = opening.catch(() => {});
    return opening;
  }

  async #open(check: () => void): Promise<void> {
    this.#isComingUp = true;
    this.#isClosed = false;
    try {
      await this.#comeUp();
      check();
    } catch (error) {
      if (!(error instanceof BenchError) || error instanceof PageLoad) throw error;
      this.#socket?.fail(error.code, error.message, error);
      // A socket that has failed says of whom.
      throw this.#socket?.end?.error ?? error;
    } finally {
      this.#isComingUp = false;
    }
  }

  /** Cuts the user off, unless he has lost his socket anyway. */
  fail(code: string, message: string, cause?: BenchError): void {
    this.#socket?.fail(code, message, cause);
  }

  /** Cuts the connection, as a network does that fails; it comes up again if the user is to recover. */
  drop(): void {
    this.#socket?.drop();
  }

  pauseReading(): void {
    this.#socket?.pauseReading();
  }

  resumeReading(): void {
    this.#socket?.resumeReading();
  }

  /** Takes care of what nobody waits for: what fails cuts the user off. */
  inBackground(work: Promise<void>): void {
    work.catch((error: unknown) => {
      if (!(error instanceof BenchError)) throw error;
      if (error instanceof PageLoad) this.#options.load(error);
      else if (error.code === "closed" || error.code === "left") return;
      // What a lost socket has ended is taken up with the next one, or was told of already.
      else this.fail(error.code, error.message, error);
    });
  }

  /** Closes the socket, in whatever state; resolves when it is closed and could be opened again. */
  async close(): Promise<void> {
    await this.closeSocket();
    await this.#comingUp;
  }

  /** As {@link close}, but does not wait for who waits for the socket: for these themselves. */
  async closeSocket(): Promise<void> {
    this.#isClosed = true;
    await this.#socket?.close();
  }

  /** Source: `reconnectTimer` in phoenix/socket.js, which starts anew once a socket was open. */
  async #comeUp(): Promise<void> {
    const { recovery, alarms } = this.#options;
    let tries = 0;
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#openSocket();
        return;
      } catch (error) {
        const isLost = error instanceof BenchError && isLoss(error.code);
        const isFinal = this.#isClosed || attempt >= recovery.mostAttempts;
        if (recovery.reconnect === "none" || !isLost || isFinal) throw error;
        if (this.#socket?.end?.closeCode === 1000) await this.#options.reload();
        tries = this.#socket?.wasOpen === true ? 1 : tries + 1;
        await alarms.wait(reconnectAfterMs(tries));
      }
    }
  }

  async #openSocket(): Promise<void> {
    const options = this.#options;
    const target = { url: options.url(), origin: this.#population.baseUrl, cookie: options.cookie() };
    const socket = new LiveSocket(this.#population, this, target);
    this.#socket = socket;
    await socket.opened;
    await options.join();
    if (socket.end !== null) throw socket.end.error;
  }

  /** Called by the socket. */
  take(received: ReceivedFrame): Micros {
    return this.#options.take(received);
  }

  /** Called by the socket. */
  ended(end: SocketEnd): void {
    if (this.#isComingUp) return;
    const options = this.#options;
    if (options.recovery.reconnect === "none" || !isLoss(end.code)) {
      options.down(end.code, end.message);
      return;
    }
    const recovering = this.#recover(end).catch((error: unknown) => {
      if (!(error instanceof BenchError)) throw error;
      if (error instanceof PageLoad) options.load(error);
      else if (!this.#isClosed) options.down(error.code, error.message);
    });
    this.#comingUp = recovering.catch(() => {});
  }

  async #recover({ closeCode }: SocketEnd): Promise<void> {
    const { alarms } = this.#options;
    this.#isComingUp = true;
    try {
      // A server that closes the socket well wants the page to be loaded anew: `serverCloseRef` in live_socket.ts.
      if (closeCode === 1000) await this.#options.reload();
      await alarms.wait(reconnectAfterMs(1));
      await this.#comeUp();
    } finally {
      this.#isComingUp = false;
    }
  }
}
