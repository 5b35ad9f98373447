/** What `mount-load.ts` uses of autocannon 9, which has no types of its own: lib/init.js, lib/run.js, lib/httpClient.js. */
declare module "autocannon" {
  import type { EventEmitter } from "node:events";

  namespace autocannon {
    interface Options {
      readonly url: string;
      readonly connections: number;
      /** Seconds. */
      readonly duration: number;
      /** Seconds that an answer may take. */
      readonly timeout: number;
      /** Milliseconds between two looks at whether it is to stop. */
      readonly sampleInt: number;
      /** Called for each connection before its first request. */
      readonly setupClient: (client: Client) => void;
    }

    /** One connection. Emits `request`, `response` (status, bytes) and `connError` (error). */
    interface Client extends EventEmitter {
      setHeaders(headers: Readonly<Record<string, string>>): void;
    }

    interface Tracker {
      stop(): void;
    }
  }

  function autocannon(options: autocannon.Options, done: (error: Error | null) => void): autocannon.Tracker;
  export = autocannon;
}
