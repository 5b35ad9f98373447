import { once } from "node:events";
import type { AnyView } from "../../../reference-server/live/view.ts";
import { PubSub } from "../../../reference-server/pubsub/pubsub.ts";
import { startLiveSite } from "../../live-site/live-site.ts";
import { visit } from "../../live-site/live-visit.ts";
import { type Recorded, recording } from "../recording.ts";
import { remoteSteps, STEPS, type StepName, unrecorded } from "./steps.ts";
import { WireChat } from "./wire-chat.ts";
import { type WireModeName, wireView } from "./wire-view.ts";

/** How the recorded page is set up. Defaults: those of the recordings. */
export interface WireSetup {
  /** How many messages the room has. */
  readonly messages?: number;
  /** How many of them are on the page at first. */
  readonly mounted?: number;
  /** The id of the message in their middle. */
  readonly middle?: number;
  /** Changes the view before it is served. */
  readonly view?: (view: AnyView) => AnyView;
}

/** The text frames that a step brought, and those that were recorded. */
export interface StepFrames {
  readonly step: StepName;
  readonly sent: readonly string[];
  readonly recorded: readonly Recorded[];
}

/** The recorded page on our server, and a socket that has been opened from it. */
export interface WireSession {
  readonly chat: WireChat;
  /** Takes a step of the recording, and returns what it brought. */
  take(step: StepName): Promise<StepFrames>;
  /** Takes all steps up to this one, which is taken too. */
  takeUntil(last: StepName): Promise<readonly StepFrames[]>;
  close(): Promise<void>;
}

/** In the joins of recordings: what was signed for another server, or told of it. */
const OF_THE_RECORDER = ["session", "static", "url"] as const;

/** Serves the recorded page in a mode, and opens a socket from it. */
export async function openWireSession(mode: WireModeName, setup: WireSetup = {}): Promise<WireSession> {
  const isFull = mode === "full";
  const { messages = isFull ? 10 : 500, mounted = 10, middle = isFull ? 100_005 : 100_495 } = setup;
  const pubsub = new PubSub();
  const chat = new WireChat(pubsub, messages);
  const view = wireView(mode, chat, mounted) as unknown as AnyView;
  const site = await startLiveSite({
    pubsub,
    routes: [
      {
        path: "/:mode/rooms/:id",
        view: setup.view === undefined ? view : setup.view(view),
        liveSession: "default",
      },
    ],
  });
  const { page, socket } = await visit(site, `/${mode}/rooms/1`);
  const topic = `lv:${page.id}`;
  const received: string[] = [];
  socket.socket.on("message", (data) => received.push(data.toString()));

  const frames = recording(mode === "resend" ? "stateful" : mode);
  const before = unrecorded(chat, mode);
  const remote = remoteSteps(chat, middle);

  const send = ({ data }: Recorded): void => {
    const [joinRef, ref, to, event, payload] = JSON.parse(data);
    const own = { session: page.session, static: page.static, url: `${site.origin}/${mode}/rooms/1` };
    const fields = Object.fromEntries(OF_THE_RECORDER.map((name) => [name, own[name]]));
    socket.send([
      joinRef,
      ref,
      to === "phoenix" ? to : topic,
      event,
      event === "phx_join" ? { ...payload, ...fields } : payload,
    ]);
  };

  /** Waits until the server has sent all that there is: its answer to a message on the view's topic comes last. */
  const rest = async (step: StepName): Promise<void> => {
    const ref = `after ${step}`;
    socket.send(["1", ref, topic, "event", { type: "click", event: "noop", value: {} }]);
    while (!received.some((text) => JSON.parse(text)[1] === ref)) await once(socket.socket, "message");
    received.splice(
      received.findIndex((text) => JSON.parse(text)[1] === ref),
      1,
    );
  };

  const take = async (step: StepName): Promise<StepFrames> => {
    if (before[step] !== undefined) {
      before[step]();
      await rest(step);
      received.length = 0;
    }
    const ofStep = frames.filter((frame) => frame.step === step);
    for (const frame of ofStep) if (frame.dir === "out") send(frame);
    remote[step]?.();
    await rest(step);
    return { step, sent: received.splice(0), recorded: ofStep.filter(({ dir }) => dir === "in") };
  };

  return {
    chat,
    take,
    async takeUntil(last) {
      const taken: StepFrames[] = [];
      for (const step of STEPS.slice(0, STEPS.indexOf(last) + 1)) taken.push(await take(step));
      return taken;
    },
    async close() {
      await socket.close();
      await site.close();
    },
  };
}
