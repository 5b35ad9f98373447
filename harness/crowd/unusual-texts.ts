/**
 * Texts that a page must show as they are: what is markup, a script, a character reference or a template elsewhere; what
 * ends an attribute; characters of more than one code unit, joined ones, from right to left; many at once.
 */
export const UNUSUAL_TEXTS: readonly string[] = [
  "<b>bold</b> <img src=x onerror=alert(1)> <!-- x --> </li></ul>",
  "</script><script>alert(1)</script><style>*{display:none}</style>",
  "</textarea></title></style></p>",
  "&lt;b&gt; &amp;amp; &#39; &quot; &nbsp; & &x;",
  '"double" \'single\' `back` \\ \\" \\u003cb\\u003e \\n',
  "\" onmouseover=\"alert(1)\" ' onfocus='alert(1)'",
  `\${x} {{x}} #{x} <%= x %> {x} @c1 {"s":["<b>"]}`,
  "👩‍👩‍👧‍👦 🏳️‍🌈 é é 𝒳 ﷽",
  "שלום עולם \u202eمرحبا\u202c",
  "one\n\n  two\tthree",
  "]]> --> */ // ?> %>",
  "0",
  '<p phx-click="delete" phx-value-id="1" id="messages-1">',
  `<a href="x">&'é `.repeat(500).trim(),
];
