/** A value of an address or a form: text, or what `a[]=` and `a[b]=` make of it. */
export type Param = string | readonly Param[] | Params;

/** What an address names: its query, and the parts of the path that the route names: `{ id: "7" }`. */
export interface Params {
  readonly [name: string]: Param;
}

interface OpenParams {
  [name: string]: OpenParam;
}
type OpenParam = string | OpenParam[] | OpenParams;

/** A name with more brackets than this is taken as it is written, so that nothing that walks params can go deep. */
const MOST_BRACKETS = 32;

/**
 * Reads a query as `Plug.Conn.Query.decode` does: `a[b]=1` nests, `a[]=1` appends, of a name given twice the last
 * value counts.
 *
 * @param query with its question mark or without.
 */
export function decodeQuery(query: string): Params {
  const params = emptyParams();
  for (const [name, value] of new URLSearchParams(query)) put(params, pathOf(name), value);
  return params;
}

/** An object without a prototype: a name such as `__proto__` is one like any other. */
function emptyParams(): OpenParams {
  return Object.create(null) as OpenParams;
}

/** `a[b][]` as `["a", "b", ""]`; a name whose brackets do not match is taken as it is written. */
function pathOf(name: string): readonly string[] {
  const at = name.indexOf("[");
  if (at <= 0 || !name.endsWith("]")) return [name];
  const keys = name.slice(at + 1, -1).split("][");
  const plain = keys.length <= MOST_BRACKETS && !keys.some((key) => /[[\]]/.test(key));
  return plain ? [name.slice(0, at), ...keys] : [name];
}

function put(params: OpenParams, path: readonly string[], value: string): void {
  let holder: OpenParams | OpenParam[] = params;
  for (const [index, key] of path.entries()) {
    const next = path[index + 1];
    const child: OpenParam =
      next === undefined ? value : fitting(Array.isArray(holder) ? undefined : holder[key], next === "");
    if (Array.isArray(holder)) holder.push(child);
    else holder[key] = child;
    if (typeof child === "string") return;
    holder = child;
  }
}

/** What is there already, if it can hold what comes; otherwise a new list or object. */
function fitting(existing: OpenParam | undefined, list: boolean): OpenParam[] | OpenParams {
  if (list) return Array.isArray(existing) ? existing : [];
  return typeof existing === "object" && !Array.isArray(existing) ? existing : emptyParams();
}
