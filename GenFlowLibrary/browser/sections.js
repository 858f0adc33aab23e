// Under which headings a control stands. Part of the scripts that see: uses labels.js and those it uses.
const HEADINGS = "legend, h1, h2, h3, h4, h5, h6, [role=heading], caption, summary";
const levelOf = (heading) =>
  Number(attribute(heading, "aria-level")) || Number((/^h([1-6])$/.exec(tagOf(heading)) || [])[1]) || 6;

/** A label that labels no control, alone over the few controls of its surroundings, is the heading of these: of a date and its time. */
const MOST_UNDER_A_LABEL = 4;
const headsControls = (label, holders) => {
  if (label.control || has(label, "for")) return false;
  const around = ancestorsOf(label).find((e) => holders.has(e));
  const count = around ? holders.get(around) : 0;
  return count > 1 && count <= MOST_UNDER_A_LABEL && query(around, "label").filter((other) => !other.control).length === 1;
};

/** Makes `sectionOf(field, label)`: the nearest heading or legend, after the one around it where there is one. */
const sectionFinder = (scope, holders) => {
  const headings = everything(scope, `${HEADINGS}, label`)
    .filter((heading) => !holders.has(heading) && (tagOf(heading) !== "label" || headsControls(heading, holders)) && visible(heading) && textOf(heading))
    .map((heading) => ({
      heading,
      text: cleanLabel(textOf(heading)).text,
      level: { legend: 7, label: 8 }[tagOf(heading)] || levelOf(heading),
      // A heading speaks for the smallest thing around it that holds a control; that of a folded part for nothing outside of it.
      reach: ancestorsOf(heading).find((e) => holders.has(e) || is(e, "details:not([open])")),
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
