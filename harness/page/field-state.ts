import type { Document, Element } from "domhandler";
import { controlsOf } from "./controls.ts";
import { type FieldValues, untouchedValues } from "./form-data.ts";
import { findNamed } from "./html.ts";

/** What a user has done to the forms of a page, by the forms' keys. Immutable. */
export type FieldState = ReadonlyMap<string, FormState>;

/** What a user has done to one form. */
export interface FormState {
  /** What he typed or chose, by the names of the fields. */
  readonly typed: FieldValues;
  /** What the page gave the fields when they were typed into, by name. */
  readonly given: Readonly<Record<string, string>>;
  /** Names of the fields of which a change was told, or which were sent. */
  readonly used: ReadonlySet<string>;
}

/** Nothing was typed yet. */
export const NO_FIELD_STATE: FieldState = new Map();

const UNTOUCHED: FormState = { typed: {}, given: {}, used: new Set() };

/** What the user has done to this form, as far as the page still shows it. */
export function stateOf(state: FieldState, form: Element): FormState {
  const known = state.get(keyOf(form));
  if (known === undefined) return UNTOUCHED;
  const typed = Object.entries(known.typed).filter(([name]) => known.given[name] === givenTo(form, name));
  return { ...known, typed: Object.fromEntries(typed) };
}

/**
 * The user types into fields of a form. What he typed stays until the server renders the field with another value.
 *
 * Source: `onBeforeElUpdated` in dom_patch.ts, which leaves elements alone whose HTML is as it was.
 */
export function typeInto(state: FieldState, form: Element, values: FieldValues): FieldState {
  const known = stateOf(state, form);
  const given = Object.fromEntries(Object.keys(values).map((name) => [name, givenTo(form, name)]));
  return new Map(state).set(keyOf(form), {
    ...known,
    typed: { ...known.typed, ...values },
    given: { ...known.given, ...given },
  });
}

/** A change of a field is told to the server: from now on the field counts as used. */
export function markUsed(state: FieldState, form: Element, name: string): FieldState {
  const known = stateOf(state, form);
  return new Map(state).set(keyOf(form), { ...known, used: new Set([...known.used, name]) });
}

/** The user sends a form: all of its fields count as used. Source: `submitForm` in view.ts. */
export function markSent(state: FieldState, form: Element): FieldState {
  const names = controlsOf(form).flatMap(({ attribs }) => attribs.name ?? []);
  return new Map(state).set(keyOf(form), { ...stateOf(state, form), used: new Set(names) });
}

/** Forgets the forms that are gone from the page: one that comes back is a new one. */
export function forgetGone(state: FieldState, page: Document): FieldState {
  if (state.size === 0) return state;
  const present = new Set(findNamed("form", page).map(keyOf));
  const kept = [...state].filter(([key]) => present.has(key));
  return kept.length === state.size ? state : new Map(kept);
}

/** A form's id; without one its bindings, which hardly two forms of a page share. */
function keyOf({ attribs }: Element): string {
  return attribs.id === undefined
    ? `${attribs["phx-change"]} ${attribs["phx-submit"]} ${attribs.action}`
    : `#${attribs.id}`;
}

function givenTo(form: Element, name: string): string {
  const named = controlsOf(form).filter(({ attribs }) => attribs.name === name);
  return JSON.stringify(named.map((control) => untouchedValues(control, false)));
}
