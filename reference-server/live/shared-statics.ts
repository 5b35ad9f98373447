import { type Json, json, type Members, NO_MEMBERS, objectOf, withMember } from "./json.ts";
import { WIRE } from "./wire-keys.ts";

type Statics = readonly string[];

/** Statics are there before anything is rendered, and so is their JSON. */
const printed = new WeakMap<Statics, Json>();

/** The JSON of a template's statics. */
export function staticsJson(statics: Statics): Json {
  let text = printed.get(statics);
  if (text === undefined) {
    text = json(statics);
    printed.set(statics, text);
  }
  return text;
}

/** The statics that one diff sends once and refers to by number (`p`), in the order in which they were first needed. */
export class SharedStatics {
  /** A diff has few. */
  readonly #all: Statics[] = [];

  /** The number of these statics; the array's identity is the template's fingerprint. */
  number(statics: Statics): number {
    const known = this.#all.indexOf(statics);
    return known === -1 ? this.#all.push(statics) - 1 : known;
  }

  /** The diff with them, under `p`: `{"0":[...],...}`. As it is where nothing was shared. */
  addTo(diff: Members): Members {
    if (this.#all.length === 0) return diff;
    let templates = NO_MEMBERS;
    for (let index = 0; index < this.#all.length; index++)
      templates = withMember(templates, index, staticsJson(this.#all[index] as Statics));
    return withMember(diff, WIRE.templates, objectOf(templates));
  }
}
