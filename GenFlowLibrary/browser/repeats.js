// Script: which fields of a form stand in things that it repeats, such as the rows of a table of order lines. Argument: the snapshot's id.
// A repeated thing is an element with fields beside others of its tag that hold fields too, or hold controls that are not shown (the page's
// own pattern for a new one), or a row of a table. Whether they are alike is told by their fields' labels, which the caller knows.
const [heldId] = arguments;
const held = snapshotOf(heldId);
if (!held) return { gone: true };

const holding = new Map();
held.fields.forEach(([first], index) => {
  for (const outer of ancestorsOf(first)) {
    if (!holding.has(outer)) holding.set(outer, []);
    holding.get(outer).push(index + 1);
    if (outer === held.scope) break;
  }
});

/** The buttons around repeated things, nearest first: those with no other field between, and in none of the things. Last come those that
 * only stand between the things and the next field after them, or the last one before them. */
const buttonsAround = (parent, things, numbers) => {
  const levels = [];
  const total = holding.get(parent).length;
  const others = held.fields.filter((_, index) => !numbers.includes(index + 1)).map(([first]) => first);
  const before = others.filter((other) => precedes(other, things[0])).pop();
  const after = others.find((other) => precedes(things[things.length - 1], other) && !contains(things[things.length - 1], other));
  for (let around = parent; around && holding.has(around) && holding.get(around).length === total; around = drawnParent(around)) {
    const known = levels.flat();
    const here = held.buttons
      .map((button, index) => ({ button, number: index + 1 }))
      .filter(({ button, number }) => contains(around, button) && !known.includes(number) && !things.some((thing) => contains(thing, button)));
    if (here.length) levels.push(here.map(({ number }) => number));
    if (around === held.scope) break;
  }
  const near = held.buttons.map((button, index) => ({ button, number: index + 1 })).filter(({ button, number }) =>
    !levels.flat().includes(number) && !things.some((thing) => contains(thing, button)) &&
    (!before || precedes(before, button)) && (!after || precedes(button, after)));
  return [...levels, ...(near.length ? [near.map(({ number }) => number)] : [])];
};

/** The names of the controls in an element without their counting: lines-0-product and lines-__prefix__-product are the same. */
const namesIn = (element) =>
  query(element, CONTROLS).map((control) => attribute(control, "name").replace(/\d+|__[a-z]+__|\{+\w*\}+/gi, "#")).filter((name) => name.includes("#"));

const groups = [];
for (const parent of holding.keys()) {
  const children = Array.from(nodesOf(parent)).filter((child) => isElement(child) && !is(child, CONTROLS));
  for (const tag of new Set(children.filter((child) => holding.has(child)).map(tagOf))) {
    const shown = children.filter((child) => tagOf(child) === tag && holding.has(child));
    const known = new Set(shown.flatMap(namesIn));
    const spare = children.filter((child) => tagOf(child) === tag && !holding.has(child) && namesIn(child).some((name) => known.has(name)));
    if (shown.length < 2 && !spare.length && tag !== "tr") continue;
    groups.push({
      rows: shown.map((child) => holding.get(child)),
      buttons: buttonsAround(parent, [...shown, ...spare], shown.flatMap((child) => holding.get(child))),
      table: tag === "tr",
      spare: spare.length > 0,
    });
  }
}
return { groups };
