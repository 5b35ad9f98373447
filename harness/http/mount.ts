import type { Micros } from "../core/units.ts";

/** One answer to a request for a page: the dead render, before any socket. */
export interface Mount {
  /** From when it was due to the last byte. */
  readonly latencyUs: Micros;
  /** From when it was sent. Null where that is when it was due: a user who asks again as soon as he has his answer. */
  readonly fromSendUs: Micros | null;
  /** Everything that came over the connection for it: head and body, compressed if the server did so. */
  readonly bytes: number;
  /** HTTP's status: 200. */
  readonly status: number;
}
