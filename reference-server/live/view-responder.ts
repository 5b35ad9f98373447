import { json, type Members, NO_MEMBERS, objectOf, withMember } from "./json.ts";
import type { ComponentUpdate } from "./live-component.ts";
import type { Navigation } from "./navigation.ts";
import type { BaseAssigns, Outbox, PushedEvent, Socket } from "./socket.ts";
import type { ComponentSocket, ViewRenderer } from "./view-renderer.ts";
import type { Answer, ViewOutput, ViewStart } from "./view-start.ts";
import { departure, followPatches } from "./view-travel.ts";
import { WIRE } from "./wire-keys.ts";

/** Receives what a join or an event is answered with. */
export type Respond = (answer: Answer) => void;

/** What it must know of the process that the view lives in. */
export interface ViewLife {
  isStopped(): boolean;
  /** Takes what waits for a diff to be sent. */
  takeAfterDiff(): readonly (() => void)[];
  /** The view has gone elsewhere: it is to end. */
  wentElsewhere(): void;
}

/** What is sent after a callback of a view: what changed, or where it goes. */
export class ViewResponder {
  readonly #start: ViewStart;
  readonly #output: ViewOutput;
  readonly #socket: Socket<BaseAssigns>;
  readonly #renderer: ViewRenderer;
  readonly #life: ViewLife;

  constructor(
    start: ViewStart,
    output: ViewOutput,
    socket: Socket<BaseAssigns>,
    renderer: ViewRenderer,
    life: ViewLife,
  ) {
    this.#start = start;
    this.#output = output;
    this.#socket = socket;
    this.#renderer = renderer;
    this.#life = life;
  }

  /** Renders after a callback; a view that was stopped while its callback waited has nobody to tell. */
  settle(answer: Respond, mounting = false): void | Promise<void> {
    if (this.#life.isStopped()) return;
    if (this.#socket.navigation !== undefined) return this.#travel(answer, mounting);
    this.#send(answer, this.#answer());
  }

  async #travel(answer: Respond, mounting: boolean): Promise<void> {
    const patched = await followPatches(this.#start, this.#socket, mounting, this.#life.isStopped);
    if (this.#life.isStopped()) return;
    const { navigation } = this.#socket;
    if (navigation !== undefined && navigation.kind !== "live_patch")
      return this.#leave(navigation, answer, mounting);
    if (patched !== undefined && !mounting) this.#output.navigate("live_patch", patched);
    const rendered = this.#answer();
    if (mounting && patched !== undefined && rendered.kind === "rendered") {
      return this.#send(answer, { ...rendered, livePatch: patched });
    }
    this.#send(answer, rendered);
  }

  #leave(to: Exclude<Navigation, { kind: "live_patch" }>, answer: Respond, mounting: boolean): void {
    const flash = mounting ? this.#socket.flash : this.#socket.changedFlash;
    const events = this.#socket.takeEvents();
    const payload = departure(to, flash, this.#start.site, mounting);
    if (!mounting && events.length > 0) this.#output.diff(json({ [WIRE.events]: events }));
    answer({ kind: to.kind, payload, ...(mounting && { events }) });
    if (to.kind === "live_redirect" && this.#start.sticky === true && !mounting) return this.#socket.arrive();
    this.#life.wentElsewhere();
    if (!mounting) this.#output.closed();
  }

  /** Renders after a callback of a live component. Source: `component_handle` in channel.ex. */
  settleComponent(cid: number, socket: ComponentSocket, answer: Respond): void | Promise<void> {
    if (this.#life.isStopped()) return;
    const { navigation, changedFlash } = socket;
    if (navigation !== undefined) socket.clearFlash().arrive();
    const outbox = socket.takeOutbox();
    const { diff, events } = this.#renderer.renderComponent(cid);
    const answered = answerOf(diff, [...outbox.events, ...events], outbox.reply);
    if (navigation === undefined) return this.#send(answer, answered);
    // What changed comes before the page goes; the event is answered by where it goes.
    this.#send(this.push, answered);
    this.#socket.depart(navigation);
    for (const [kind, message] of Object.entries(changedFlash)) this.#socket.putFlash(kind, message);
    return this.#travel(answer, false);
  }

  /** Sends what changed in a live component that was given something else. Source: `send_update` in channel.ex. */
  update(update: ComponentUpdate): void {
    const { diff, events } = this.#renderer.updateComponent(update);
    this.push(answerOf(diff, events, undefined));
  }

  /** Sends what nobody asked for. */
  readonly push = (answer: Answer): void => {
    switch (answer.kind) {
      case "rendered":
        return this.#output.diff(answer.diff);
      case "redirect":
      case "live_redirect":
        return this.#output.navigate(answer.kind, answer.payload);
      case "nothing":
      case "link_redirect":
      case "refused":
        return;
      default:
        return answer satisfies never;
    }
  };

  /** As a view does that repeats itself. */
  readonly pushTwice = (answer: Answer): void => {
    this.push(answer);
    if (answer.kind === "rendered") this.push(answer);
  };

  /** What waits for the diff runs when its frame is on its way, so that whatever it sends comes after. */
  #send(answer: Respond, rendered: Answer): void {
    answer(rendered);
    for (const callback of this.#life.takeAfterDiff()) callback();
  }

  #answer(): Answer {
    const changes = this.#socket.takeChanges();
    let diff = NO_MEMBERS;
    let componentEvents: readonly PushedEvent[] = [];
    if (this.#renderer.isFirst || changes.size > 0) {
      ({ diff, events: componentEvents } = this.#renderer.render(this.#socket.assigns, changes));
      if (changes.has("pageTitle"))
        diff = withMember(diff, WIRE.title, json(this.#socket.assigns.pageTitle ?? ""));
      this.#socket.afterRender();
    }
    const { events, reply } = this.#socket.takeOutbox();
    return answerOf(diff, componentEvents.length === 0 ? events : [...componentEvents, ...events], reply);
  }
}

/** What was rendered and pushed, or that there is nothing to send. */
function answerOf(rendered: Members, events: readonly PushedEvent[], reply: Outbox["reply"]): Answer {
  let diff = rendered;
  if (events.length > 0) diff = withMember(diff, WIRE.events, json(events));
  if (reply !== undefined) diff = withMember(diff, WIRE.reply, json(reply));
  return diff === NO_MEMBERS ? { kind: "nothing" } : { kind: "rendered", diff: objectOf(diff) };
}
