import { type Browser, launch, type Page } from "puppeteer";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { ensureChrome } from "../../harness/browser/install-chrome.ts";
import { chromeFlags } from "../../harness/browser/launch.ts";
import { nodeChromeHost } from "../../harness/browser/node-chrome-host.ts";
import { realClock } from "../../harness/core/real-time.ts";
import { Population } from "../../harness/user/population.ts";
import { SimulatedUser } from "../../harness/user/simulated-user.ts";
import { BARRIER, ScriptedView, type ViewScript } from "./scripted-view.ts";

export type ChromeAct = (page: Page) => Promise<unknown>;
export type UserAct = (user: SimulatedUser) => Promise<unknown>;

/** The same done in Chrome and by a simulated user. */
export type Case = readonly [
  name: string,
  path: string,
  chrome: ChromeAct,
  user: UserAct,
  /** How many pushes both must make: so none compares nothing. */
  count: number,
];

/** A server with pages, whom a Chrome with the official client and simulated users visit. */
export class SideBySide {
  readonly view: ScriptedView;
  #origin = "";
  #browser: Browser | null = null;

  /** Starts before the tests of a file and ends after them. */
  constructor(pages: Readonly<Record<string, ViewScript>>) {
    this.view = new ScriptedView(pages);
    beforeAll(async () => {
      this.#origin = await this.view.listen();
      const { path } = await ensureChrome(nodeChromeHost(process.env), (line) =>
        process.stderr.write(`${line}\n`),
      );
      const args = chromeFlags(process.getuid?.() === 0);
      this.#browser = await launch({ executablePath: path, pipe: true, args });
    }, 600_000);
    afterAll(async () => {
      await this.#browser?.close();
      await this.view[Symbol.asyncDispose]();
    });
  }

  /** What both send is the same, and as much as it must be. */
  readonly agree = async (...[, path, chrome, user, count]: Case): Promise<void> => {
    this.view.take();
    const simulated = await this.byUser(path, user, count);
    const official = await this.byChrome(path, chrome, count);
    expect(simulated).toEqual(official);
    expect(official).toHaveLength(count);
  };

  /** What the simulated user sends: so many events at least are waited for. */
  async byUser(path: string, act: UserAct, count: number): Promise<unknown[]> {
    const population = new Population({
      baseUrl: this.#origin,
      list: "#messages",
      fields: {},
      clock: realClock,
      every: () => () => {},
    });
    const user = new SimulatedUser(population, { name: "ada", reconnect: "backoff" });
    try {
      await user.mount(path);
      await user.connect();
      await act(user);
      await this.view.arrived(count);
    } finally {
      await user.close();
      population.close();
    }
    return this.view.take();
  }

  /** A page in Chrome, joined. */
  async open(path: string): Promise<Page> {
    const context = await this.#browser?.createBrowserContext();
    if (context === undefined) throw new Error("Chrome has not started");
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(`${this.#origin}${path}`);
    await page.waitForSelector("[data-phx-main].phx-connected");
    return page;
  }

  /**
   * What the official client sends in Chrome: so many events at least are waited for, and all that were on their way.
   * It scrolls in the frame after an answer, which may make it push once more in the frame after that.
   */
  async byChrome(path: string, act: ChromeAct, count: number): Promise<unknown[]> {
    const page = await this.open(path);
    await act(page);
    await this.view.arrived(count);
    const answered = `new Promise((callback) => {
      liveSocket.js().push(document.getElementById("barrier"), "${BARRIER}", { callback });
    })`;
    await page.evaluate(answered);
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    await page.evaluate(answered);
    return this.view.take();
  }
}
