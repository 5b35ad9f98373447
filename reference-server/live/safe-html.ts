/** HTML that goes into a page as it is, where text would be escaped. */
export class SafeHtml {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}
