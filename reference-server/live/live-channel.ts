import type { PubSub } from "../pubsub/pubsub.ts";
import type { ChannelHost, JoinOutcome, TopicProcess } from "./channel-host.ts";
import { clientEvent } from "./client-event.ts";
import { DIV } from "./container.ts";
import type { ClientMessage } from "./envelope.ts";
import { type Json, json, type Members, NO_MEMBERS, objectOf, withMember } from "./json.ts";
import { ViewProcess } from "./view-process.ts";
import type { Answer, ViewStart } from "./view-start.ts";

const NOTHING = json({});

/** How a view is joined. */
export interface LiveJoin {
  readonly start: ViewStart;
  /** Whether the page came here without a load: then it is told the view's container. */
  readonly redirected: boolean;
  /** Sent in the answer; the client warns where it is not its own version. */
  readonly liveViewVersion: string;
}

/** A view under its topic `lv:<element id>`: messages in, frames out. Source: channel.ex. */
export class LiveChannel implements TopicProcess {
  readonly process: ViewProcess;
  readonly #join: LiveJoin;
  readonly #host: ChannelHost;

  constructor(join: LiveJoin, pubsub: PubSub, host: ChannelHost) {
    this.#join = join;
    this.#host = host;
    this.process = new ViewProcess(join.start, pubsub, {
      diff: (diff) => host.push("diff", diff),
      navigate: (event, payload) => host.push(event, json(payload)),
      closed: () => host.closed(),
      crashed: (error) => host.crashed(error),
    });
  }

  join(outcome: (outcome: JoinOutcome) => void): void {
    const { start, redirected, liveViewVersion } = this.#join;
    const { tag, attributes } = start.view.container ?? DIV;
    let common = withMember(NO_MEMBERS, "liveview_version", json(liveViewVersion));
    if (redirected) common = withMember(common, "container", json([tag, attributes]));
    this.process.join((answer) => outcome(joinOutcome(answer, common)));
  }

  receive(message: ClientMessage): void {
    const answer = (given: Answer) => this.#host.reply(message, "ok", response(given));
    switch (message.event) {
      case "event": {
        const event = clientEvent(message.payload);
        if (event === undefined) return this.process.fail("an event that is none");
        const { cid = null } = message.payload;
        // What is no number is no component's, and so gone.
        if (cid !== null && typeof cid !== "number") return answer({ kind: "nothing" });
        return this.process.event(event, cid, answer);
      }
      case "cids_will_destroy":
        return this.process.componentsWillBeDestroyed(cidsOf(message), () =>
          this.#host.reply(message, "ok", NOTHING),
        );
      case "cids_destroyed":
        return this.process.componentsDestroyed(cidsOf(message), (cids) =>
          this.#host.reply(message, "ok", json({ cids })),
        );
      case "live_patch":
        return this.process.patch(message.payload.url, answer);
      default:
        return this.process.fail("a message that no view understands");
    }
  }

  stop(): void {
    this.process.stop();
  }
}

function cidsOf({ payload: { cids } }: ClientMessage): number[] {
  return Array.isArray(cids) ? cids.filter((cid) => typeof cid === "number") : [];
}

function joinOutcome(answer: Answer, common: Members): JoinOutcome {
  switch (answer.kind) {
    case "rendered": {
      const { diff, livePatch } = answer;
      const rendered = withMember(common, "rendered", diff);
      const response = livePatch ? withMember(rendered, "live_patch", json(livePatch)) : rendered;
      return { status: "ok", response: objectOf(response) };
    }
    case "nothing":
      return { status: "ok", response: objectOf(withMember(common, "rendered", NOTHING)) };
    case "redirect":
    case "live_redirect":
      return {
        status: "error",
        response: json({ [answer.kind]: answer.payload, events: answer.events ?? [] }),
      };
    case "refused":
      return { status: "error", response: json({ reason: answer.reason }) };
    case "link_redirect":
      throw new Error("a join has no link");
    default:
      return answer satisfies never;
  }
}

function response(answer: Answer): Json {
  switch (answer.kind) {
    case "rendered":
      return objectOf(withMember(NO_MEMBERS, "diff", answer.diff));
    case "redirect":
    case "live_redirect":
      return json({ [answer.kind]: answer.payload });
    case "link_redirect":
      return json({ link_redirect: true });
    case "nothing":
    case "refused":
      return NOTHING;
    default:
      return answer satisfies never;
  }
}
