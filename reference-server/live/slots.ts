import type { Expression, Path, Ref } from "./expression.ts";
import type { Json } from "./json.ts";
import type { AnyLiveComponent } from "./live-component.ts";
import type { LiveStream } from "./stream.ts";
import type { TemplateSource } from "./template-source.ts";

/**
 * A compiled template: `statics.length` is `slots.length + 1`. The statics are its fingerprint: two renderings of
 * the same source share one array, whichever values fill the slots.
 */
export interface Template {
  readonly kind: "template";
  readonly statics: readonly string[];
  readonly slots: readonly Slot[];
  /** Whether it is a component or page of one root element; sent as `r`. */
  readonly root: boolean;
  /** Whether it stands for the call of a function component, rather than for what is written at this place. */
  readonly call: boolean;
  /** Everything that any slot reads, so that an unchanged template is skipped as a whole. */
  readonly reads: readonly Path[];
  /** Where it is written. */
  readonly source: TemplateSource;
}

/** A slot that holds text: escaped content, or a whole attribute. */
export interface TextSlot {
  readonly kind: "text";
  /** The attribute that it is; undefined for content. */
  readonly attribute: string | undefined;
  readonly reads: readonly Path[];
  evaluate(frames: readonly unknown[]): Json;
}

/** A slot that holds one template or another, or nothing. */
export interface ConditionalSlot {
  readonly kind: "when";
  readonly reads: readonly Path[];
  readonly condition: Expression;
  readonly body: Template;
  readonly otherwise: Template | undefined;
}

/** A slot that holds one rendering of `entry` for each item of a list or each insert of a stream. */
export interface EachSlot {
  readonly kind: "each";
  readonly reads: readonly Path[];
  readonly list: Expression<readonly unknown[] | LiveStream>;
  readonly entry: Template;
  /** The frame in which `entry` finds its item. */
  readonly frame: number;
  /** What `entry` reads besides its item. */
  readonly outer: readonly Path[];
  readonly tracking: Tracking;
}

/**
 * How the entries of a list are known again in the next render: by their index, by a key of their own, or not at all,
 * which sends every entry whenever one has changed.
 */
export type Tracking =
  | { readonly by: "index" }
  | { readonly by: "key"; key(item: unknown): unknown }
  | { readonly by: "nothing" };

/** A slot that holds the id of a live component. */
export interface LiveSlot {
  readonly kind: "live";
  readonly reads: readonly Path[];
  readonly component: AnyLiveComponent;
  readonly id: Expression;
  /** What `update` of the component is given, by name. */
  readonly attributes: readonly (readonly [name: string, value: Expression])[];
}

/** What may stand between the statics of a template. */
export type Slot = TextSlot | Template | ConditionalSlot | EachSlot | LiveSlot;

/** What may be written into `${...}` of a template. */
export type Interpolation = Ref<unknown> | Slot | string | number;
