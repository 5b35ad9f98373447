import { BenchError } from "../core/errors.ts";

/** A page that is to be loaded over HTTP in place of the one that there is. */
export interface PageLoadRequest {
  /** Absolute. */
  readonly url: string;
  /** A signed token of messages to show there, which goes along in a cookie; null without. */
  readonly flash: string | null;
  /** What tells the server how the mount has failed, which goes along in a cookie; null without. */
  readonly reloadToken: string | null;
}

/** Thrown where a page can only be left: the way to go on is to load another one. */
export class PageLoad extends BenchError {
  override readonly name = "PageLoad";
  readonly request: PageLoadRequest;

  constructor(url: string, cookies: Partial<Omit<PageLoadRequest, "url">> = {}) {
    super(`the page is left for ${url}`, { code: "page-left" });
    this.request = { url, flash: null, reloadToken: null, ...cookies };
  }
}
