import fc from "fast-check";
import { expect, it } from "vitest";
import type { Diff } from "../../reference-server/live/diff.ts";
import { toHtml } from "../../reference-server/live/to-html.ts";
import { parsed, renderedSocket } from "../reference-server/live/rendered-socket.ts";
import {
  assignsArbitrary,
  BARE,
  type Operation,
  operationArbitrary,
  type PageAssigns,
} from "./page-operations.ts";
import { type Given, officialReader, userRenderings } from "./renderings.ts";
import { type Counts, type MakePage, pageArbitrary } from "./template-arbitrary.ts";

/** A page on the server, and what was sent of it; after each operation, what a newcomer would be sent. */
class ServedPage {
  readonly #make: MakePage;
  readonly #counts: Counts = new Map();
  /** The live components that the server has, by place. */
  readonly #cids = new Map<string, number>();
  readonly #page: ReturnType<typeof renderedSocket<PageAssigns>>;
  /** Payloads, and the live components that were dropped between them. */
  readonly sent: Given[] = [];
  readonly fresh: string[] = [];
  #leaving: number[] = [];

  constructor(make: MakePage, assigns: PageAssigns) {
    this.#make = make;
    this.#page = renderedSocket<PageAssigns>(make(this.#counts, (place, cid) => this.#cids.set(place, cid)));
    this.#page.socket.assign(assigns);
    this.#send(this.#page.next());
  }

  perform(operation: Operation): void {
    const { socket, renderer, next } = this.#page;
    switch (operation.kind) {
      case "assign":
        socket.assign(operation.change(socket.assigns));
        return this.#send(next());
      case "component":
        return this.#componentEvent(operation.pick, operation.count);
      case "drop": {
        this.#drop(this.#leaving);
        const gone = this.#gone();
        renderer.willDestroy(gone);
        this.#leaving = operation.late ? gone : [];
        if (!operation.late) this.#drop(gone);
        return;
      }
      case "blink": {
        const before = socket.assigns;
        socket.assign(BARE);
        this.#send(next());
        const gone = this.#gone();
        renderer.willDestroy(gone);
        socket.assign(before);
        this.#send(next());
        return this.#drop(gone);
      }
      default:
        return operation satisfies never;
    }
  }

  #componentEvent(pick: number, count: string): void {
    const places = [...this.#cids];
    const [place, cid = 0] = places[pick % Math.max(places.length, 1)] ?? [];
    const state = this.#page.renderer.component(cid);
    if (place === undefined || state === undefined) return;
    this.#counts.set(place, count);
    state.socket.assign({ count });
    this.#send(parsed(this.#page.renderer.renderComponent(cid).diff));
  }

  /** The client has them no more, unless they were rendered again meanwhile. */
  #drop(cids: readonly number[]): void {
    const dropped = this.#page.renderer.destroy(cids);
    this.sent.push(dropped);
    for (const [place, cid] of this.#cids) if (dropped.includes(cid)) this.#cids.delete(place);
  }

  /** The live components that are not on the page any more. */
  #gone(): number[] {
    const { places } = this.#newcomer();
    return [...this.#cids].filter(([place]) => !places.has(place)).map(([, cid]) => cid);
  }

  #newcomer(): { readonly html: string; readonly places: ReadonlySet<string> } {
    const places = new Set<string>();
    const { socket, next } = renderedSocket<PageAssigns>(
      this.#make(this.#counts, (place) => places.add(place)),
    );
    socket.assign(this.#page.socket.assigns);
    return { html: toHtml(next()), places };
  }

  #send(diff: Diff): void {
    this.sent.push(JSON.stringify(diff));
    this.fresh.push(this.#newcomer().html);
  }
}

it("what the simulated user and the official class make of the server's diffs is what a newcomer is sent", async () => {
  const officialRenderings = await officialReader("1.2");
  let diffs = 0;
  fc.assert(
    fc.property(
      pageArbitrary,
      assignsArbitrary,
      fc.array(operationArbitrary, { maxLength: 12 }),
      (make, assigns, operations) => {
        const page = new ServedPage(make, assigns);
        for (const operation of operations) page.perform(operation);
        diffs += page.fresh.length;
        const user = userRenderings(page.sent).map(({ html }) => html);
        expect(user).toEqual(page.fresh);
        expect(officialRenderings(page.sent).map(({ html }) => html)).toEqual(user);
      },
    ),
    { numRuns: 3000, seed: 1 },
  );
  expect(diffs).toBeGreaterThan(10_000);
});
