import { isJsonObject, type JsonObject } from "../protocol/json.ts";
import { EVENT, VIEW_TOPIC } from "../protocol/wire-keys.ts";

/**
 * What somebody did, told from what the client sent for it: `click "delete"`, `submit "send"`, `join /rooms/1`.
 *
 * Source: `pushEvent`, `pushInput`, `pushFormSubmit`, `pushLinkPatch` and `join` in view.ts of phoenix_live_view 1.2; until 1.0.5 the
 * target of a change stood in the form's value.
 */
export function pushName(topic: string, event: string, payload: unknown): string {
  const said: JsonObject = isJsonObject(payload) ? payload : {};
  if (!topic.startsWith(VIEW_TOPIC)) return `${topic} ${quoted(event)}`;
  switch (event) {
    case EVENT.join:
      return joinName(said);
    case EVENT.leave:
      return "leave";
    case EVENT.event:
      return `${typeOf(said)} ${quoted(said.event)}`;
    case EVENT.livePatch:
      return `patch ${pathOf(said.url)}`;
    case EVENT.cidsWillDestroy:
    case EVENT.cidsDestroyed:
      return "components gone";
    default:
      return event;
  }
}

/** Whoever joins by a link tells it as `redirect`; a view within another tells no address. */
function joinName({ url, redirect, params }: JsonObject): string {
  const mounts = isJsonObject(params) ? params._mounts : undefined;
  const again = typeof mounts === "number" && mounts > 0 && redirect === undefined;
  const path = pathOf(redirect ?? url);
  return [again ? "join again" : "join", path === "" ? "a nested view" : path].join(" ");
}

function typeOf({ type, meta, value }: JsonObject): string {
  if (type !== "form") return typeof type === "string" ? type : "event";
  const isInMeta = isJsonObject(meta) && "_target" in meta;
  const isInValue = typeof value === "string" && /(?:^|&)_target=/.test(value);
  return isInMeta || isInValue ? "change" : "submit";
}

/** The path and query of an address. */
function pathOf(url: unknown): string {
  if (typeof url !== "string") return "";
  const parsed = URL.parse(url, "http://localhost");
  return parsed === null ? url : `${parsed.pathname}${parsed.search}`;
}

const quoted = (event: unknown): string => JSON.stringify(typeof event === "string" ? event : "");
