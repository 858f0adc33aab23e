// What counts as a control, and what one holds. Part of every script: uses dom.js, visibility.js, widgets.js and labels.js.
const CONTROLS =
  "input:not([type=hidden i]):not([type=submit i]):not([type=button i]):not([type=image i]):not([type=reset i])," +
  `select, textarea, [contenteditable]:not([contenteditable=false i]), ${WIDGETS}`;
const INPUT_KINDS = new Set([
  "password", "email", "tel", "url", "search", "number", "range", "date", "time", "datetime-local", "month", "week",
  "color", "checkbox", "radio", "file",
]);

const kindOf = (control) => {
  const widget = widgetKind(control);
  if (widget) return widget;
  const tag = tagOf(control);
  if (tag === "select") return control.multiple ? "multiselect" : "select";
  if (tag === "textarea") return "textarea";
  if (tag !== "input") return "contenteditable";
  // A browser that has no picker for months and weeks shows a text box; the page still expects the format of the type it asked for.
  const asked = attribute(control, "type").toLowerCase();
  if (asked === "month" || asked === "week") return asked;
  return INPUT_KINDS.has(control.type) ? control.type : "text";
};

/** Whether a control is a field by itself: no part of a widget, no editor in an editor, no group that only gathers native controls. */
const isEditor = (control) => {
  if (isPart(control)) return false;
  if (kindOf(control) !== "contenteditable") return true;
  return Boolean(control.isContentEditable) && !ancestorsOf(control).some((outer) => outer.isContentEditable);
};

const formOf = (control) => ("form" in control ? control.form : ancestorsOf(control).find((e) => tagOf(e) === "form") || null);

/** A radio group is one field: the buttons of one name in one form and one tree. An unnamed one shares its container's group. */
const radioKey = (radio) => {
  const name = attribute(radio, "name");
  const around = name ? formOf(radio) : ancestorsOf(radio).find((e) => is(e, "[role=radiogroup], fieldset"));
  return [around || (name ? rootOf(radio) : radio), name];
};

/** Fields as lists of elements: one control each, all its buttons for a radio group. */
const groupFields = (controls) => {
  const fields = [];
  const groups = [];
  for (const control of controls) {
    if (kindOf(control) !== "radio") {
      fields.push([control]);
      continue;
    }
    const [around, name] = radioKey(control);
    const group = groups.find((g) => g.around === around && g.name === name);
    if (group) group.field.push(control);
    else {
      groups.push({ around, name, field: [control] });
      fields.push(groups[groups.length - 1].field);
    }
  }
  return fields;
};

/** A widget's text box that takes no keys is still set by what it opens. */
const isReadonly = (control) => (Boolean(control.readOnly) && !widgetKind(control)) || attribute(control, "aria-readonly") === "true";
const isDisabled = (control) => is(control, ":disabled") || attribute(control, "aria-disabled") === "true";

const optionLabel = (radio) =>
  squeeze(labelsOf(radio).map((label) => textOf(label)).join(" ")) || attribute(radio, "aria-label") ||
  referenced(radio, "aria-labelledby").map((e) => textOf(e)).join(" ") || besideRadio(radio) || attribute(radio, "value");

/** The text right after a radio button that has no label element. */
const besideRadio = (radio) => {
  let node = radio.nextSibling;
  while (node && !(isElement(node) ? squeeze(node.textContent) : squeeze(node.data || ""))) node = node.nextSibling;
  if (!node || (isElement(node) && is(node, `${CONTROLS}, br, p, div`))) return "";
  return squeeze(node.textContent);
};

/** A field's options as {text, value, disabled}. Radio buttons without values of their own are known by their labels. */
const optionsOf = (field) => {
  const [first] = field;
  const kind = kindOf(first);
  if (WIDGET_KINDS.has(kind)) return optionsKnown(first);
  if (kind === "select" || kind === "multiselect") {
    return Array.from(first.options, (o) => ({
      text: squeeze(o.label || o.text),
      value: o.value,
      disabled: o.disabled || is(o, "optgroup:disabled > option"),
    }));
  }
  if (kind === "radio") {
    const own = new Set(field.map((radio) => radio.value)).size === field.length;
    return field.map((radio) => {
      const text = optionLabel(radio);
      return { text, value: own ? radio.value : text, disabled: isDisabled(radio) };
    });
  }
  const list = first.list;
  return list ? Array.from(list.options, (o) => ({ text: squeeze(o.label || o.value), value: o.value, disabled: o.disabled })) : [];
};

/** The options chosen now, as positions among `optionsOf`. */
const chosen = (field) => {
  const [first] = field;
  const all = kindOf(first) === "radio" ? field : Array.from(first.options);
  return all.map((o, i) => ((kindOf(first) === "radio" ? o.checked : o.selected) ? i : -1)).filter((i) => i >= 0);
};

const editorText = (editor) => String(editor.innerText).replace(/\u00a0/g, " ").replace(/\r\n/g, "\n").replace(/\n+$/, "");

/** What a field holds, as text for people. A password is never read. */
const valueOf = (field) => {
  const [first] = field;
  const kind = kindOf(first);
  if (kind === "password") return "";
  if (WIDGET_KINDS.has(kind)) return shownIn(first).join(", ");
  if (kind === "checkbox") return String(first.checked);
  if (kind === "contenteditable") return editorText(first);
  if (kind === "file") return Array.from(first.files, (file) => file.name).join(", ");
  if (["select", "multiselect", "radio"].includes(kind)) {
    const options = optionsOf(field);
    return chosen(field).map((i) => options[i].text).join(", ");
  }
  return first.value;
};

/** Whether a field holds nothing. The first option of a select stands for nothing when it sends nothing (HTML: placeholder label option). */
const isEmpty = (field) => {
  const [first] = field;
  const kind = kindOf(first);
  if (WIDGET_KINDS.has(kind)) return isUnset(first);
  if (kind === "checkbox") return !first.checked;
  if (kind === "contenteditable") return !editorText(first).trim();
  if (kind === "select") return first.selectedIndex < 0 || (first.selectedIndex === 0 && first.value === "");
  if (kind === "multiselect" || kind === "radio") return chosen(field).length === 0;
  return first.value === "";
};

/** The browser's own complaint about a field's value, unless its form switched checking off. */
const invalidity = (field) => {
  const bad = field.find((control) => control.validity && !control.validity.valid);
  if (!bad || (bad.form && has(bad.form, "novalidate"))) return "";
  return squeeze(bad.validationMessage) || "the browser finds the value invalid";
};
