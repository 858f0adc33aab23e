// Script: lists what a person can point at. Arguments: the digest of the list that the caller remembers (or empty), the number of the
// target it wants from that list (or 0), and the element to look in (or null for the page).
// While the page looks the same as then, the answer is {same: true} with the element; otherwise it is the list.
const [knownDigest, wantedNumber, within] = arguments;

/** FNV-1a, 32 bits, with two offsets in one pass (draft-eastlake-fnv, 2 and 5): quick, and a change goes unseen once in 2^64. */
const hashing = () => {
  let [first, second] = [0x811c9dc5, 0x5bd1e995];
  return {
    add: (text) => {
      for (let i = 0; i < text.length; i++) {
        first = Math.imul(first ^ text.charCodeAt(i), 0x01000193);
        second = Math.imul(second ^ text.charCodeAt(i), 0x01000193);
      }
    },
    end: () => `${(first >>> 0).toString(36)}${(second >>> 0).toString(36)}`,
  };
};
const sourceOf = getter(Element.prototype, "outerHTML");
const shadowSourceOf = getter(ShadowRoot.prototype, "innerHTML");
const SHOWN = { opacityProperty: true, visibilityProperty: true, checkOpacity: true, checkVisibilityCSS: true };

/** Changes whenever the markup does, or what is drawn of a target: its place, its size, whether it shows. */
const digestOf = (elements) => {
  const hash = hashing();
  hash.add(sourceOf(rootElementOf(document)));
  for (const tree of treesIn(document)) if (typeOf(tree) === FRAGMENT) hash.add(shadowSourceOf(tree));
  for (const element of elements) {
    const { x, y, width, height } = boxOf(element);
    const shown = element.checkVisibility ? Element.prototype.checkVisibility.call(element, SHOWN) : true;
    const text = tagOf(element) === "input" && PRESSED_INPUTS.has(element.type) ? element.value : "";
    hash.add(`${Math.round(x)},${Math.round(y)},${Math.round(width)},${Math.round(height)},${shown},${isDisabled(element)},${text};`);
  }
  return `${registry.token}:${hash.end()}`;
};

// An element in another frame is of no use to the caller, who works in this one.
const pointable = everything(document, POINTABLE).filter((element) => documentOf(element) === document);
const digest = digestOf(pointable);
const remembered = registry.targets;
if (knownDigest === digest && remembered && remembered.digest === digest) {
  const element = wantedNumber ? remembered.elements[wantedNumber - 1] : null;
  // A page may have drawn the same anew: then the list still holds, but not its elements.
  if (!wantedNumber || (element && connected(element))) return { digest, same: true, element };
}

const modal = modalOf();
const shownAt = (element, kind) =>
  (visible(element) || standsIn(element)) && (!modal || contains(modal, element) || ["option", "menuitem"].includes(kind));
const kinds = new Map();
for (const element of pointable) {
  const kind = targetKind(element);
  if (kind && shownAt(element, kind)) kinds.set(element, kind);
}
const holders = new Map();
for (const [element, kind] of kinds) {
  if (ACTIVE.has(kind)) for (const outer of ancestorsOf(element)) holders.set(outer, (holders.get(outer) || 0) + 1);
}
const { chainOf, sections } = outlineOf(holders);
const headed = new Map(sections);
for (const [element] of sections) if (!kinds.has(element) && shownAt(element, "section")) kinds.set(element, "section");

// The finder of neighbouring texts must see as a form is seen: fields with their groups, and who holds them.
const fields = groupFields(everything(document, CONTROLS).filter(fillable));
const fieldHolders = new Map();
for (const control of fields.flat()) {
  for (const outer of ancestorsOf(control)) fieldHolders.set(outer, (fieldHolders.get(outer) || 0) + 1);
}
const neighbourOf = neighbourFinder(bodyOf(document) || rootElementOf(document), fields, fieldHolders);
const neighbour = (field) => neighbourOf(fields.find((group) => group.includes(field[0])) || field);
const rowOf = rowFinder();

const shared = { list: [], index: new Map() };
const share = (text) => {
  if (!shared.index.has(text)) shared.index.set(text, shared.list.push(text) - 1);
  return shared.index.get(text);
};

const groupName = (element) => {
  const group = fields.find((field) => field.length > 1 && field.includes(element));
  return group ? labelOf(group, fieldHolders, neighbour).text : "";
};

const order = [...kinds.keys()].sort((a, b) => (a === b ? 0 : precedes(a, b) ? -1 : 1));
const targets = order.map((element, index) => {
  const kind = kinds.get(element);
  const around = ancestorsOf(element);
  const names = targetNames(element, kind, fieldHolders, neighbour);
  if (headed.has(element)) names.push(headed.get(element));
  const row = kind === "row" ? rowOf([element]) : rowOf(around);
  const box = boxOf(element);
  const chain = [kind === "radio" ? groupName(element) : "", ...chainOf(element, around)].filter(Boolean);
  return {
    number: index + 1,
    kind,
    names: [...new Set(names)],
    tag: tagOf(element),
    type: String(element.type || ""),
    sections: [...new Set(chain)].map(share),
    row: row ? share(row.text) : -1,
    row_number: row ? row.number : 0,
    last_row: row ? row.last : 0,
    places: placesOf(around),
    disabled: isDisabled(element),
    inside: !within || (within !== element && contains(within, element)),
    left: Math.round(box.left + window.scrollX),
    top: Math.round(box.top + window.scrollY),
    id: attribute(element, "id"),
    field_name: attribute(element, "name"),
  };
});

registry.targets = { digest, elements: order };
return { digest, same: false, url: window.location.href, texts: shared.list, targets };
