import fc from "fast-check";
import {
  type ListOperation,
  SEQUENCE_LISTS,
  type Sequence,
  type SequenceItem,
  type SequenceMode,
  type SequenceStart,
  type SequenceStep,
} from "./sequence.ts";
import { type Terms, termsOf } from "./terms.ts";

/** Few, so that most operations meet an item that is there, or was. */
const IDS = ["a", "b", "c", "d", "e", "f", "g", "h"] as const;
const TEXTS = ["one", "two", "<b>&amp;"] as const;
/** Two of them are seldom within the list. */
const PLACES = [-1, 0, 1, 2, 4, 9] as const;
const LIMITS = [3, -3, 1, -1, 2, -2, 5, -5] as const;
/** What a machine may hold up by itself, and what lets several frames be under way at once. */
const DELAYS_MS = [0, 1, 5, 15, 30] as const;

/** Up to so many operations in a render, and items in a bulk insert, a reset, a start. */
const MOST_OPERATIONS = 3;
const MOST_ITEMS = 5;

/**
 * Random sequences of a mode, within its terms. They have as many steps as is asked for, and shrink to fewer.
 *
 * @param steps how many
 */
export function sequenceArbitrary(mode: SequenceMode, steps: number): fc.Arbitrary<Sequence> {
  const withItems = (components: boolean) => {
    const terms = termsOf(mode, components);
    const step = stepArbitrary(terms);
    return fc.record({
      mode: fc.constant(mode),
      start: startArbitrary(terms, components),
      steps: new Shortened(
        fc.array(step, { minLength: steps, maxLength: steps }),
        fc.array(step, { maxLength: steps }),
      ),
    });
  };
  return fc.oneof({ weight: 2, arbitrary: withItems(false) }, { weight: 1, arbitrary: withItems(true) });
}

/** Values of one arbitrary that shrink as another one's do. */
class Shortened<Value> extends fc.Arbitrary<Value> {
  readonly #long: fc.Arbitrary<Value>;
  readonly #short: fc.Arbitrary<Value>;

  constructor(long: fc.Arbitrary<Value>, short: fc.Arbitrary<Value>) {
    super();
    this.#long = long;
    this.#short = short;
  }

  generate(random: fc.Random): fc.Value<Value> {
    // Without a bias: it is towards short arrays, and these are of one length.
    return new fc.Value(this.#long.generate(random, undefined).value_, undefined);
  }

  canShrinkWithoutContext(value: unknown): value is Value {
    return this.#short.canShrinkWithoutContext(value);
  }

  shrink(value: Value, context: unknown): fc.Stream<fc.Value<Value>> {
    return this.#short.shrink(value, context);
  }
}

function startArbitrary({ limits, bystander }: Terms, components: boolean): fc.Arbitrary<SequenceStart> {
  return fc.record(
    {
      items: itemsArbitrary(),
      ...(limits && { limit: fc.constantFrom(...LIMITS) }),
      bystander: bystander ? fc.boolean() : fc.constant(false),
      components: fc.constant(components),
    },
    { requiredKeys: ["items", "bystander", "components"] },
  ) as fc.Arbitrary<SequenceStart>;
}

function stepArbitrary(terms: Terms): fc.Arbitrary<SequenceStep> {
  const operations = fc.array(operationArbitrary(terms), { minLength: 1, maxLength: MOST_OPERATIONS });
  const delayMs = fc.constantFrom(...DELAYS_MS);
  // The simplest first: what fails shrinks towards it.
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("submit" as const), operations }) },
    { weight: 5, arbitrary: fc.record({ kind: fc.constant("push" as const), operations }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("settle" as const) }) },
    ...(terms.removals
      ? [
          {
            weight: 1,
            arbitrary: fc.record({
              kind: fc.constant("patch" as const),
              list: fc.constantFrom(...SEQUENCE_LISTS),
            }),
          },
        ]
      : []),
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("cut" as const) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("rejoin" as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("delay" as const),
        toServerMs: delayMs,
        toPageMs: delayMs,
      }),
    },
  );
}

function operationArbitrary({ indexes, removals, limits, updateOnly }: Terms): fc.Arbitrary<ListOperation> {
  const at = indexes ? fc.constantFrom(...PLACES) : fc.constantFrom(-1, 0);
  const limit = limits && { limit: fc.constantFrom(...LIMITS) };
  const inserts = [
    {
      weight: 5,
      arbitrary: fc.record(
        {
          kind: fc.constant("insert" as const),
          item: itemArbitrary(),
          at,
          ...limit,
          ...(updateOnly && { updateOnly: fc.constant(true) }),
        },
        { requiredKeys: ["kind", "item", "at"] },
      ),
    },
    {
      weight: 2,
      arbitrary: fc.record(
        { kind: fc.constant("insertAll" as const), items: itemsArbitrary(), at, ...limit },
        { requiredKeys: ["kind", "items", "at"] },
      ),
    },
  ];
  const removing = [
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant("delete" as const), id: fc.constantFrom(...IDS) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("reset" as const), items: itemsArbitrary() }),
    },
  ];
  return fc.oneof(...inserts, ...(removals ? removing : [])) as fc.Arbitrary<ListOperation>;
}

function itemArbitrary(): fc.Arbitrary<SequenceItem> {
  return fc.record(
    { id: fc.constantFrom(...IDS), text: fc.constantFrom(...TEXTS) },
    { requiredKeys: ["id"] },
  ) as fc.Arbitrary<SequenceItem>;
}

/** Each item once: a list with one twice is an error of whoever renders it. */
function itemsArbitrary(): fc.Arbitrary<readonly SequenceItem[]> {
  return fc.uniqueArray(itemArbitrary(), { selector: ({ id }) => id, maxLength: MOST_ITEMS });
}
