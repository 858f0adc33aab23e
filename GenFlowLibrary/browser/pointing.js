// What a person can point at, and what it is called. Part of the script that lists targets: uses labels.js, sections.js, scope.js.
const ROLE_KINDS = {
  button: "button", link: "link", checkbox: "checkbox", switch: "switch", radio: "radio", menuitemcheckbox: "checkbox",
  menuitemradio: "radio", menuitem: "menuitem", option: "option", tab: "tab", combobox: "select", listbox: "select", textbox: "field",
  searchbox: "field", spinbutton: "field", slider: "field", heading: "heading", row: "row", img: "image", image: "image",
  table: "table", grid: "table", treegrid: "table", form: "form", search: "form", dialog: "dialog", alertdialog: "dialog",
  region: "section", group: "section", radiogroup: "section", tabpanel: "section", alert: "message", status: "message",
};
const TAG_KINDS = {
  button: "button", summary: "button", a: "link", select: "select", textarea: "field", tr: "row", img: "image", table: "table",
  form: "form", search: "form", dialog: "dialog", section: "section", article: "section", aside: "section", fieldset: "section",
  output: "message", h1: "heading", h2: "heading", h3: "heading", h4: "heading", h5: "heading", h6: "heading",
};
const PRESSED_INPUTS = new Set(["submit", "button", "image", "reset"]);
const POINTABLE = [
  ...Object.keys(TAG_KINDS), "input:not([type=hidden i])", "[contenteditable]:not([contenteditable=false i])", "[onclick]",
  ...Object.keys(ROLE_KINDS).map((role) => `[role=${role}]`),
].join(", ");
/** Kinds that a person acts on; the others are only looked at. */
const ACTIVE = new Set(["button", "link", "field", "checkbox", "switch", "radio", "select", "tab", "menuitem", "option"]);
const LONGEST_NAME = 200; // characters; longer texts are contents, not names

/** The kind of a target, empty for what is none. */
const targetKind = (element) => {
  const byRole = ROLE_KINDS[attribute(element, "role").trim().split(/\s+/)[0].toLowerCase()];
  if (byRole) return byRole;
  const tag = tagOf(element);
  if (tag === "input") {
    if (PRESSED_INPUTS.has(element.type)) return "button";
    return ["checkbox", "radio"].includes(element.type) ? element.type : "field";
  }
  if (tag === "img" && !squeeze(attribute(element, "alt"))) return "";
  if (TAG_KINDS[tag]) return TAG_KINDS[tag];
  if (is(element, CONTROLS)) return isEditor(element) ? "field" : "";
  // An element with a click handler of its own is a button, unless it only catches the clicks of what is in it.
  return query(element, `a, button, input, select, textarea, [onclick], [role]`).length ? "" : "button";
};

const pressNames = (element) => {
  const own = tagOf(element) === "input" ? (element.type === "image" ? attribute(element, "alt") : element.value) : textOf(element);
  const native = tagOf(element) === "input" ? { submit: "Submit", reset: "Reset" }[element.type] || "" : "";
  const spoken = tagOf(element) === "input" ? "" : textOf(element, query(element, "[aria-hidden=true]"));
  const drawn = query(element, "svg title").map((title) => title.textContent).join(" ");
  return [ariaName(element)[0], spoken, own || native, drawn, attribute(element, "title")];
};

/** The title of a part of the page, as its kind has it. */
const entitled = (element, kind) => {
  if (kind === "table") return query(element, "caption").slice(0, 1).map((caption) => textOf(caption));
  if (kind === "form" || kind === "dialog") return [titleOf(element)];
  return tagOf(element) === "fieldset" ? [legendOf(element)] : [];
};

/** Everything that a target is called, the accessible name first. */
const targetNames = (element, kind, holders, neighbour) => {
  const names = [];
  if (kind === "radio" && tagOf(element) === "input") names.push(ariaName(element)[0], optionLabel(element));
  else if (is(element, CONTROLS)) {
    names.push(labelOf([element], holders, neighbour).text, labelsOf(element).map((label) => textOf(label)).join(" "));
    names.push(ariaName(element)[0], attribute(element, "placeholder"), attribute(element, "title"));
  } else if (kind === "image") names.push(ariaName(element)[0], attribute(element, "alt"), ...query(element, "title").map((t) => t.textContent));
  else if (kind === "select" || kind === "field") names.push(ariaName(element)[0], attribute(element, "title"));
  else if (ACTIVE.has(kind)) names.push(...pressNames(element));
  else if (kind === "heading" || kind === "message" || kind === "row") names.push(textOf(element));
  else names.push(ariaName(element)[0], ...entitled(element, kind), attribute(element, "title"));
  const clean = names.map((name) => cleanLabel(name).text).filter((name) => name && (kind === "row" || name.length <= LONGEST_NAME));
  return [...new Set(clean)];
};

const PLACES = {
  dialog: "dialog, [role=dialog], [role=alertdialog]",
  header: "header, [role=banner]",
  footer: "footer, [role=contentinfo]",
  navigation: "nav, [role=navigation]",
  menu: "menu, [role=menu], [role=menubar]",
  sidebar: "aside, [role=complementary]",
  main: "main, [role=main]",
};
const placesOf = (around) => Object.keys(PLACES).filter((place) => around.some((e) => is(e, PLACES[place])));

const ROWS = "tr, [role=row], li, [role=listitem], article";
const rowHolder = (row) => ancestorsOf(row).find((e) => is(e, "table, [role=table], [role=grid], [role=treegrid], ul, ol, menu, [role=list]")) || parentOf(row);
const isHeadRow = (row) => is(row, "tr, [role=row]") && !query(row, "td, [role=cell], [role=gridcell]").length;

/** Makes `rowOf(around)`: the innermost row around a target as {text, number, last}, counted without head rows. */
const rowFinder = () => {
  const texts = new Map();
  const counted = new Map();
  const countIn = (row) => {
    const holder = rowHolder(row);
    const key = tagOf(row);
    if (!counted.has(holder)) counted.set(holder, {});
    const lists = counted.get(holder);
    lists[key] = lists[key] || query(holder, ROWS).filter((r) => tagOf(r) === key && rowHolder(r) === holder && !isHeadRow(r) && visible(r));
    return lists[key];
  };
  return (around) => {
    const row = around.find((e) => is(e, ROWS));
    if (!row) return null;
    if (!texts.has(row)) {
      const rows = countIn(row);
      texts.set(row, { text: textOf(row), number: rows.indexOf(row) + 1, last: rows.length });
    }
    return texts.get(row);
  };
};
