import fc from "fast-check";

type Json = Record<string, unknown> | unknown[];

/** A place in a JSON value: a key of an object, or an index of an array. */
interface Site {
  readonly parent: Json;
  readonly key: string;
}

const DEPTH = 1_000_000;
/** Texts that no value can be written as, by the string that stands for each. */
const RAW: Readonly<Record<string, string>> = {
  "raw infinity": "1e400",
  "raw arrays": "[".repeat(DEPTH) + "]".repeat(DEPTH),
  "raw objects": `${'{"0":'.repeat(DEPTH)}1${"}".repeat(DEPTH)}`,
  "raw lists": `${'{"k":{"kc":1,"0":'.repeat(1000)}{}${"}}".repeat(1000)}`,
};
const VALUES = [
  null,
  true,
  -1,
  0,
  1,
  2,
  1.5,
  1e9,
  "",
  "x",
  "<b",
  [],
  {},
  [0],
  [1, {}],
  { s: ["", ""] },
  ...Object.keys(RAW),
];
const KEYS = [
  "__proto__",
  "constructor",
  "toString",
  "zzz",
  "0",
  "1",
  "7",
  "-1",
  "1e0",
  "01",
  "99999999",
  "s",
  "p",
  "k",
  "kc",
  "km",
  "d",
  "c",
  "e",
  "t",
  "stream",
];

/** One thing that goes wrong with a payload: `at` and `what` choose where and what. */
export type Mutation = readonly [kind: (typeof KINDS)[number], at: number, what: number];

const KINDS = ["drop", "replace", "add", "rename", "lengthen", "swap", "truncate"] as const;

export const mutations: fc.Arbitrary<Mutation> = fc.tuple(fc.constantFrom(...KINDS), fc.nat(), fc.nat());

/** The payload as JSON text, after the mutation. */
export function mutated(payload: string, [kind, at, what]: Mutation): string {
  const root: Json = JSON.parse(payload);
  if (kind === "truncate") return payload.slice(0, at % payload.length);
  const sites = sitesIn(root);
  const { parent, key } = sites[at % sites.length] as Site;
  const value = VALUES[what % VALUES.length];
  const name = KEYS[what % KEYS.length] as string;
  const target = Reflect.get(parent, key);
  switch (kind) {
    case "drop":
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete parent[key];
      break;
    case "replace":
      define(parent, key, value);
      break;
    case "add":
      define(isJson(target) ? target : parent, name, VALUES[at % VALUES.length]);
      break;
    case "rename":
      if (!Array.isArray(parent)) delete parent[key];
      define(parent, name, target);
      break;
    case "lengthen":
      if (Array.isArray(parent)) parent.push(value);
      else define(parent, key, [target, value]);
      break;
    case "swap": {
      const other = sites[what % sites.length] as Site;
      define(parent, key, structuredClone(Reflect.get(other.parent, other.key)));
    }
  }
  return JSON.stringify(root).replace(/"(raw \w+)"/gu, (_, raw: string) => RAW[raw] ?? "null");
}

function sitesIn(value: Json): Site[] {
  return Object.entries(value).flatMap(([key, inner]) => [
    { parent: value, key },
    ...(isJson(inner) ? sitesIn(inner) : []),
  ]);
}

const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null;

/** Sets an own property, also where the key is `__proto__`. */
function define(target: Json, key: string, value: unknown): void {
  if (Array.isArray(target) && !/^\d{1,2}$/u.test(key)) target.push(value);
  else Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}
