// Reading fields back. Part of the scripts that set: uses controls.js and those it uses.

/** The snapshot of an id, or null when this document never made it or has forgotten it. */
const snapshotOf = (id) => registry.snapshots.get(id) || null;

const sameSet = (first, second) => first.length === second.length && first.every((item) => second.includes(item));
const lines = (text) => String(text).replace(/\r\n?/g, "\n");

/** Whether a widget shows the wanted texts, number or state. */
const shows = (control, wanted) => {
  const shown = shownIn(control).map(squeeze);
  if (Array.isArray(wanted)) return sameSet([...new Set(isUnset(control) ? [] : shown)], wanted.map(squeeze));
  if (["spinbutton", "slider"].includes(widgetKind(control))) return shown.length === 1 && Number(shown[0]) === Number(wanted);
  return squeeze(shown.join(", ")) === squeeze(wanted);
};

/** What stood around a file input when it was set: some pages then put a new input there for the next file. */
const surroundingsOfFiles = registry.surroundingsOfFiles || (registry.surroundingsOfFiles = new WeakMap());

/** Whether a file input holds the files of these names. One that the page empties when it takes them over shows their names beside it. */
const holdsFiles = (input, names) => {
  if (connected(input) && input.files.length) return sameSet(Array.from(input.files, (file) => file.name), names);
  const near = (surroundingsOfFiles.get(input) || ancestorsOf(input)).slice(0, 6).filter((e) => connected(e) && !is(e, "form, body, html"));
  return names.length > 0 && near.some((e) => names.every((name) => squeeze(e.innerText || "").includes(name)));
};

/** Whether a field holds the wanted value, in the control's own terms. */
const holds = (field, wanted) => {
  const [first] = field;
  const kind = kindOf(first);
  if (WIDGET_KINDS.has(kind)) return shows(first, wanted);
  if (kind === "checkbox") return first.checked === wanted;
  if (["select", "multiselect", "radio"].includes(kind)) {
    const options = optionsOf(field);
    return sameSet([...new Set(chosen(field).map((i) => options[i].value))], wanted);
  }
  if (kind === "contenteditable") return squeeze(editorText(first)) === squeeze(wanted);
  if (kind === "file") return holdsFiles(first, String(wanted).split("\n").filter(Boolean).map((path) => path.split(/[\\/]/).pop()));
  if (kind === "time" || kind === "datetime-local") return first.value.replace(/(T?\d\d:\d\d):00(\.0+)?$/, "$1") === wanted.replace(/(T?\d\d:\d\d):00(\.0+)?$/, "$1");
  if (kind === "color") return first.value.toLowerCase() === wanted.toLowerCase();
  return lines(first.value) === lines(wanted);
};

/** What one field holds after setting. A secret is compared here and never leaves the page. */
const readBack = (field, setting, trouble = "") => {
  const [first] = field;
  const here = field.every((control) => connected(control));
  if (here && first.type === "file") surroundingsOfFiles.set(first, ancestorsOf(first));
  const replaced = !here && first.type === "file" && holds(field, setting.value);
  const alive = here || replaced;
  const matches = alive && holds(field, setting.value);
  return {
    number: setting.number,
    found: setting.secret || !alive ? "" : valueOf(field),
    matches,
    error: alive ? trouble || invalidity(field) : "the field is no longer on the page",
  };
};

/** What the fields of a snapshot hold now, without touching them. */
const readAgain = (snapshot, settings) => settings.map((setting) => {
  const field = snapshot.fields[setting.number - 1];
  return field ? readBack(field, setting) : { number: setting.number, found: "", matches: false, error: "the snapshot has no such field" };
});
