import { expect } from "vitest";
import { defineChannel } from "../../reference-server/live/channel.ts";
import type { LiveSite } from "./live-site.ts";
import { type Visit, visit } from "./live-visit.ts";

/** Stands in what hostile clients send, and must not stand in the log. */
export const CANARY = "CANARY-IN-THE-PAYLOAD";

/** Answers each message with its payload. */
export const echo = defineChannel<null>({
  topic: "echo:*",
  join: () => ({ ok: true, state: null }),
  handleIn: (_socket, _event, payload) => ({ status: "ok", response: payload }),
});

/** Somebody on the page at `/`, who must not notice what others do to the server. */
export interface Bystander extends Visit {
  /** Expects that his view still answers, and hears a broadcast. */
  isWell(): Promise<void>;
}

/** Joins the page at `/` of a site of `life-views.ts`. */
export async function standBy(site: LiveSite): Promise<Bystander> {
  const visitor = await visit(site, "/");
  await visitor.join();
  let broadcasts = 0;
  return {
    ...visitor,
    async isWell() {
      broadcasts += 1;
      site.pubsub.broadcast("news", `news ${broadcasts}`);
      expect((await visitor.socket.next())[4]).toEqual({ "3": `news ${broadcasts}` });
      visitor.event("nothing");
      expect((await visitor.socket.next())[4]).toEqual({ status: "ok", response: {} });
    },
  };
}
