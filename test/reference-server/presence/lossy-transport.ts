import type { ReplicaMessage, ReplicaTransport } from "../../../reference-server/presence/replica-message.ts";

interface OnItsWay<M> {
  readonly to: string;
  readonly wire: string;
  readonly kind: ReplicaMessage<M>["kind"];
}

/** The wires between replicas of one process: what is sent waits until it is delivered or lost. */
export class LossyTransport<M> {
  readonly #receivers = new Map<string, (message: ReplicaMessage<M>) => void>();
  #waiting: OnItsWay<M>[] = [];

  /** What a replica sends and receives by. */
  of(replica: string): ReplicaTransport<M> {
    return {
      send: (message) => {
        const wire = JSON.stringify(message);
        for (const to of this.#receivers.keys()) this.#waiting.push({ to, wire, kind: message.kind });
      },
      receive: (receiver) => {
        this.#receivers.set(replica, receiver);
        return () => this.#receivers.delete(replica);
      },
    };
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Delivers all that waits, and what is sent because of it. */
  deliverAll(): void {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift())
      this.#deliver(next);
  }

  /** Delivers one of those that wait, out of its turn; it may stay, to come once more. */
  deliver(which: number, again: boolean): void {
    const index = which % Math.max(this.#waiting.length, 1);
    const [message] = again ? this.#waiting.slice(index, index + 1) : this.#waiting.splice(index, 1);
    if (message !== undefined) this.#deliver(message);
  }

  /** Loses what waits: all, or those to one replica, or of one kind. */
  lose(those: { readonly to?: string; readonly kind?: ReplicaMessage<M>["kind"] } = {}): void {
    this.#waiting = this.#waiting.filter(
      ({ to, kind }) => (those.to ?? to) !== to || (those.kind ?? kind) !== kind,
    );
  }

  /** Loses one of those that wait. */
  loseOne(which: number): void {
    this.#waiting.splice(which % Math.max(this.#waiting.length, 1), 1);
  }

  #deliver({ to, wire }: OnItsWay<M>): void {
    this.#receivers.get(to)?.(JSON.parse(wire));
  }
}
