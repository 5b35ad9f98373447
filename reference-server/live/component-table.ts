import type { TemplatePrint } from "./prints.ts";
import type { LiveSlot } from "./slots.ts";

/** A live component of a view. `S` is what its state is kept in. */
export interface ComponentState<S> {
  readonly cid: number;
  readonly component: LiveSlot["component"];
  readonly id: unknown;
  readonly socket: S;
  print: TemplatePrint | undefined;
  /** Whether the client said that it is about to drop it. One that is rendered again meanwhile stays. */
  leaving: boolean;
}

/** The statics that a component may take over from another one: whose they are, and what the client has of it. */
export interface SharedPrint {
  /** Negative: as it was before this render; positive: as it is sent in this diff. */
  readonly reference: number;
  readonly print: TemplatePrint;
}

/** What the client had of a component before this render. */
export interface FormerPrint {
  readonly print: TemplatePrint | undefined;
  readonly leaving: boolean;
}

/** How many components are looked at for statics to share. */
const ATTEMPTS = 32;

/** The live components of one view, by number, and by kind and id. */
export class ComponentTable<S> {
  readonly #byCid = new Map<number, ComponentState<S>>();
  readonly #cids = new Map<LiveSlot["component"], Map<unknown, number>>();
  #nextCid = 1;

  /** The number of the component of that kind and id: a new one for one that is not here yet. */
  cidOf(component: LiveSlot["component"], id: unknown): number {
    let cids = this.#cids.get(component);
    if (cids === undefined) {
      cids = new Map();
      this.#cids.set(component, cids);
    }
    let cid = cids.get(id);
    if (cid === undefined) {
      cid = this.#nextCid++;
      cids.set(id, cid);
    }
    return cid;
  }

  /** The component of that kind and id, where there is one. */
  find(component: LiveSlot["component"], id: unknown): ComponentState<S> | undefined {
    const cid = this.#cids.get(component)?.get(id);
    return cid === undefined ? undefined : this.#byCid.get(cid);
  }

  get(cid: number): ComponentState<S> | undefined {
    return this.#byCid.get(cid);
  }

  add(state: ComponentState<S>): void {
    this.#byCid.set(state.cid, state);
  }

  /** Removes a component that the client has dropped, unless it was rendered again meanwhile. */
  remove(cid: number): boolean {
    const state = this.#byCid.get(cid);
    if (state?.leaving !== true) return false;
    this.#byCid.delete(cid);
    this.#cids.get(state.component)?.delete(state.id);
    return true;
  }

  /**
   * A component of the same kind whose statics the client has already, or gets with this diff.
   *
   * Source: `find_same_component_print` in `lib/phoenix_live_view/diff.ex`.
   *
   * @param before of the components that this render has come to so far
   */
  shareWith(
    { component }: ComponentState<S>,
    before: ReadonlyMap<number, FormerPrint>,
  ): SharedPrint | undefined {
    const { statics } = component.template;
    let attempts = ATTEMPTS;
    for (const cid of this.#cids.get(component)?.values() ?? []) {
      if (attempts-- === 0) return undefined;
      const state = this.#byCid.get(cid);
      if (state === undefined) continue;
      const former = before.get(cid) ?? state;
      if (former.print?.statics === statics) {
        // The client may be about to drop what it has of one that is leaving.
        if (!former.leaving) return { reference: -cid, print: former.print };
      } else if (state.print?.statics === statics) {
        return { reference: cid, print: state.print };
      }
    }
    return undefined;
  }
}
