import { onTestFinished } from "vitest";
import { createServer, type ServerOptions } from "../../reference-server/server.ts";
import { RawBrowser, type RawPage } from "./raw-client.ts";

/** A password that may be chosen. */
export const PASSWORD = "tea with the badger";

/** A server of a test, whose clock stands still until it is set. */
export interface AccountSite {
  readonly origin: string;
  readonly clock: { nowMs: number };
  /** What the server logged. */
  readonly log: readonly string[];
  /** The paths of all forms that were sent. */
  readonly posts: readonly string[];
  close(): Promise<void>;
}

/** Starts a server; it is closed when the test ends. */
export async function accountSite(options: Partial<ServerOptions> = {}): Promise<AccountSite> {
  const clock = { nowMs: Date.UTC(2026, 0, 2, 3, 4, 5) };
  const log: string[] = [];
  const server = await createServer({
    database: ":memory:",
    seed: 1,
    messagesPerRoom: 5,
    mode: "stream",
    faults: new Set(),
    secret: "a secret of the tests that is long enough",
    instrument: false,
    log: (line) => log.push(line),
    nowMs: () => clock.nowMs,
    ...options,
  });
  const posts: string[] = [];
  server.addHook("onRequest", async ({ method, url }) => {
    if (method === "POST") posts.push(url);
  });
  const origin = await server.listen({ port: 0, host: "127.0.0.1" });
  let closed: Promise<undefined> | undefined;
  const close = async () => {
    closed ??= server.close();
    await closed;
  };
  onTestFinished(close);
  return { origin, clock, log, posts, close };
}

/** A person with a browser: sends forms as a page of the server has them, with the token of that page. */
export class Person {
  readonly browser: RawBrowser;

  constructor({ origin }: Pick<AccountSite, "origin">) {
    this.browser = new RawBrowser(origin);
  }

  /** Fetches the page, and sends a form from it. */
  async send(page: string, action: string, fields: Record<string, string> = {}): Promise<RawPage> {
    const { csrfToken } = await this.browser.get(page);
    return this.browser.post(action, { _csrf_token: csrfToken, ...fields });
  }

  register(name: string, more: Record<string, string> = {}): Promise<RawPage> {
    const account = {
      "user[name]": name,
      "user[email]": `${name}@people.example`,
      "user[password]": PASSWORD,
    };
    return this.send("/register", "/register", { ...account, ...more });
  }

  logIn(name: string, password: string, more: Record<string, string> = {}): Promise<RawPage> {
    return this.send("/log_in", "/log_in", { "user[name]": name, "user[password]": password, ...more });
  }

  /** The name that the settings show; null where they ask for a log-in. */
  async name(): Promise<string | null> {
    const { html } = await this.browser.get("/settings");
    return /You are <strong>([^<]*)</.exec(html)?.[1] ?? null;
  }
}

/** Status and destination of an answer. */
export const answerOf = ({ status, location }: RawPage) => [status, location];

/** What a page says beside the fields that were refused, by the fields' ids. */
export function problemsIn({ html }: RawPage): Record<string, string> {
  return Object.fromEntries(
    [...html.matchAll(/<p class="problem" id="([\w-]+)-problem"[^>]*>([^<]*)</g)].map(([, id, text]) => [
      id,
      text,
    ]),
  );
}
