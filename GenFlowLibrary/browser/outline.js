// Under which headings something stands, for everything on a page. Part of the script that lists targets: uses sections.js and labels.js.
const HOLDING = "section, article, aside, nav, dialog, fieldset, details, table, form, footer, [role=region], [role=group], [role=dialog]," +
  "[role=alertdialog], [role=tabpanel], [role=form], [role=radiogroup], [role=navigation]";
const INNERMOST = 7; // the level of a legend or caption: it never speaks for what follows its own container

// Makes `chainOf(element, around)`: the names of what an element is in, innermost first; and `sections`, the elements that a heading
// names, as [element, text]. `holders` counts the active targets in every element.
const outlineOf = (holders) => {
  const headings = everything(document, HEADINGS)
    // A heading in a frame says nothing about what follows the frame.
    .filter((heading) => documentOf(heading) === document && visible(heading) && textOf(heading))
    .map((heading) => {
      const own = is(heading, "legend, caption, summary");
      return {
        heading,
        text: cleanLabel(textOf(heading)).text,
        level: own ? INNERMOST : levelOf(heading),
        // A heading speaks for the smallest thing around it that is a part of the page or holds more targets than the heading itself.
        reach: ancestorsOf(heading).find((e) => is(e, HOLDING) || (holders.get(e) || 0) > (holders.get(heading) || 0)),
      };
    })
    .filter(({ reach }) => reach);

  const named = new Map();
  const containerName = (element) => {
    if (!named.has(element)) named.set(element, is(element, HOLDING) ? cleanLabel(ariaName(element)[0]).text : "");
    return named.get(element);
  };

  const chainOf = (element, around) => {
    const depth = new Map(around.map((e, index) => [e, index]));
    const found = [];
    let lowest = null;
    for (const item of headings.slice().reverse()) {
      if (!depth.has(item.reach) || item.heading === element || !precedes(item.heading, element)) continue;
      const nested = lowest && item.reach !== lowest.reach && contains(item.reach, lowest.reach);
      if (lowest && item.level >= lowest.level && !(nested && item.level === INNERMOST)) continue;
      found.push([depth.get(item.reach), item.text]);
      lowest = item;
    }
    around.forEach((e, index) => containerName(e) && found.push([index, containerName(e)]));
    const texts = found.sort((a, b) => a[0] - b[0]).map(([, text]) => text);
    return [...new Set(texts)];
  };

  const sections = [];
  for (const item of headings) {
    const same = headings.filter(({ reach }) => reach === item.reach);
    const top = same[0] === item && same.every((other) => other === item || other.level > item.level);
    if (top && !is(item.reach, "html, body, main, [role=main], table")) sections.push([item.reach, item.text]);
  }
  return { chainOf, sections };
};
