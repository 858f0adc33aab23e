// Under which headings a control stands. Part of the scripts that see: uses labels.js and those it uses.
const HEADINGS = "legend, h1, h2, h3, h4, h5, h6, [role=heading], caption, summary";
const levelOf = (heading) =>
  Number(attribute(heading, "aria-level")) || Number((/^h([1-6])$/.exec(tagOf(heading)) || [])[1]) || 6;

/** Makes `sectionOf(field, label)`: the nearest heading or legend, after the one around it where there is one. */
const sectionFinder = (scope, holders) => {
  const headings = everything(scope, HEADINGS)
    .filter((heading) => !holders.has(heading) && visible(heading) && textOf(heading))
    .map((heading) => ({
      heading,
      text: cleanLabel(textOf(heading)).text,
      level: tagOf(heading) === "legend" ? 7 : levelOf(heading),
      // A heading speaks for the smallest thing around it that holds a control.
      reach: ancestorsOf(heading).find((e) => holders.has(e)),
    }));
  return (field, label) => {
    const around = new Set(ancestorsOf(field[0]));
    const over = headings.filter((h) => around.has(h.reach) && precedes(h.heading, field[0]) && h.text !== label);
    const inner = over[over.length - 1];
    if (!inner) return ariaGroup(field);
    const outer = over.slice(0, -1).reverse().find((h) => (h.reach === inner.reach ? h.level < inner.level : contains(h.reach, inner.reach)));
    return outer ? `${outer.text} / ${inner.text}` : inner.text;
  };
};

const ariaGroup = (field) => {
  const group = ancestorsOf(field[0]).find((e) => is(e, "[role=group], [role=region], section") && squeeze(ariaName(e)[0]));
  return group ? cleanLabel(ariaName(group)[0]).text : "";
};
