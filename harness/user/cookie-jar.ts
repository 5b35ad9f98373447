/** No server of today deletes a cookie by a date that is later than this one. */
const LONG_AGO_MS = Date.UTC(2000);

/** The cookies of one user on one server: a tiny browser's, without paths, domains and lifetimes. */
export class CookieJar {
  readonly #cookies = new Map<string, string>();

  /**
   * Takes the `Set-Cookie` headers of a response.
   *
   * Source: RFC 6265, section 5.2. `Max-Age` of 0 and an `Expires` long ago delete the cookie.
   */
  store(setCookies: readonly string[]): void {
    for (const setCookie of setCookies) {
      const [pair = "", ...attributes] = setCookie.split(";");
      const at = pair.indexOf("=");
      const name = pair.slice(0, at).trim();
      if (at === -1 || name === "") continue;
      if (attributes.some(deletes)) this.#cookies.delete(name);
      else this.#cookies.set(name, pair.slice(at + 1).trim());
    }
  }

  /** Sets a cookie as a page's own script does; null deletes it. */
  set(name: string, value: string | null): void {
    if (value === null) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }

  /** All of them, by name. */
  all(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#cookies);
  }

  /** Has these and no others, by name. */
  replace(cookies: Readonly<Record<string, string>>): void {
    this.#cookies.clear();
    for (const [name, value] of Object.entries(cookies)) this.#cookies.set(name, value);
  }

  /** The `Cookie` header for the next request; null while there are no cookies. */
  header(): string | null {
    if (this.#cookies.size === 0) return null;
    return Array.from(this.#cookies, ([name, value]) => `${name}=${value}`).join("; ");
  }
}

function deletes(attribute: string): boolean {
  const [name = "", value = ""] = attribute.split("=");
  switch (name.trim().toLowerCase()) {
    case "max-age":
      return Number(value) <= 0;
    case "expires":
      return Date.parse(value) < LONG_AGO_MS;
    default:
      return false;
  }
}
