/** What the clients of a process are connected with. */
export interface ClientOptions {
  readonly origin: string;
  readonly group: string;
  readonly users: number;
  /** Told of each frame that changes the page, after all was done with it. */
  readonly onFrame: () => void;
}

/** Clients that are connected, and held. */
export interface Clients {
  readonly held: readonly object[];
  /** What went wrong so far. */
  readonly problems: () => number;
}

/** How many connect at once. */
const CONNECTING = 50;

/** Connects the users of a group, some at a time. */
export async function connectAll<Client>(
  { group, users }: ClientOptions,
  connect: (user: string, number: number) => Promise<Client>,
): Promise<Client[]> {
  const clients: Client[] = [];
  let next = 0;
  const work = async () => {
    while (next < users) {
      const number = next++;
      clients[number] = await connect(`${group}${number}`, number);
    }
  };
  await Promise.all(Array.from({ length: CONNECTING }, work));
  return clients;
}
