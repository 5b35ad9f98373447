import fc from "fast-check";
import { expr, type Ref, type Refs } from "../../reference-server/live/expression.ts";
import { defineLiveComponent, type LiveComponent, live } from "../../reference-server/live/live-component.ts";
import type { Interpolation, Slot, Template } from "../../reference-server/live/slots.ts";
import { attr, compile, component, each, html, when } from "../../reference-server/live/template.ts";
import type { Item, PageAssigns } from "./page-operations.ts";

/** A template that can be made, as data: what stands between its literals. */
interface TemplateSpec {
  readonly root: boolean;
  readonly slots: readonly SlotSpec[];
}

/** A slot, as data. Numbers choose among what is in scope where it stands. */
type SlotSpec =
  | { readonly kind: "text" | "attribute" | "joined"; readonly pick: number; readonly other: number }
  | { readonly kind: "constant"; readonly text: string }
  | { readonly kind: "template"; readonly body: TemplateSpec }
  | { readonly kind: "component"; readonly pick: number; readonly body: TemplateSpec }
  | {
      readonly kind: "when";
      readonly pick: number;
      readonly body: TemplateSpec;
      readonly otherwise: TemplateSpec | null;
    }
  | {
      readonly kind: "each";
      readonly pick: number;
      readonly tracking: "index" | "key" | "nothing";
      readonly body: TemplateSpec;
    }
  | { readonly kind: "live"; readonly pick: number; readonly which: number };

/** What a template may read where it stands. */
interface Scope {
  readonly texts: readonly Ref<unknown>[];
  readonly flags: readonly Ref<unknown>[];
  readonly lists: readonly Ref<readonly Item[]>[];
  /** What tells this place from others that the same template is rendered at. */
  readonly place: Ref<unknown>;
}

/** What a live component is given. */
interface Given {
  readonly place: string;
  readonly text: string;
}

/** The assigns of the live components of a page. */
export interface LiveAssigns extends Given {
  readonly myself: number;
  /** Changed by its own events. */
  readonly count: string;
}

/** Where the live components of a page have their counts, by place: a fresh page shows the same ones. */
export type Counts = Map<string, string>;

/** Is told of each live component that is rendered. */
export type OnUpdate = (place: string, cid: number) => void;

/** A template of a page, made anew for each reader of it. */
export type MakePage = (counts: Counts, onUpdate: OnUpdate) => Template;

const pick = fc.nat(20);
const LITERALS = ["", "-", "<b>bold</b>", " & more"];

const { template: templateSpec } = fc.letrec<{ template: TemplateSpec; slot: SlotSpec }>((tie) => ({
  template: fc.record({ root: fc.boolean(), slots: fc.array(tie("slot"), { maxLength: 4 }) }),
  slot: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.record({ kind: fc.constantFrom("text", "attribute", "joined"), pick, other: pick }),
    fc.record({ kind: fc.constant("constant"), text: fc.string({ maxLength: 4 }) }),
    fc.record({ kind: fc.constant("live"), pick, which: fc.nat(1) }),
    fc.record({ kind: fc.constant("template"), body: tie("template") }),
    fc.record({ kind: fc.constant("component"), pick, body: tie("template") }),
    fc.record({
      kind: fc.constant("when"),
      pick,
      body: tie("template"),
      otherwise: fc.option(tie("template")),
    }),
    fc.record({
      kind: fc.constant("each"),
      pick,
      tracking: fc.constantFrom("index", "key", "nothing"),
      body: tie("template"),
    }),
  ),
}));

/** Templates of pages, with live components, whose templates are made the same way. */
export const pageArbitrary: fc.Arbitrary<MakePage> = fc
  .record({ page: templateSpec, components: fc.tuple(templateSpec, templateSpec) })
  .map(({ page, components }) => {
    const make: MakePage = (counts, onUpdate) => {
      const builder = new Builder(counts, onUpdate, components);
      return compile<PageAssigns>((assigns) => builder.template(page, pageScope(assigns)));
    };
    return Object.assign(make, { [fc.toStringMethod]: () => JSON.stringify({ page, components }) });
  });

function pageScope({ title, on, user, items, others }: Refs<PageAssigns>): Scope {
  return {
    texts: [title, user.name],
    flags: [on, user.on],
    lists: [items, others],
    place: expr(() => ""),
  };
}

/** Makes templates from what was drawn. */
class Builder {
  /** Those that the template being made may hold: a component only holds ones that were made before it. */
  #components: readonly LiveComponent<LiveAssigns, Given>[] = [];
  #nextPlace = 0;

  constructor(counts: Counts, onUpdate: OnUpdate, specs: readonly TemplateSpec[]) {
    for (const [index, spec] of specs.entries()) {
      const made = this.#liveComponent(`kind ${index}`, spec, counts, onUpdate);
      this.#components = [...this.#components, made];
    }
  }

  template({ root, slots }: TemplateSpec, scope: Scope): Template {
    const built = slots.map((slot) => this.#slot(slot, scope));
    const literals = [
      root ? "<div>" : "",
      ...built.map((_, index) => LITERALS[index % LITERALS.length] ?? ""),
    ];
    literals[literals.length - 1] += root ? "</div>" : "";
    return html(literals as unknown as TemplateStringsArray, ...built);
  }

  #slot(spec: SlotSpec, scope: Scope): Interpolation {
    switch (spec.kind) {
      case "text":
        return choose(scope.texts, spec.pick);
      case "attribute":
        return html`<p${attr("title", choose(scope.texts, spec.pick))}${attr("hidden", choose(scope.flags, spec.other))}></p>`;
      case "joined":
        return expr(
          choose(scope.texts, spec.pick),
          choose(scope.flags, spec.other),
          (text, flag) => `${String(text)}|${String(flag)}`,
        );
      case "constant":
        return spec.text;
      case "template":
        return this.template(spec.body, scope);
      case "component": {
        const part = component<{ text: unknown; flag: unknown }>(({ text, flag }) =>
          this.template(spec.body, { ...scope, texts: [text], flags: [flag] }),
        );
        return part({ text: choose(scope.texts, spec.pick), flag: choose(scope.flags, spec.pick) });
      }
      case "when": {
        const otherwise = spec.otherwise === null ? undefined : this.template(spec.otherwise, scope);
        return when(choose(scope.flags, spec.pick), this.template(spec.body, scope), otherwise);
      }
      case "each":
        return this.#each(spec, scope);
      case "live": {
        if (this.#components.length === 0) return "no component yet";
        const place = this.#placeIn(scope);
        const text = choose(scope.texts, spec.pick) as Ref<string>;
        return live(choose(this.#components, spec.which), { id: place, place, text });
      }
      default:
        return spec satisfies never;
    }
  }

  #each({ pick: picked, tracking, body }: SlotSpec & { kind: "each" }, scope: Scope): Slot {
    const options =
      tracking === "key" ? { key: ({ id }: Item) => id } : { untracked: tracking === "nothing" };
    return each(
      choose(scope.lists, picked),
      (item) =>
        this.template(body, {
          texts: [item.text, item.id, ...scope.texts],
          flags: [item.on, ...scope.flags],
          lists: [item.children, ...scope.lists],
          place: expr(scope.place, item.id, (outer, id) => `${String(outer)}/${id}`),
        }),
      options,
    );
  }

  /** An id for a live component: no other place of the page has it. */
  #placeIn(scope: Scope): Ref<string> {
    this.#nextPlace += 1;
    const here = this.#nextPlace;
    return expr(scope.place, (outer) => `${here}:${String(outer)}`);
  }

  #liveComponent(
    name: string,
    spec: TemplateSpec,
    counts: Counts,
    onUpdate: OnUpdate,
  ): LiveComponent<LiveAssigns, Given> {
    return defineLiveComponent<LiveAssigns, Given>({
      name,
      update(socket, given) {
        socket.assign({ ...given, count: counts.get(given.place) ?? "0" });
        onUpdate(given.place, socket.assigns.myself);
      },
      render: ({ text, count, place }) => {
        const flag = expr(count, (n) => Number(n) % 2 === 1);
        const items = expr(count, (n) => Array.from({ length: Number(n) % 3 }, (_, id) => leaf(id)));
        const scope = { texts: [text, count], flags: [flag], lists: [items], place };
        const body = this.template({ ...spec, root: false }, scope);
        return html`<section>${count}: ${body}</section>`;
      },
    });
  }
}

const leaf = (id: number): Item => ({ id, text: `leaf ${id}`, on: id % 2 === 0, children: [] });

function choose<T>(among: readonly T[], index: number): T {
  return among[index % among.length] as T;
}
