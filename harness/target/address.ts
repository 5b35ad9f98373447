import type { TargetConfig } from "../core/target-config.ts";

/** Where a target is, and how it is used. */
export interface TargetAddress {
  /** `http://127.0.0.1:4000` */
  readonly origin: string;
  /** Null for our own chat, which has the scenario's pages. */
  readonly config: TargetConfig | null;
}

/**
 * Reads what `--target` and the file of `--config` say together; null where neither names a target. An address with a
 * path is that of a room's page; one without, and without a file, is our own chat.
 *
 * @param target a URL; it goes before that of the file
 */
export function addressOf(target: string | undefined, config: TargetConfig | null): TargetAddress | null {
  const url = target ?? config?.url;
  if (url === undefined) return null;
  const { origin, pathname, search } = new URL(url);
  const isPage = pathname !== "/" || search !== "";
  const rooms = config?.rooms ?? (isPage ? { path: `${pathname}${search}` } : undefined);
  if (config === null && rooms === undefined) return { origin, config: null };
  return { origin, config: { ...config, ...(rooms !== undefined && { rooms }) } };
}
