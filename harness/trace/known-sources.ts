import type { TemplatePlace } from "../core/anatomy.ts";
import type { SourceOf } from "../measure/anatomy-ledger.ts";
import { fetchSources } from "../run/template-sources.ts";

const OWN_HOST = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Where the templates of pages are written, as far as their servers tell: a server on this machine is asked once for each path. */
export class KnownSources {
  readonly #asked = new Map<string, Promise<void>>();
  readonly #known: SourceOf[] = [];
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Asks for the templates of a page. Never rejects. */
  async learn(address: string): Promise<void> {
    const url = URL.parse(address);
    if (url === null || !OWN_HOST.test(url.hostname) || !url.protocol.startsWith("http")) return;
    const page = `${url.origin}${url.pathname}`;
    const asked = this.#asked.get(page) ?? this.#ask(url);
    this.#asked.set(page, asked);
    await asked;
  }

  /** Where a template is written. */
  readonly of = (template: TemplatePlace): string | undefined => {
    for (const sourceOf of this.#known) {
      const source = sourceOf(template);
      if (source !== undefined) return source;
    }
    return undefined;
  };

  async #ask({ origin, pathname }: URL): Promise<void> {
    this.#known.push(await fetchSources(origin, pathname, this.#signal));
  }
}
