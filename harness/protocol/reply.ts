import type { Diff } from "./diff.ts";
import type { Interner } from "./intern.ts";
import { isJsonObject, type JsonObject } from "./json.ts";
import { parseDiff } from "./parse-diff.ts";
import { ProtocolError } from "./protocol-error.ts";
import { EVENT } from "./wire-keys.ts";

/** The answer to a push: `{"status", "response"}`, parsed once and shared. */
export interface Reply {
  readonly status: "ok" | "error";
  /** What the view renders at join: a whole tree. */
  readonly rendered: Diff | null;
  /** What the event changed in the view. */
  readonly diff: Diff | null;
  /** The rest of the response: `reason`, `redirect`, `live_patch`, `liveview_version`, ... */
  readonly response: JsonObject;
}

/**
 * Reads the payload of a `phx_reply`.
 *
 * @throws ProtocolError if it is none
 */
export function parseReply(interner: Interner, raw: unknown): Reply {
  const payload = isJsonObject(raw) ? raw : {};
  const { status, response } = payload;
  if (status !== "ok" && status !== "error") {
    throw new ProtocolError(EVENT.reply, "status", `unexpected ${JSON.stringify(status)}`);
  }
  const { rendered, diff, ...rest } = isJsonObject(response) ? response : { reason: response };
  const parse = (key: string, value: unknown) =>
    value === undefined ? null : parseDiff(interner, EVENT.reply, ["response", key], value);
  return { status, rendered: parse("rendered", rendered), diff: parse("diff", diff), response: rest };
}
