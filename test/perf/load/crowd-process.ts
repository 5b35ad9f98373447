/** A crowd as a process of its own: its parent calls, one thing after the other, and it answers. */
import { RawBrowser, RawSocket } from "../../e2e/raw-client.ts";
import { Crowd } from "./crowd.ts";
import type { Answer, Call } from "./remote-crowd.ts";

/** Who writes. */
const WRITER = "alice";
/** As long as any other. */
const contentOf = (at: number): string => `${String(at).padStart(6, "0")} alpha basic dance early coral`;

let written = 0;
let origin = "";
let own: Crowd;
let bare: Crowd;
let path = "";
let writing: RawBrowser | undefined;
let writer: Awaited<ReturnType<typeof enter>> | undefined;

const calls = {
  start(ownUrl: string, bareUrl: string) {
    origin = ownUrl;
    own = new Crowd(ownUrl);
    bare = new Crowd(bareUrl);
  },
  logIn: (count: number) => own.logIn(count),
  connectBare: (count: number) => bare.connect(count),
  mount(to: string, count: number) {
    path = to;
    return own.mount(to, count);
  },
  join: (to: string, count: number) => own.join(to, count),
  rejoin: (to: string, count: number) => own.rejoin(to, count),
  async leave(): Promise<void> {
    await own.leave();
    await writer?.close();
  },
  /** Has somebody more be in the room, who writes. */
  async openWriter(): Promise<void> {
    if (writing === undefined) {
      writing = new RawBrowser(origin);
      await writing.logIn(WRITER);
    }
    writer = await enter(writing);
  },
  /** @returns the text of the frame of each message */
  async write(messages: number): Promise<string[]> {
    const texts: string[] = [];
    for (let at = 0; at < messages; at++)
      texts.push(await own.frame(() => writer?.write(contentOf(written++))));
    return texts;
  },
  async triggerBare(messages: number): Promise<void> {
    for (let at = 0; at < messages; at++) await bare.frame((first) => first.send("go"));
  },
};

/** What a crowd can be called to do. */
export type CrowdCalls = typeof calls;

/** Opens the page, and joins its view. */
async function enter(browser: RawBrowser) {
  const page = await browser.get(path);
  const socket = await RawSocket.open(origin, { cookie: browser.cookie, csrfToken: page.csrfToken });
  await socket.join(page, `${origin}${path}`);
  return {
    /** Resolves when the writer has the answer, and sees the message. */
    async write(content: string): Promise<void> {
      const value = new URLSearchParams({ "message[content]": content }).toString();
      socket.send(["1", "2", `lv:${page.id}`, "event", { type: "form", event: "send", value }]);
      await socket.next();
      await socket.next();
    },
    close: () => socket.close(),
  };
}

process.on("message", async ({ name, given }: Call) => {
  const call = calls[name as keyof CrowdCalls] as (...given: readonly unknown[]) => unknown;
  let answer: Answer;
  try {
    answer = { result: await call(...given) };
  } catch (error) {
    answer = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  process.send?.(answer);
});
process.on("disconnect", () => process.exit());
