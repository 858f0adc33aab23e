// What a field is called. Part of every script: uses dom.js, visibility.js and controls.js.
const MARKS = "required|mandatory|pflichtfeld|erforderlich|obligatoire|requis|obligatorio|requerido|obbligatorio|verplicht|" +
  "pakollinen|obligatorisk|krävs|必填|必需|必須|必选";
const OPTIONAL = "optional|freiwillig|facultatif|optionnel|opcional|facoltativo|optioneel|valinnainen|valfritt|frivillig|选填|可选|任意";
const REQUIRED_MARK = new RegExp(`[(\\[（【]\\s*(?:${MARKS})\\s*[)\\]）】]|^\\s*[*＊]+|[*＊]+\\s*[:：]?\\s*$|[*＊]\\s*(?=[(（\\[])|^(?:${MARKS})\\s*[:：]`, "gi");
const OPTIONAL_MARK = new RegExp(`[(\\[（【]\\s*(?:${OPTIONAL})\\s*[)\\]）】]`, "gi");
const NOT_LABEL = "script, style, template, noscript, select, textarea, button, datalist, [role=button], [role=alert], [role=tooltip], input, " + WIDGETS;

/** A text without the marks around it: `{text, required}`. A text of marks alone is no label. */
const cleanLabel = (raw) => {
  const bare = squeeze(raw);
  let text = bare;
  for (let before = ""; before !== text; ) {
    before = text;
    text = text.replace(REQUIRED_MARK, " ").replace(OPTIONAL_MARK, " ").trim().replace(/[\s:：]+$/, "");
  }
  return { text: squeeze(text), required: bare.search(REQUIRED_MARK) >= 0 };
};

/** The words in an element, without the controls, messages and undrawn parts in it. */
const textOf = (element, skip = []) => {
  const parts = [];
  const visit = (node) => {
    if (!isElement(node)) {
      if (typeOf(node) === 3) parts.push(node.data);
      return;
    }
    if (node !== element && (is(node, NOT_LABEL) || skip.includes(node) || styleOf(node).display === "none")) return;
    if (is(node, "img[alt]")) parts.push(` ${attribute(node, "alt")} `);
    const apart = node !== element && !["inline", "contents"].includes(styleOf(node).display);
    if (apart || tagOf(node) === "br") parts.push(" ");
    const shadow = shadowOf(node);
    for (const child of nodesOf(tagOf(node) === "slot" || !shadow ? node : shadow)) visit(child);
    if (apart) parts.push(" ");
  };
  visit(element);
  return squeeze(parts.join(""));
};

/** The words of a label for one control: all of them, unless the label was never closed and holds other fields or labels as well. */
const labelText = (label, control, skip) => {
  const swallowed = query(label, `label, ${CONTROLS}`).filter((e) =>
    e !== control && !contains(e, control) && !contains(control, e) && (tagOf(e) === "label" || (visible(e) && isEditor(e))));
  if (!swallowed.length) return textOf(label, skip);
  const spoken = [];
  const walker = Document.prototype.createTreeWalker.call(document, label, 4); // NodeFilter.SHOW_TEXT
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const around = ancestorsOf(node);
    const inner = around.slice(0, around.indexOf(label));
    if (!inner.some((e) => is(e, `label, ${NOT_LABEL}`) || skip.includes(e) || styleOf(e).display === "none")) spoken.push(node);
  }
  const between = (from, to) =>
    squeeze(spoken.filter((node) => (!from || precedes(from, node)) && (!to || precedes(node, to))).map((node) => node.data).join(" "));
  if (!contains(label, control)) return between(null, swallowed[0]);
  const earlier = swallowed.filter((e) => precedes(e, control));
  return between(earlier[earlier.length - 1], control) || between(control, swallowed.find((e) => precedes(control, e)));
};

const descriptionsOf = (control) => referenced(control, "aria-describedby");
const looksWrong = (element) =>
  is(element, "[role=alert]") || /(^|[\s_-])(error|errors|errorlist|invalid|fehler|danger)([\s_-]|$)/i.test(
    `${attribute(element, "class")} ${attribute(element, "id")}`.replace(/([a-z])([A-Z])/g, "$1-$2"));

/** The message that the page shows for a field, empty when there is none. */
const errorOf = (field, holders) => {
  const control = field.find((c) => attribute(c, "aria-invalid") === "true") || field[0];
  const flagged = attribute(control, "aria-invalid") === "true" ||
    ancestorsOf(control).some((e) => attribute(e, "aria-invalid") === "true");
  const named = referenced(control, "aria-errormessage");
  const described = descriptionsOf(control);
  const wrong = described.filter(looksWrong);
  const picked = flagged && named.length ? named : wrong.length ? wrong : flagged ? described : [];
  const near = picked.length ? picked : messagesNear(field, holders);
  return squeeze(near.filter((e) => styleOf(e).display !== "none" && visible(e)).map((e) => e.innerText ?? textOf(e)).join(" "));
};

/** Elements called an error in the largest surroundings that hold this field alone. */
const messagesNear = (field, holders) => {
  if (!holders) return [];
  const alone = ancestorsOf(field[0]).filter((e) => holders.get(e) === 1 || (holders.get(e) || 0) <= field.length);
  const around = alone[alone.length - 1];
  if (!around || is(around, "form, body")) return [];
  const found = query(around, "[class], [id]").filter((e) => looksWrong(e) && !query(e, CONTROLS).length && !is(e, `${CONTROLS}, label`));
  return found.filter((e) => !found.some((other) => other !== e && contains(other, e)));
};

const hintOf = (field) =>
  squeeze(descriptionsOf(field[0]).filter((e) => !looksWrong(e)).map((e) => textOf(e)).join(" "));

const legendOf = (fieldset) => {
  const legend = Array.from(nodesOf(fieldset)).find((e) => isElement(e) && tagOf(e) === "legend");
  return legend ? textOf(legend) : "";
};

const ariaName = (element) => {
  const [raw, source] = [referenced(element, "aria-labelledby").map((e) => textOf(e)).join(" "), "aria-labelledby"];
  return squeeze(raw) ? [raw, source] : [attribute(element, "aria-label"), "aria-label"];
};

/** A widget's name without what it shows now: many are labelled by their label and their own text together. */
const widgetName = (control) => {
  const others = referenced(control, "aria-labelledby").filter((e) => e !== control && !contains(control, e));
  const raw = squeeze(others.map((e) => textOf(e)).join(" "));
  return raw ? [raw, "aria-labelledby"] : [attribute(control, "aria-label") || attribute(typingIn(control) || control, "aria-label"), "aria-label"];
};

/**
 * A dual list is called what the group around both lists is called, or the label that is left over beside them, or what the names of both
 * lists share: "handling" of "Available handling" and "Chosen handling".
 */
const dualName = (control) => {
  const { around, offered, chosen: taken } = dualOf(control);
  const group = ancestorsOf(control).slice(0, 5).find((e) => is(e, "fieldset, [role=group]") && dualAlone(e, around));
  const called = group ? (squeeze(ariaName(group)[0]) ? ariaName(group) : [legendOf(group), "legend"]) : ["", ""];
  if (squeeze(called[0])) return called;
  for (const outer of [around, ...ancestorsOf(around)].filter((e) => dualAlone(e, around)).slice(0, 5)) {
    const left = query(outer, "label").filter((label) => !label.control && visible(label) && textOf(label));
    if (left.length === 1) return [textOf(left[0]), "label"];
  }
  const [mine, other] = [taken, offered].map((list) => labelsOf(list).map((label) => textOf(label)).join(" ").split(" "));
  let same = 0;
  while (same < Math.min(mine.length, other.length) - 1 && mine[mine.length - 1 - same] === other[other.length - 1 - same]) same += 1;
  return same ? [mine.slice(-same).join(" "), "label"] : ["", ""];
};
/** Whether what is around a dual list holds no other field. */
const dualAlone = (outer, around) => query(outer, CONTROLS).filter(visible).every((e) => contains(around, e));

/** The group around a field of several buttons, where the group holds nothing else. */
const groupAround = (field, holders) =>
  ancestorsOf(field[0]).find((e) => is(e, "fieldset, [role=radiogroup], [role=group]") && (holders.get(e) || 0) <= field.length);

/** The name of a group that holds this one control and says nothing else: it was made to name it. */
const loneGroupName = (control, holders) => {
  const group = ancestorsOf(control).find((e) => is(e, "fieldset, [role=group]"));
  if (!group || (holders.get(group) || 0) !== 1) return ["", ""];
  const legend = query(group, "legend")[0];
  return textOf(group, legend ? [legend] : []) ? ["", ""] : squeeze(ariaName(group)[0]) ? ariaName(group) : [legendOf(group), "legend"];
};

/** The words of the labels that point at a group, which is no control to the browser. */
const pointedAt = (group) => (markupOf(rootOf(group)).pointers.get(group) || []).map((label) => textOf(label)).join(" ");

/** Candidates for a field's name in the order of the accessible name, then what a person would take for it. */
const namesOf = (field, holders, neighbour) => {
  const [first] = field;
  const sources = [];
  if (kindOf(first) === "radio") {
    const group = groupAround(field, holders);
    if (group) sources.push(() => ariaName(group), () => [legendOf(group), "legend"], () => [pointedAt(group), "label"]);
    if (field.length === 1 && !group) sources.push(() => [optionLabel(first), "label"]);
  } else {
    const skip = [...descriptionsOf(first), ...referenced(first, "aria-errormessage")];
    if (kindOf(first) === "duallist") sources.push(() => dualName(first));
    sources.push(() => (widgetKind(first) ? widgetName(first) : ariaName(first)));
    for (const control of [first, typingIn(first), behind(first)].filter(Boolean)) {
      sources.push(() => [labelsOf(control).map((label) => labelText(label, control, skip)).join(" "), "label"]);
    }
    if (kindOf(first) === "switch") sources.push(() => [/[\p{L}\p{N}]/u.test(first.textContent) ? textOf(first) : "", "label"]);
  }
  if (field.length === 1) sources.push(() => loneGroupName(first, holders));
  sources.push(() => [neighbour(field), "neighbour"]);
  for (const name of ["placeholder", "aria-placeholder", "data-placeholder", "title", "name", "id"]) {
    sources.push(() => [attribute(first, name), name.replace(/^(aria|data)-/, "")]);
  }
  return sources;
};

/** A field's label as `{text, source, required}`. */
const labelOf = (field, holders, neighbour) => {
  for (const source of namesOf(field, holders, neighbour)) {
    const [raw, name] = source();
    const { text, required } = cleanLabel(raw);
    if (text) return { text, source: name, required };
  }
  return { text: "", source: "", required: false };
};
