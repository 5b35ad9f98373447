/** HTML that a template puts in as it is: its author answers for it. */
export class SafeHtml {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}
