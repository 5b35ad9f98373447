import { below, type Path, pathText } from "./path.ts";
import { ProtocolError } from "./protocol-error.ts";
import type { StreamInsert, StreamOperations } from "./rendered.ts";
import { KEY } from "./wire-keys.ts";

/**
 * Reads a stream's operations: `[ref, inserts, deletes]`, with a fourth element for a reset. An insert is
 * `[dom id, at, limit, update only]`, the last of which
 * LiveView 1.0 leaves out; null there means false.
 *
 * Source: `DOMPatch.perform` in dom_patch.ts.
 *
 * @throws ProtocolError where it is anything else
 */
export function parseStream(event: string, path: Path | null, raw: unknown): StreamOperations {
  const fail = (what: string) => new ProtocolError(event, pathText(below(path, KEY.stream)), what);
  if (!Array.isArray(raw)) throw fail("is no array");
  const [ref, inserts, deletes, reset]: unknown[] = raw;
  if (typeof ref !== "string") throw fail("has no ref");
  if (!Array.isArray(inserts) || !Array.isArray(deletes)) throw fail("has no inserts and deletes");
  return {
    ref,
    inserts: inserts.map((insert: unknown) => parseInsert(insert) ?? raise(fail("has a malformed insert"))),
    deletes: deletes.map((id: unknown) =>
      typeof id === "string" ? id : raise(fail("deletes something that is no id")),
    ),
    reset: reset !== undefined,
  };
}

function parseInsert(raw: unknown): StreamInsert | null {
  if (!Array.isArray(raw)) return null;
  const [id, at, limit, updateOnly]: unknown[] = raw;
  if (typeof id !== "string" || !isIndex(at) || at < -1) return null;
  if (limit !== null && !isIndex(limit)) return null;
  return { id, at, limit, updateOnly: updateOnly === true };
}

const isIndex = (value: unknown): value is number => Number.isSafeInteger(value);

function raise(error: ProtocolError): never {
  throw error;
}
