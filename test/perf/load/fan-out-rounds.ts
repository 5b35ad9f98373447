import type { ModeName } from "../../../reference-server/web/chat/modes.ts";
import type { CrowdCalls } from "./crowd-process.ts";
import { type RemoteCrowd, startCrowd } from "./remote-crowd.ts";
import { cpuPerFrame, type ServerProcess, startReferenceServer, startServer } from "./server-process.ts";

/** What the frames of a round cost, in microseconds of CPU each, and their mean size as text. */
export interface FanOutRound {
  readonly ownUs: number;
  readonly bareUs: number;
  readonly bytes: number;
}

/** Views of a room and bare sockets, who are sent the same. */
export class FanOut {
  readonly #own: ServerProcess;
  readonly #bare: ServerProcess;
  readonly #crowd: RemoteCrowd<CrowdCalls>;
  readonly #views: number;
  readonly #messages: number;

  private constructor(
    servers: readonly [own: ServerProcess, bare: ServerProcess],
    crowd: RemoteCrowd<CrowdCalls>,
    views: number,
    messages: number,
  ) {
    [this.#own, this.#bare] = servers;
    this.#crowd = crowd;
    this.#views = views;
    this.#messages = messages;
  }

  /** Starts both servers, and a crowd of so many for each. @param messages in each round */
  static async start(views: number, messages: number): Promise<FanOut> {
    const own = await startReferenceServer("--users", String(views));
    const bare = await startServer("test/perf/load/bare-server.ts");
    const crowd = startCrowd<CrowdCalls>();
    await crowd.call("start", own.url, bare.url);
    await crowd.call("logIn", views);
    await crowd.call("connectBare", views);
    return new FanOut([own, bare], crowd, views, messages);
  }

  /** Fetches the pages of a mode. */
  async open(mode: ModeName): Promise<void> {
    await this.#crowd.call("mount", pathOf(mode), this.#views);
  }

  /** Joins the views anew, and has each server send as many frames. */
  async round(mode: ModeName): Promise<FanOutRound> {
    await this.#crowd.call("rejoin", pathOf(mode), this.#views);
    await this.#crowd.call("openWriter");
    const texts: string[] = [];
    const ownUs = await cpuOf(this.#own, async () => {
      texts.push(...(await this.#crowd.call("write", this.#messages)));
    });
    await this.#crowd.call("leave");
    await fetch(this.#bare.url, { method: "POST", body: JSON.stringify(texts) });
    const bareUs = await cpuOf(this.#bare, () => this.#crowd.call("triggerBare", this.#messages));
    const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / texts.length;
    return { ownUs, bareUs, bytes };
  }

  async stop(): Promise<void> {
    this.#crowd.stop();
    await this.#own.stop();
    await this.#bare.stop();
  }
}

const pathOf = (mode: ModeName): string => `/${mode}/rooms/1?members=off`;

async function cpuOf(server: ServerProcess, act: () => Promise<unknown>): Promise<number> {
  const before = await server.usage();
  await act();
  return cpuPerFrame(before, await server.usage());
}
