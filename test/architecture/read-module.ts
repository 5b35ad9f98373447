import { posix } from "node:path";
import { parseSync, Visitor } from "oxc-parser";

/** What the rules need to know of a source file. */
export interface Module {
  /** From the root of the repository, with slashes: `harness/core/units.ts`. */
  readonly path: string;
  /** What it imports or re-exports from, types too: paths from the root for files, names for packages (`ws`, `node:fs`). */
  readonly imports: readonly string[];
  /** Those of `imports` that are loaded when it runs: all but those that are for types alone. */
  readonly loads: readonly string[];
  readonly hasDefaultExport: boolean;
  /** Whether it has an `export *`. */
  readonly isBarrel: boolean;
  /** Members of globals that it uses, of `console` and `process`: `process.exit`, `console.log`. */
  readonly globals: readonly string[];
}

/** Reads a TypeScript source. Throws where it cannot be parsed: nothing is known of such a file. */
export function readModule(path: string, source: string): Module {
  const { program, module, errors } = parseSync(path, source, { lang: "ts" });
  const [error] = errors;
  if (error) throw new SyntaxError(`${path}: ${error.message}`);
  const exported = module.staticExports.flatMap(({ entries }) => entries);
  const requests = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      from: moduleRequest.value,
      isType: entries.length > 0 && entries.every(({ isType }) => isType),
    })),
    ...exported.flatMap(({ moduleRequest, isType }) =>
      moduleRequest ? [{ from: moduleRequest.value, isType }] : [],
    ),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
      from: unquoted(source.slice(start, end)),
      isType: false,
    })),
  ].map(({ from, isType }) => ({ target: resolved(path, from), isType }));
  const globals: string[] = [];
  new Visitor({
    MemberExpression({ object, property }) {
      if (object.type !== "Identifier" || property.type !== "Identifier") return;
      if (object.name === "console" || object.name === "process")
        globals.push(`${object.name}.${property.name}`);
    },
  }).visit(program);
  return {
    path,
    imports: [...new Set(requests.map(({ target }) => target))],
    loads: [...new Set(requests.filter(({ isType }) => !isType).map(({ target }) => target))],
    hasDefaultExport: exported.some(
      ({ exportName: { kind, name } }) => kind === "Default" || name === "default",
    ),
    isBarrel: exported.some(
      ({ importName }) => importName.kind === "All" || importName.kind === "AllButDefault",
    ),
    globals: [...new Set(globals)],
  };
}

/** A file by its path; a package by its name, without the file in it: `yargs/helpers` is `yargs`. */
function resolved(importer: string, request: string): string {
  if (request.startsWith(".")) return posix.join(posix.dirname(importer), request);
  if (request.startsWith("node:")) return request;
  return request
    .split("/")
    .slice(0, request.startsWith("@") ? 2 : 1)
    .join("/");
}

function unquoted(text: string): string {
  return text.replace(/^["'`](.*)["'`]$/s, "$1");
}
