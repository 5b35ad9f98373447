import { onTestFinished } from "vitest";
import type { AccountSite } from "./account-site.ts";
import { RawBrowser, type RawFrame, type RawPage, RawSocket } from "./raw-client.ts";

/** Somebody who has joined a room's page, and may send whatever he likes. */
export interface RoomVisitor {
  readonly browser: RawBrowser;
  readonly page: RawPage;
  readonly socket: RawSocket;
  /** The answer to his join. */
  readonly join: RawFrame;
  /** Sends a form's event, and gives what comes next. */
  form(event: string, fields: Readonly<Record<string, string>>): Promise<RawFrame>;
  /** Sends an event with a value, and gives what comes next. */
  event(event: string, value: unknown): Promise<RawFrame>;
  /** Sends any message to the view, and gives what comes next. */
  send(event: string, payload: Record<string, unknown>): Promise<RawFrame>;
}

/** Lets somebody log in and join a room's page, by default one without members, so that nothing comes unasked. His socket is closed when the test ends. */
export async function visitRoom(
  { origin }: AccountSite,
  name: string,
  path = "/stream/rooms/1?members=off",
): Promise<RoomVisitor> {
  const browser = new RawBrowser(origin);
  await browser.logIn(name);
  const page = await browser.get(path);
  const socket = await RawSocket.open(origin, { cookie: browser.cookie, csrfToken: page.csrfToken });
  onTestFinished(() => socket.close());
  const join = await socket.join(page, `${origin}${path}`);
  let ref = 1;
  const send: RoomVisitor["send"] = (event, payload) => {
    ref += 1;
    socket.send(["1", String(ref), `lv:${page.id}`, event, payload]);
    return socket.next();
  };
  return {
    browser,
    page,
    socket,
    join,
    send,
    form: (event, fields) =>
      send("event", { type: "form", event, value: new URLSearchParams(fields).toString() }),
    event: (event, value) => send("event", { type: "click", event, value }),
  };
}

/** The numbers of the messages that a frame brings, in its order. */
export const messagesIn = (frame: unknown): number[] =>
  [...JSON.stringify(frame).matchAll(/ id=\\"messages-(\d+)/g)].map(([, id]) => Number(id));
