import type { Entry, Statics, Tree } from "../protocol/rendered.ts";
import { entryToHtml } from "../protocol/to-html.ts";
import { type FieldQueries, type Reading, readByParsing } from "./item-reading.ts";
import { type ItemShape, readByShape, shapeOf } from "./item-shape.ts";

/** For how many entries of a template a shape is looked for: more, and its entries have too little in common. */
const MOST_TRIES = 16;
const NO_COMPONENTS: Tree["components"] = new Map();

/** The shapes that the entries of a template were found to have. */
interface KnownShapes {
  readonly shapes: ItemShape[];
  tries: number;
}

/**
 * Reads entries that have no components: where it has seen one of the same shape, from its slots alone, or else by parsing
 * its HTML, to the same effect.
 */
export class EntryReader {
  readonly #fields: FieldQueries;
  readonly #known = new WeakMap<Statics, KnownShapes>();

  constructor(fields: FieldQueries) {
    this.#fields = fields;
  }

  /** @throws BenchError with code `unsupported-list` if the entry is not one element with an id */
  read(statics: Statics, entry: Entry): Reading {
    const known = this.#shapesOf(statics);
    for (const shape of known.shapes) {
      const reading = readByShape(shape, entry.slots);
      if (reading !== null) return reading;
    }
    if (known.tries < MOST_TRIES) {
      known.tries += 1;
      const shape = shapeOf(statics, entry, this.#fields);
      const reading = shape && readByShape(shape, entry.slots);
      if (shape !== null && reading !== null) {
        known.shapes.push(shape);
        return reading;
      }
    }
    return readByParsing(entryToHtml(statics, entry, { components: NO_COMPONENTS }), this.#fields);
  }

  #shapesOf(statics: Statics): KnownShapes {
    const known = this.#known.get(statics) ?? { shapes: [], tries: 0 };
    this.#known.set(statics, known);
    return known;
  }
}
