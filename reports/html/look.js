/*
 * What pages with charts share: colours and times as they are shown, and the change between light and dark.
 */
globalThis.benchLook = (() => {
  const root = document.documentElement;
  const listeners = [];

  /** A colour of the style sheet as it is now. */
  function colour(name) {
    const probe = document.createElement("i");
    document.body.append(probe);
    probe.style.color = `var(${name})`;
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }

  const milliseconds = (value) => {
    if (value === null || value === undefined) return "—";
    if (value < 9.995) return `${value.toFixed(2)} ms`;
    if (value < 99.95) return `${value.toFixed(1)} ms`;
    return `${Math.round(value).toLocaleString("en-US")} ms`;
  };
  const shortTime = (value) =>
    value >= 1000 ? `${Number((value / 1000).toPrecision(3))} s` : `${Number(value.toPrecision(3))} ms`;

  const changed = () => {
    for (const listener of listeners) listener();
  };
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const button = document.getElementById("theme");
  const isDark = () => (root.dataset.theme ?? (prefersDark.matches ? "dark" : "light")) === "dark";
  const tell = () => {
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", `Use the ${isDark() ? "light" : "dark"} colours`);
  };
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    tell();
    changed();
  });
  prefersDark.addEventListener("change", () => {
    tell();
    changed();
  });
  button.hidden = false;
  tell();

  return {
    colour,
    milliseconds,
    shortTime,
    /** Has something drawn anew when the colours change. */
    onLook: (draw) => void listeners.push(draw),
  };
})();
