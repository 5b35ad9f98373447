import { type ComponentState, ComponentTable, type FormerPrint } from "./component-table.ts";
import { type Members, NO_MEMBERS, objectOf, withMember } from "./json.ts";
import type { AnyLiveComponent, ComponentAssigns, ComponentUpdate, LiveComponent } from "./live-component.ts";
import { NO_PRINTS, type TemplatePrint } from "./prints.ts";
import { type Changes, type Rendered, RenderPass, type UseComponent } from "./render-pass.ts";
import { SharedStatics } from "./shared-statics.ts";
import type { PushedEvent, Socket } from "./socket.ts";
import type { AnyView } from "./view.ts";
import { WIRE } from "./wire-keys.ts";

const NO_EVENTS: readonly PushedEvent[] = [];

type AssignsOfSome = ComponentAssigns & Record<string, unknown>;
/** A live component, whichever its assigns. */
export type SomeComponent = LiveComponent<AssignsOfSome, Record<string, unknown>>;
/** The state of a live component, whichever its assigns. */
export type ComponentSocket = Socket<AssignsOfSome>;

/** What is rendered of a view. */
export type Rendering = Pick<AnyView, "template" | "forgetful">;

/** What one render of a view or a live component brings. */
export interface ViewDiff {
  readonly diff: Members;
  /** What the live components that were rendered along the way pushed. */
  readonly events: readonly PushedEvent[];
}

/** A live component that a template asked for, and what it is given. */
interface Request extends ComponentUpdate {
  readonly cid: number;
}

/**
 * Renders a view and its live components, and remembers what their client has been sent.
 *
 * Source: `render`, `write_component` and `render_pending_components` in `lib/phoenix_live_view/diff.ex`.
 */
export class ViewRenderer {
  readonly #view: Rendering;
  readonly #newSocket: (cid: number) => ComponentSocket;
  readonly #components = new ComponentTable<ComponentSocket>();
  #print: TemplatePrint | undefined;

  /** @param newSocket makes the state of a new live component of that number. */
  constructor(view: Rendering, newSocket: (cid: number) => ComponentSocket) {
    this.#view = view;
    this.#newSocket = newSocket;
  }

  /** Whether the client has been sent anything yet. */
  get isFirst(): boolean {
    return this.#print === undefined;
  }

  /** Renders the view: what changed, or everything at first. */
  render(assigns: object, changes: Changes): ViewDiff {
    const shared = new SharedStatics();
    // Most renders come upon no live component.
    let components: ComponentRender | undefined;
    const useComponent: UseComponent = (...asked) => {
      components ??= new ComponentRender(this.#components, this.#newSocket);
      return components.use(...asked);
    };
    const pass = new RenderPass({ assigns, changes: this.isFirst ? null : changes, shared, useComponent });
    const { diff: own, print } = pass.template(this.#view.template, this.#print);
    this.#print = this.#view.forgetful === true ? { ...print, children: NO_PRINTS } : print;
    const diff = shared.addTo(own);
    return components === undefined ? { diff, events: NO_EVENTS } : components.finish(diff);
  }

  /** The live component of that number; undefined once it is gone. */
  component(
    cid: number,
  ): { readonly definition: SomeComponent; readonly socket: ComponentSocket } | undefined {
    const state = this.#components.get(cid);
    return state && { definition: state.component as unknown as SomeComponent, socket: state.socket };
  }

  /** Renders a live component, because of something that it did itself. */
  renderComponent(cid: number): ViewDiff {
    const state = this.#components.get(cid);
    const render = new ComponentRender(this.#components, this.#newSocket);
    if (state !== undefined) render.component(state, false);
    return render.finish(NO_MEMBERS);
  }

  /** Renders a live component that was given something else: nothing where it is gone. */
  updateComponent({ component, id, attributes }: ComponentUpdate): ViewDiff {
    const state = this.#components.find(component, id);
    const render = new ComponentRender(this.#components, this.#newSocket);
    if (state !== undefined) {
      update(state, attributes);
      render.component(state, false);
    }
    return render.finish(NO_MEMBERS);
  }

  /** Notes that the client is about to drop these components. */
  willDestroy(cids: readonly number[]): void {
    for (const cid of cids) {
      const state = this.#components.get(cid);
      if (state !== undefined) state.leaving = true;
    }
  }

  /** Drops these components, but for those that were rendered again since; returns the numbers of those dropped. */
  destroy(cids: readonly number[]): number[] {
    return cids.filter((cid) => this.#components.remove(cid));
  }
}

/** The live components of one render: those asked for by templates, until there are none left to render. */
class ComponentRender {
  readonly #table: ComponentTable<ComponentSocket>;
  readonly #newSocket: (cid: number) => ComponentSocket;
  /** What the client had of each component that this render has come to. */
  readonly #before = new Map<number, FormerPrint>();
  readonly #seen = new Set<number>();
  readonly #diffs = new Map<number, Members>();
  readonly #events: PushedEvent[] = [];
  #requests: Request[] = [];

  constructor(table: ComponentTable<ComponentSocket>, newSocket: (cid: number) => ComponentSocket) {
    this.#table = table;
    this.#newSocket = newSocket;
  }

  readonly use = (component: AnyLiveComponent, id: unknown, attributes: Request["attributes"]): number => {
    const cid = this.#table.cidOf(component, id);
    this.#requests.push({ cid, component, id, attributes });
    return cid;
  };

  /** Renders what was asked for, and what that asks for in turn, into the diff. */
  finish(diff: Members): ViewDiff {
    while (this.#requests.length > 0) {
      const requests = this.#requests;
      this.#requests = [];
      for (const kind of byKind(requests)) this.#update(kind);
    }
    if (this.#diffs.size === 0) return { diff, events: this.#events };
    let components = NO_MEMBERS;
    for (const [cid, own] of [...this.#diffs].sort(([a], [b]) => a - b))
      components = withMember(components, cid, objectOf(own));
    return { diff: withMember(diff, WIRE.components, objectOf(components)), events: this.#events };
  }

  /** All components of a kind are updated before the first of them is rendered. */
  #update(requests: readonly Request[]): void {
    const updated = requests.map((request) => {
      const { cid, component, id, attributes } = request;
      if (this.#seen.size === this.#seen.add(cid).size) {
        throw new Error(`found duplicate id ${JSON.stringify(id)} of live component ${component.name}`);
      }
      const known = this.#table.get(cid);
      const state = known ?? this.#mount(request);
      const isRevived = state.leaving;
      if (isRevived) {
        // The client drops all that is in it as well: it has nothing of this component any more.
        this.#before.set(cid, { print: state.print, leaving: true });
        state.leaving = false;
        state.print = undefined;
      }
      update(state, attributes);
      return { state, inFull: known === undefined || isRevived };
    });
    for (const { state, inFull } of updated) this.component(state, inFull);
  }

  #mount({ cid, component, id }: Request): ComponentState<ComponentSocket> {
    const socket = this.#newSocket(cid);
    const state = { cid, component, id, socket, print: undefined, leaving: false };
    this.#table.add(state);
    socket.assign({ myself: cid });
    (component as unknown as SomeComponent).mount?.(socket);
    return state;
  }

  /** Renders a component, where anything changed in it. */
  component(state: ComponentState<ComponentSocket>, inFull: boolean): void {
    const changes = state.socket.takeChanges();
    this.#events.push(...state.socket.takeOutbox().events);
    if (!inFull && changes.size === 0) return;
    const { diff, print } = this.#render(state, changes);
    if (!this.#before.has(state.cid)) this.#before.set(state.cid, { print: state.print, leaving: false });
    state.print = print;
    state.socket.afterRender();
    if (diff !== NO_MEMBERS) this.#diffs.set(state.cid, diff);
  }

  #render(state: ComponentState<ComponentSocket>, changes: Changes): Rendered {
    const { template } = state.component;
    const isKnown = state.print?.statics === template.statics;
    const shared = isKnown ? undefined : this.#table.shareWith(state, this.#before);
    const pass = new RenderPass({
      assigns: state.socket.assigns,
      changes: isKnown ? changes : null,
      shared: null,
      useComponent: this.use,
    });
    const rendered = pass.template(template, shared?.print ?? state.print);
    if (shared === undefined) return rendered;
    return { ...rendered, diff: withMember(rendered.diff, WIRE.statics, shared.reference) };
  }
}

function update(
  { component, socket }: ComponentState<ComponentSocket>,
  attributes: ComponentUpdate["attributes"],
): void {
  const definition = component as unknown as SomeComponent;
  if (definition.update === undefined) socket.assign(attributes);
  else definition.update(socket, attributes);
}

/** The requests of each kind of component, by the name of the kind: the order in which Phoenix renders them. */
function byKind(requests: readonly Request[]): readonly (readonly Request[])[] {
  const kinds = new Map<AnyLiveComponent, Request[]>();
  for (const request of requests) {
    const kind = kinds.get(request.component);
    if (kind === undefined) kinds.set(request.component, [request]);
    else kind.push(request);
  }
  return [...kinds.values()].sort(([a], [b]) =>
    (a?.component.name ?? "") < (b?.component.name ?? "") ? -1 : 1,
  );
}
