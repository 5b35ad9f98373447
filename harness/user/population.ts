import { type After, type Clock, type Micros, microsFromMs } from "../core/units.ts";
import { createListReader, type ListOptions, type ListReader } from "../page/list-reader.ts";
import { FrameDecoder } from "../protocol/frame-decoder.ts";
import { createHttpAgents, type HttpAgents } from "./http-client.ts";
import { afterTimeout } from "./timer.ts";
import { type Every, Wheel } from "./wheel.ts";
import { WireMeter } from "./wire-meter.ts";

/** What is said once for all users of a process that visit one server. */
export interface PopulationOptions extends ListOptions {
  /** The server: `http://127.0.0.1:4000`. A path is ignored. */
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly every: Every;
  /** By which users wait before they try again. Default: the real one. */
  readonly after?: After;
  /** Spreads, from 0 up to 1, how long users wait before they load a page anew. Default: all as long, 0.5. */
  readonly random?: () => number;
  /** Path of the LiveView socket. Default: `/live/websocket`. */
  readonly socketPath?: string;
  /** What pages tell at their joins besides their own, by name, as by `params` of a `LiveSocket`. Default: nothing. */
  readonly connectParams?: Readonly<Record<string, string>>;
  /** How long an action may wait for its reply. Default: 30 s, as the official client. */
  readonly timeoutMs?: number;
  /** How often a socket says that it is there, in whole seconds. Default: 30, as the official client. */
  readonly heartbeatSeconds?: number;
  /** Connections for HTTP, all users together. Default: 64. */
  readonly maxHttpSockets?: number;
}

const NO_PARAMS: Readonly<Record<string, string>> = {};

/**
 * What the simulated users of one process share: the decoder, which parses a broadcast once for all of them;
 * the reader, which parses an item once; the HTTP connections; one timer.
 */
export class Population {
  readonly baseUrl: string;
  readonly socketUrl: string;
  readonly connectParams: Readonly<Record<string, string>>;
  readonly timeoutUs: Micros;
  readonly clock: Clock;
  readonly decoder = new FrameDecoder();
  readonly reader: ListReader;
  readonly agents: HttpAgents;
  readonly wheel: Wheel;
  readonly wire = new WireMeter();
  readonly after: After;
  readonly random: () => number;

  /** @throws UsageError if one of the selectors is none */
  constructor(options: PopulationOptions) {
    const { origin } = new URL(options.baseUrl);
    this.baseUrl = origin;
    this.socketUrl = `${origin.replace(/^http/u, "ws")}${options.socketPath ?? "/live/websocket"}`;
    this.connectParams = options.connectParams ?? NO_PARAMS;
    this.timeoutUs = microsFromMs(options.timeoutMs ?? 30_000);
    this.clock = options.clock;
    this.reader = createListReader(options);
    this.agents = createHttpAgents(options.maxHttpSockets ?? 64);
    this.wheel = new Wheel(options.every, options.heartbeatSeconds);
    this.after = options.after ?? afterTimeout;
    this.random = options.random ?? (() => 0.5);
  }

  /** Closes idle HTTP connections, which would keep a server from closing. Users close their own sockets. */
  close(): void {
    this.agents.http.destroy();
    this.agents.https.destroy();
  }
}
