/** How long a replica may be silent. */
export interface ReplicaPatience {
  /** After so long it is down: who is connected there is hidden until it is heard again. */
  readonly downAfterMs: number;
  /** After so long it is forgotten. */
  readonly forgetAfterMs: number;
}

interface Heard {
  lastHeardMs: number;
  up: boolean;
}

/** Which other replicas there are, and which of them are up, by when they were last heard. */
export class ReplicaTable {
  readonly #replicas = new Map<string, Heard>();

  /** Notes that a replica was heard. @returns what it was before. */
  heard(replica: string, nowMs: number): "up" | "down" | "unknown" {
    const before = this.#replicas.get(replica);
    this.#replicas.set(replica, { lastHeardMs: nowMs, up: true });
    if (before === undefined) return "unknown";
    return before.up ? "up" : "down";
  }

  /** Takes note of silence. @returns who is down since now, and who is forgotten. */
  silent(
    nowMs: number,
    { downAfterMs, forgetAfterMs }: ReplicaPatience,
  ): { readonly down: readonly string[]; readonly forgotten: readonly string[] } {
    const down: string[] = [];
    const forgotten: string[] = [];
    for (const [replica, heard] of this.#replicas) {
      const silentMs = nowMs - heard.lastHeardMs;
      if (heard.up && silentMs >= downAfterMs) {
        heard.up = false;
        down.push(replica);
      }
      if (silentMs >= forgetAfterMs) {
        this.#replicas.delete(replica);
        forgotten.push(replica);
      }
    }
    return { down, forgotten };
  }
}
