import { type ByteProxy, startByteProxy } from "./byte-proxy.ts";

/** A way to a server that changes one byte on its way to one client. */
export interface AlteringProxy extends ByteProxy {
  /** How often it has changed something. */
  readonly altered: number;
}

/** What is changed, and for whom. */
export interface Alteration {
  /** What the client says of himself in the request of his upgrade: a token of its URL. */
  readonly client: () => string;
  /** What is searched for in what he gets. */
  readonly find: string;
  /** What stands in its place, as long. */
  readonly replacement: string;
}

/** Starts a proxy that changes what it finds once. */
export async function startAlteringProxy(
  to: string,
  { client, find, replacement }: Alteration,
): Promise<AlteringProxy> {
  let altered = 0;
  const proxy = await startByteProxy(to, () => {
    let isVictim = false;
    return {
      sent: (bytes) => {
        isVictim ||= bytes.includes("Upgrade: websocket") && bytes.includes(client());
        return bytes;
      },
      received: (bytes) => {
        const at = isVictim && altered === 0 ? bytes.indexOf(find) : -1;
        if (at !== -1) altered += bytes.write(replacement, at) > 0 ? 1 : 0;
        return bytes;
      },
    };
  });
  return {
    ...proxy,
    get altered() {
      return altered;
    },
  };
}
